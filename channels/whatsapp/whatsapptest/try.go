package whatsapptest

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"go.mau.fi/libsignal/protocol"
	"go.mau.fi/libsignal/signalerror"
	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
)

// states is the session with a peer and those that it left behind, newest first.
func states(saved []byte) []*record.StateStructure {
	if saved == nil {
		return nil
	}
	s, err := store.SignalProtobufSerializer.Session.Deserialize(saved)
	if err != nil {
		return nil // it was never stored so
	}
	return append([]*record.StateStructure{s.SessionState}, s.PreviousStates...)
}

// knows tells whether one of them was begun by the peer with this key.
func (k *keyring) knows(peer types.JID, base []byte) bool {
	return slices.ContainsFunc(states(k.sessions[peer.SignalAddress().String()]), func(s *record.StateStructure) bool {
		return bytes.Equal(s.SenderBaseKey, base)
	})
}

// try opens a message with the session that it is of, as phones do: what does not fit stays untouched. Go's libsignal
// moves those on too.
func (k *keyring) try(peer types.JID, m *protocol.SignalMessage) ([]byte, error) {
	address := peer.SignalAddress().String()
	saved, ser := k.sessions[address], store.SignalProtobufSerializer
	_, cipher := k.cipher(peer)
	for i, s := range states(saved) {
		k.sessions[address] = ser.Session.Serialize(&record.SessionStructure{SessionState: s})
		plain, err := cipher.Decrypt(context.Background(), m)
		if err == nil {
			others := slices.Delete(states(saved), i, i+1)
			k.sessions[address] = ser.Session.Serialize(&record.SessionStructure{
				SessionState: states(k.sessions[address])[0], PreviousStates: others,
			})
			return plain, nil
		}
		k.sessions[address] = saved
		if errors.Is(err, signalerror.ErrOldCounter) {
			return nil, err
		}
	}
	return nil, signalerror.ErrNoValidSessions
}
