package whatsapptest

import (
	"bytes"
	"crypto/ecdh"
	"crypto/rand"
	"fmt"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"google.golang.org/protobuf/proto"
)

// handshake answers Noise_XX_25519_AESGCM_SHA256: who the client says it is, and the static key that proves it.
func (w *wire) handshake(id proof) (*waWa6.ClientPayload, [32]byte, error) {
	prologue, err := w.take(prologueSize)
	if err != nil {
		return nil, [32]byte{}, err
	}
	if !bytes.HasPrefix(prologue, []byte("WA")) {
		return nil, [32]byte{}, fmt.Errorf("unexpected prologue %q", prologue)
	}
	hello, err := w.readHandshake()
	if err != nil {
		return nil, [32]byte{}, err
	}
	theirs := hello.GetClientHello().GetEphemeral()
	ours, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, [32]byte{}, err
	}
	n := newNoise(prologue)
	n.mixHash(theirs)
	n.mixHash(ours.PublicKey().Bytes())
	n.mixKey(ours, theirs)
	static := n.seal(id.key.PublicKey().Bytes())
	n.mixKey(id.key, theirs)
	reply, err := proto.Marshal(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: ours.PublicKey().Bytes(), Static: static, Payload: n.seal(id.chain),
	}})
	if err != nil {
		return nil, [32]byte{}, err
	}
	if err = w.writeFrame(append(make([]byte, lengthSize), reply...)); err != nil {
		return nil, [32]byte{}, err
	}
	return w.finish(n, ours)
}

func (w *wire) finish(n *noise, ours *ecdh.PrivateKey) (*waWa6.ClientPayload, [32]byte, error) {
	finish, err := w.readHandshake()
	if err != nil {
		return nil, [32]byte{}, err
	}
	static := n.open(finish.GetClientFinish().GetStatic())
	n.mixKey(ours, static)
	raw := n.open(finish.GetClientFinish().GetPayload())
	w.opener, w.sealer = n.split()
	if n.err != nil {
		return nil, [32]byte{}, n.err
	}
	payload := new(waWa6.ClientPayload)
	err = proto.Unmarshal(raw, payload)
	return payload, [32]byte(static), err
}

func (w *wire) readHandshake() (*waWa6.HandshakeMessage, error) {
	data, err := w.readFrame()
	if err != nil {
		return nil, err
	}
	m := new(waWa6.HandshakeMessage)
	return m, proto.Unmarshal(data, m)
}
