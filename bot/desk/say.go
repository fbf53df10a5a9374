package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/channels"
	"careline/locales"
	"careline/store"
)

// post is how a message of a room is sent.
type post struct {
	key    string // its id; empty = a new one
	about  string // the patient's chat that a reply to it goes to; empty = none
	urgent bool   // before everything that waits
	calm   bool   // after what is written to patients, when the network is slow
}

// say puts a message out. The outbox goes by the moment from which a message may go: what has none goes first.
func (t *talk) say(m channels.Outgoing, p post) error {
	if m.Key = p.key; m.Key == "" {
		m.Key = t.IDs()
	}
	m.Language = t.view.Language
	t.place(&m, p.about != "" || m.Redraws != "")
	payload, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing to the administrators: %w", err)
	}
	out := store.Output{
		ID: m.Key, ContactID: t.room.ID, Channel: t.room.Channel, Chat: t.room.Chat, Class: "service", Payload: payload,
		CreatedAt: t.now, NotBefore: t.now, Ref: p.about, Changes: m.Redraws,
	}
	switch {
	case p.urgent:
		out.NotBefore = time.Time{}
	case p.calm:
		out.Priority = store.FollowUpNext
	}
	if out.Changes != "" { // of several states the last is shown
		t.said = slices.DeleteFunc(t.said, func(o store.Output) bool { return o.Changes == out.Changes })
	}
	t.said = append(t.said, out)
	return nil
}

// phrase says a text of the catalogue that is about nobody.
func (t *talk) phrase(id string, f facts) error {
	text, err := t.text(id, f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{})
}

// text fills a phrase.
func (t *talk) text(id string, f facts) (string, error) {
	return t.Phrases.Text(t.view.Language, id, nil, t.view.Source(f))
}

// word is a phrase without values as it is written, because it may stand inside a line; empty when there is none.
func (t *talk) word(id string) string {
	m, ok := t.Phrases.Message(t.view.Language, id)
	if !ok {
		return t.Phrases.Word(t.view.Language, id)
	}
	return m.Forms[locales.Other]
}

// soon is a moment by the clinic's clock: «сегодня в 10:15».
func (t *talk) soon(at time.Time) string {
	zone := t.view.Zone
	return locales.FormatOf(t.view.Language).Soon(locales.Moment{At: at.In(zone), Now: t.now.In(zone)})
}

// facts are the values of a phrase.
type facts map[string]any

// Value implements dialogs.Env.
func (f facts) Value(name string) any { return f[name] }
