package whatsapptest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow/socket"
)

// noise is the symmetric state of a handshake. Its first error sticks, so that the steps can be written down in the
// order of the protocol.
type noise struct {
	hash, chain [32]byte
	aead        cipher.AEAD
	count       uint32
	err         error
}

func newNoise(prologue []byte) *noise {
	n := &noise{hash: [32]byte([]byte(socket.NoiseStartPattern))}
	n.chain, n.aead = n.hash, gcm(n.hash[:])
	n.mixHash(prologue)
	return n
}

func (n *noise) mixHash(data []byte) { n.hash = sha256.Sum256(append(n.hash[:], data...)) }

func (n *noise) mixKey(private *ecdh.PrivateKey, public []byte) {
	if n.err != nil {
		return
	}
	shared, err := agree(private, public)
	if err != nil {
		n.err = err
		return
	}
	chain, key := n.derive(shared)
	n.chain, n.aead, n.count = [32]byte(chain), gcm(key), 0
}

func (n *noise) seal(plain []byte) []byte {
	sealed := n.aead.Seal(nil, nonce(n.count), plain, n.hash[:])
	n.count++
	n.mixHash(sealed)
	return sealed
}

func (n *noise) open(sealed []byte) []byte {
	if n.err != nil {
		return make([]byte, 32)
	}
	plain, err := n.aead.Open(nil, nonce(n.count), sealed, n.hash[:])
	if err != nil {
		n.err = fmt.Errorf("opening the client's handshake: %w", err)
		return make([]byte, 32)
	}
	n.count++
	n.mixHash(sealed)
	return plain
}

// split is the ciphers of the client's frames and of the server's.
func (n *noise) split() (client, server cipher.AEAD) {
	c, s := n.derive(nil)
	return gcm(c), gcm(s)
}

func (n *noise) derive(secret []byte) (first, second []byte) {
	out, err := hkdf.Key(sha256.New, secret, n.chain[:], "", 64)
	if err != nil {
		n.err = errors.Join(n.err, err)
		out = make([]byte, 64)
	}
	return out[:32], out[32:]
}

// agree is the secret of X25519.
func agree(private *ecdh.PrivateKey, public []byte) ([]byte, error) {
	key, err := ecdh.X25519().NewPublicKey(public)
	if err != nil {
		return nil, err
	}
	return private.ECDH(key)
}

// gcm panics on a bad length of key, which only a mistake of this package can cause.
func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}
