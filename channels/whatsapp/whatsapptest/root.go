package whatsapptest

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/util/keys"
	"google.golang.org/protobuf/proto"
)

// root is the same for every server of every process: whatsmeow keeps the key that it trusts in a variable of the
// whole process, which may be set once only while clients run.
func root() *keys.KeyPair {
	return keys.NewKeyPairFromPrivateKey(sha256.Sum256([]byte("careline's WhatsApp on loopback")))
}

// Root is the public key that the client has to trust: whatsmeow.WACertPubKey.
func (s *Server) Root() [32]byte { return *root().Pub }

// RootText is Root in hexadecimal digits, as an environment variable carries it.
func (s *Server) RootText() string { return hex.EncodeToString(root().Pub[:]) }

// proof is what the server proves itself with.
type proof struct {
	key   *ecdh.PrivateKey
	chain []byte // certificates from root to key
}

func prove(now time.Time) (proof, error) {
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return proof{}, err
	}
	const serial = 1
	middle := keys.NewKeyPair()
	intermediate, err := certify(now, root(), whatsmeow.WACertIssuerSerial, serial, middle.Pub[:])
	if err != nil {
		return proof{}, err
	}
	leaf, err := certify(now, middle, serial, serial+1, key.PublicKey().Bytes())
	if err != nil {
		return proof{}, err
	}
	chain, err := proto.Marshal(&waCert.CertChain{Intermediate: intermediate, Leaf: leaf})
	return proof{key, chain}, err
}

func certify(
	now time.Time, issuer *keys.KeyPair, issuerSerial, serial uint32, subject []byte,
) (*waCert.CertChain_NoiseCertificate, error) {
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial:       proto.Uint32(serial),
		IssuerSerial: proto.Uint32(issuerSerial),
		Key:          subject,
		NotBefore:    proto.Uint64(uint64(now.Add(-time.Hour).Unix())),
		NotAfter:     proto.Uint64(uint64(now.Add(30 * 24 * time.Hour).Unix())),
	})
	return &waCert.CertChain_NoiseCertificate{Details: details, Signature: sign(issuer, details)}, err
}

// sign is the XEdDSA signature of the parts one after another.
func sign(by *keys.KeyPair, parts ...[]byte) []byte {
	signature := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*by.Priv), bytes.Join(parts, nil))
	return signature[:]
}

func verify(by [32]byte, signature []byte, parts ...[]byte) bool {
	return len(signature) == 64 &&
		ecc.VerifySignature(ecc.NewDjbECPublicKey(by), bytes.Join(parts, nil), [64]byte(signature))
}
