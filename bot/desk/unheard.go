package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"careline/channels"
	"careline/store"
)

// pendingRead is how much of what waits in a chat's inbox is looked through.
const pendingRead = 500

// unheard is an *AnsweredError when another human has spoken in the chat since the line, or is about to. The
// transaction has to keep the chat.
func unheard(ctx context.Context, tx store.Tx, a Act, seen int64) error {
	said, err := spoken(ctx, tx, a.Contact, seen, a.By.ID, "")
	if err != nil || said != nil {
		return orNil(said, err)
	}
	waiting, err := tx.Waiting(ctx, []string{a.Contact}, pendingRead)
	if err != nil {
		return fmt.Errorf("reading what waits in a chat: %w", err)
	}
	for _, in := range waiting {
		if said := about(in, a.By.ID); said != nil {
			return said
		}
	}
	return nil
}

func orNil(said *AnsweredError, err error) error {
	if said != nil {
		return said
	}
	return err
}

// about is what an input that nobody has stepped yet says to the patient, if somebody else wrote it.
func about(in store.Input, account string) *AnsweredError {
	switch in.Kind {
	case store.DeskInput:
		var t Turn
		if json.Unmarshal(in.Payload, &t) == nil && t.Do == Reply && (t.Account == "" || t.Account != account) {
			return &AnsweredError{Author: t.Author, Text: inWords(t.Text, t.Files), At: in.ReceivedAt}
		}
	case store.MessageInput:
		var m channels.Incoming
		if json.Unmarshal(in.Payload, &m) == nil && m.Clinic {
			return &AnsweredError{Text: inWords(m.Text, m.Files), At: in.ReceivedAt}
		}
	}
	return nil
}

// spoken is the first that somebody else has said since the line; nil when nobody has. Who writes from a chat of
// administrators is known by that chat and their name.
func spoken(ctx context.Context, tx store.Tx, contact string, seen int64, account, author string) (*AnsweredError, error) {
	const portion = 50
	for {
		lines, err := tx.Spoken(ctx, contact, seen, portion)
		if err != nil {
			return nil, fmt.Errorf("reading what humans have said: %w", err)
		}
		for _, l := range lines {
			if l.Account != "" && l.Account == account && (author == "" || l.Author == author) {
				continue
			}
			var m channels.Outgoing
			if err := json.Unmarshal(l.Payload, &m); err != nil {
				return nil, fmt.Errorf("reading what somebody has said: %w", err)
			}
			return &AnsweredError{Author: l.Author, Text: inWords(m.Text, m.Files), Line: l.Seq, At: l.At}, nil
		}
		if len(lines) < portion {
			return nil, nil
		}
		seen = lines[len(lines)-1].Seq
	}
}

// inWords is a message as one text; files are named.
func inWords(text string, files []channels.File) string {
	lines := []string{text}
	for _, f := range files {
		lines = append(lines, "📎 "+cmp.Or(f.Name, string(f.Kind)))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// pending are the turns that wait in a chat's inbox.
func pending(ctx context.Context, tx store.Tx, contact string) (turns []Turn, err error) {
	waiting, err := tx.Waiting(ctx, []string{contact}, pendingRead)
	if err != nil {
		return nil, fmt.Errorf("reading what waits in a chat: %w", err)
	}
	for _, in := range waiting {
		var t Turn
		if in.Kind == store.DeskInput && json.Unmarshal(in.Payload, &t) == nil {
			turns = append(turns, t)
		}
	}
	return turns, nil
}
