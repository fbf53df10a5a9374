package whatsapptest

import (
	"encoding/binary"
	"errors"
	"fmt"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/keys/identity"
	"go.mau.fi/libsignal/keys/prekey"
	"go.mau.fi/libsignal/util/optional"
	waBinary "go.mau.fi/whatsmeow/binary"
)

// bundle is the public half of somebody's keys, from which a stranger can start an encrypted session.
type bundle struct {
	registration uint32
	identity     [32]byte
	signed       publicKey
	oneTime      *publicKey // nil when they are used up
}

type publicKey struct {
	id        uint32
	key       [32]byte
	signature []byte // of a signed prekey only
}

// content is the bundle as it travels.
func (b bundle) content() []waBinary.Node {
	nodes := []waBinary.Node{
		{Tag: "registration", Content: binary.BigEndian.AppendUint32(nil, b.registration)},
		{Tag: "type", Content: []byte{ecc.DjbType}},
		{Tag: "identity", Content: b.identity[:]},
		b.signed.node("skey"),
	}
	if b.oneTime != nil {
		nodes = append(nodes, b.oneTime.node("key"))
	}
	return nodes
}

func (k publicKey) node(tag string) waBinary.Node {
	content := []waBinary.Node{
		{Tag: "id", Content: binary.BigEndian.AppendUint32(nil, k.id)[1:]},
		{Tag: "value", Content: k.key[:]},
	}
	if k.signature != nil {
		content = append(content, waBinary.Node{Tag: "signature", Content: k.signature})
	}
	return waBinary.Node{Tag: tag, Content: content}
}

// signal is the bundle as libsignal wants it.
func (b bundle) signal(device uint16) *prekey.Bundle {
	id := optional.NewEmptyUint32()
	var oneTime ecc.ECPublicKeyable
	if b.oneTime != nil {
		id = optional.NewOptionalUint32(b.oneTime.id)
		oneTime = ecc.NewDjbECPublicKey(b.oneTime.key)
	}
	return prekey.NewBundle(b.registration, uint32(device), id, b.signed.id, oneTime,
		ecc.NewDjbECPublicKey(b.signed.key), [64]byte(b.signed.signature),
		identity.NewKey(ecc.NewDjbECPublicKey(b.identity)))
}

// parseBundle reads the keys that a client uploads or sends with a retry; its one-time keys come apart.
func parseBundle(nodes []waBinary.Node) (b bundle, oneTime []publicKey, err error) {
	n := waBinary.Node{Content: nodes}
	registration, key := bytesOf(n, "registration"), bytesOf(n, "identity")
	if len(registration) != 4 || len(key) != 32 {
		return b, nil, errors.New("malformed registration or identity key")
	}
	b.registration, b.identity = binary.BigEndian.Uint32(registration), [32]byte(key)
	if b.signed, err = parsePublicKey(n.GetChildByTag("skey")); err != nil {
		return b, nil, err
	}
	if !verify(b.identity, b.signed.signature, []byte{ecc.DjbType}, b.signed.key[:]) {
		return b, nil, errors.New("signed prekey has a bad signature")
	}
	list := n.GetChildByTag("list")
	uploaded := list.GetChildren()
	if single, ok := n.GetOptionalChildByTag("key"); ok {
		uploaded = append(uploaded, single)
	}
	for _, child := range uploaded {
		k, err := parsePublicKey(child)
		if err != nil {
			return b, nil, err
		}
		oneTime = append(oneTime, k)
	}
	return b, oneTime, nil
}

func parsePublicKey(n waBinary.Node) (k publicKey, err error) {
	id, value := bytesOf(n, "id"), bytesOf(n, "value")
	if len(id) != 3 || len(value) != 32 {
		return k, fmt.Errorf("malformed <%s>", n.Tag)
	}
	return publicKey{threeBytes(id), [32]byte(value), bytesOf(n, "signature")}, nil
}

func threeBytes(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// bytesOf is the content of a child, nil without one.
func bytesOf(n waBinary.Node, path ...string) []byte {
	child := n.GetChildByTag(path...)
	b, _ := child.Content.([]byte)
	return b
}
