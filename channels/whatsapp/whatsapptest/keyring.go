package whatsapptest

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.mau.fi/libsignal/protocol"
	ratchet "go.mau.fi/libsignal/session"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// keyring is a phone's private keys and its encrypted sessions. It trusts every identity it meets.
type keyring struct {
	identity     *keys.KeyPair
	registration uint32
	signed       *keys.PreKey
	oneTime      map[uint32]*keys.PreKey
	last         uint32
	sessions     map[string][]byte
}

func newKeyring(registration uint32) *keyring {
	own := keys.NewKeyPair()
	return &keyring{
		identity: own, registration: registration, signed: own.CreateSignedPreKey(1),
		oneTime: map[uint32]*keys.PreKey{}, sessions: map[string][]byte{},
	}
}

// bundle never runs out: it makes a one-time key for whoever asks.
func (k *keyring) bundle() bundle {
	k.last++
	fresh := keys.NewPreKey(k.last)
	k.oneTime[fresh.KeyID] = fresh
	return bundle{
		registration: k.registration,
		identity:     *k.identity.Pub,
		signed:       publicKey{k.signed.KeyID, *k.signed.Pub, k.signed.Signature[:]},
		oneTime:      &publicKey{id: fresh.KeyID, key: *fresh.Pub},
	}
}

func (k *keyring) cipher(peer types.JID) (*ratchet.Builder, *ratchet.Cipher) {
	address := peer.SignalAddress()
	builder := ratchet.NewBuilder(k, k, k, k, address, store.SignalProtobufSerializer)
	return builder, ratchet.NewCipher(builder, address)
}

// encrypt seals for one device; it asks for the keys of a device that it has no session with.
func (k *keyring) encrypt(peer types.JID, plain []byte, ask func() bundle) (waBinary.Node, error) {
	ctx := context.Background()
	builder, cipher := k.cipher(peer)
	if k.sessions[peer.SignalAddress().String()] == nil {
		if err := builder.ProcessBundle(ctx, ask().signal(peer.Device)); err != nil {
			return waBinary.Node{}, err
		}
	}
	sealed, err := cipher.Encrypt(ctx, pad(plain))
	if err != nil {
		return waBinary.Node{}, err
	}
	kind := "msg"
	if sealed.Type() == protocol.PREKEY_TYPE {
		kind = "pkmsg"
	}
	return waBinary.Node{Tag: "enc", Attrs: waBinary.Attrs{"v": "2", "type": kind}, Content: sealed.Serialize()}, nil
}

func (k *keyring) decrypt(peer types.JID, enc waBinary.Node) ([]byte, error) {
	ctx, ser := context.Background(), store.SignalProtobufSerializer
	_, cipher := k.cipher(peer)
	sealed, _ := enc.Content.([]byte)
	var plain []byte
	switch kind, _ := enc.Attrs["type"].(string); kind {
	case "pkmsg":
		m, err := protocol.NewPreKeySignalMessageFromBytes(sealed, ser.PreKeySignalMessage, ser.SignalMessage)
		if err != nil {
			return nil, err
		}
		if k.knows(peer, m.BaseKey().Serialize()) {
			plain, err = k.try(peer, m.WhisperMessage())
		} else {
			plain, err = cipher.DecryptMessage(ctx, m)
		}
		if err != nil {
			return nil, err
		}
	case "msg":
		m, err := protocol.NewSignalMessageFromBytes(sealed, ser.SignalMessage)
		if err != nil {
			return nil, err
		}
		if plain, err = k.try(peer, m); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("unknown encryption %q", kind)
	}
	return unpad(plain)
}

// pad appends bytes that each tell how many they are; the network takes any number from 1 to 15.
func pad(plain []byte) []byte {
	n := 1 + len(plain)%15
	return append(plain[:len(plain):len(plain)], bytes.Repeat([]byte{byte(n)}, n)...)
}

func unpad(padded []byte) ([]byte, error) {
	if len(padded) == 0 {
		return nil, errors.New("empty plaintext")
	}
	n := int(padded[len(padded)-1])
	if n == 0 || n > len(padded) {
		return nil, fmt.Errorf("bad padding %d", n)
	}
	return padded[:len(padded)-n], nil
}
