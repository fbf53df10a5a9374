package runner

import (
	"context"
	"encoding/json"
	"fmt"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// writes gathers what all chats of a transaction changed.
type writes struct {
	conversations []store.Conversation
	contacts      []store.Contact
	patients      []store.Patient
	outputs       []store.Output
	links         []store.Link
	timers        []store.Timer
	unset         []string
	events        []store.Event
	answers       []store.Answer
	ended         map[string][]int // contact → tasks whose holds are freed
}

// collect adds one chat's changes.
func (c *chat) collect(ctx context.Context, w *writes) error {
	if c.isRoom(c.row) {
		w.outputs = append(w.outputs, c.posted...)
		return nil
	}
	if err := c.outputs(w); err != nil {
		return err
	}
	state, err := c.conversation.Encode(nil)
	if err != nil {
		return fmt.Errorf("writing a conversation: %w", err)
	}
	w.timers = append(w.timers, c.waiting...)
	if err := c.wakes(ctx, w, c.now); err != nil {
		return err
	}
	row := store.Conversation{ContactID: c.row.ID, State: state, Owner: string(c.conversation.Owner), UpdatedAt: c.now, Wake: c.set}
	if n := len(c.conversation.Tasks); n > 0 {
		row.Dialog = c.conversation.Tasks[n-1].Frames[0].Dialog
	}
	if c.broken == nil { // an administrator's first words begin anew one that cannot be read
		w.conversations = append(w.conversations, row)
	}
	if c.rowChanged {
		w.contacts = append(w.contacts, c.row)
	}
	for _, p := range c.met {
		c.person(w, p)
	}
	c.person(w, c.me)
	w.events = append(w.events, c.events...)
	w.answers = append(w.answers, c.told...)
	if len(c.ended) > 0 {
		if w.ended == nil {
			w.ended = map[string][]int{}
		}
		w.ended[c.row.ID] = c.ended
	}
	return nil
}

func (c *chat) person(w *writes, p *person) {
	if p.changed {
		w.patients = append(w.patients, p.Row)
	}
}

// outputs turns what was said into rows of the outbox.
func (c *chat) outputs(w *writes) error {
	first := len(w.outputs)
	put := func(m channels.Outgoing, class, author string) error {
		m.Choices = c.redirected(w, m.Choices)
		payload, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("writing an answer: %w", err)
		}
		w.outputs = append(w.outputs, store.Output{
			ID: m.Key, ContactID: c.row.ID, Channel: c.row.Channel, Chat: c.row.Chat, Class: class, Author: author, Payload: payload, CreatedAt: c.now,
			Priority: c.urgency(class),
		})
		return nil
	}
	for _, m := range c.said {
		if err := put(m.Outgoing, string(m.Class), ""); err != nil {
			return err
		}
		last := &w.outputs[len(w.outputs)-1]
		last.Ref, last.NotAfter = m.About, m.NotAfter
	}
	for _, m := range c.passed {
		if err := put(m.Outgoing, m.class, ""); err != nil {
			return err
		}
		last := &w.outputs[len(w.outputs)-1]
		last.Ref, last.NotAfter = m.about, m.notAfter
		var err error
		if last.Payload, err = m.sign(last.Payload); err != nil {
			return err
		}
	}
	if len(w.outputs) > first {
		w.outputs[first].AnswersAt = c.arrived
	}
	for _, m := range c.authored {
		m.Key = c.IDs()
		if err := put(m.Outgoing, "operator", m.author); err != nil {
			return err
		}
		w.outputs[len(w.outputs)-1].Account = m.account
	}
	return nil
}

// shape gives each message its key, lets the first one close the buttons of the question before, redraws
// those whose marks changed, and remembers which message holds the open question now.
func (c *chat) shape(s engine.Sprint) {
	said := c.said[len(c.said)-len(s.Say):]
	for i := range said {
		said[i].Key = c.IDs()
	}
	c.cleared(said)
	shown := c.conversation.Shown
	if s.Closes != "" {
		if len(said) == 0 {
			c.said = append(c.said, engine.Said{Outgoing: channels.Outgoing{Key: c.IDs()}, Class: dialogs.ServiceClass})
			said = c.said[len(c.said)-1:]
		}
		said[0].Closes = s.Closes
	}
	if s.Redraw != nil && shown != nil && shown.Key != "" {
		c.said = append(c.said, engine.Said{
			Outgoing: channels.Outgoing{Key: c.IDs(), Redraws: shown.Key, Ask: channels.AskSeveral, Choices: s.Redraw, Language: c.contact.Language},
			Class:    dialogs.ServiceClass,
		})
	}
	for i := range said {
		if len(said[i].Choices) > 0 && shown != nil {
			shown.Key = said[i].Key
		}
	}
}

// flush writes each table once.
func (w *writes) flush(ctx context.Context, tx store.Tx, out *sender) error {
	steps := []struct {
		what string
		some bool
		do   func() error
	}{
		{"held times", len(w.ended) > 0, func() error { return tx.FreeHolds(ctx, w.ended) }},
		{"conversations", len(w.conversations) > 0, func() error { return tx.SaveConversations(ctx, w.conversations) }},
		{"contacts", len(w.contacts) > 0, func() error { return tx.SaveContacts(ctx, w.contacts) }},
		{"patients", len(w.patients) > 0, func() error { return tx.SavePatients(ctx, w.patients) }},
		{"links", len(w.links) > 0, func() error { return tx.SaveLinks(ctx, w.links) }},
		{"the outbox", len(w.outputs) > 0, func() error { return out.put(ctx, tx, w.outputs) }},
		{"timers", len(w.timers) > 0, func() error { return tx.SetTimers(ctx, w.timers) }},
		{"timers", len(w.unset) > 0, func() error { return tx.CancelTimers(ctx, w.unset) }},
		{"events", len(w.events) > 0, func() error { return tx.AppendEvents(ctx, w.events) }},
		{"answers", len(w.answers) > 0, func() error { return tx.KeepAnswers(ctx, w.answers) }},
	}
	for _, s := range steps {
		if !s.some {
			continue
		}
		if err := s.do(); err != nil {
			return fmt.Errorf("saving %s: %w", s.what, err)
		}
	}
	if len(w.timers) > 0 {
		tx.Wake(store.TimerTopic)
	}
	return nil
}
