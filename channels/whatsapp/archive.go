package whatsapp

import (
	"bytes"
	"slices"

	"go.mau.fi/libsignal/state/record"
	"go.mau.fi/whatsmeow/store"
)

// archived is the session as it is to be stored. Two sides that write to each other for the first time at once have two
// sessions, and one that was agreed on anew leaves the old one behind; a message may be of any. The library tries it on
// each in turn, and what it tried in vain it has moved on, and keeps so: from then on it can read nothing of those, or
// takes what is new for what it has had, and drops it. So all but the one that fitted stay as they were before.
func archived(before, after []byte) ([]byte, error) {
	if before == nil {
		return after, nil
	}
	serializer := store.SignalProtobufSerializer
	was, err := serializer.Session.Deserialize(before)
	if err != nil {
		return nil, errSession
	}
	is, err := serializer.Session.Deserialize(after)
	if err != nil {
		return nil, errSession
	}
	if same(was.SessionState, is.SessionState) {
		return after, nil
	}
	others := append([]*record.StateStructure{was.SessionState}, was.PreviousStates...)
	others = slices.DeleteFunc(others, func(s *record.StateStructure) bool {
		return len(s.SenderBaseKey) == 0 || same(s, is.SessionState)
	})
	is.PreviousStates = others[:min(len(others), mostArchived)]
	return serializer.Session.Serialize(is), nil
}

// mostArchived is how many the library keeps.
const mostArchived = 40

// same tells whether they are moves of one session: its first key is of it alone.
func same(a, b *record.StateStructure) bool { return bytes.Equal(a.SenderBaseKey, b.SenderBaseKey) }
