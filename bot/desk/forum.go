package desk

import (
	"strings"

	"careline/channels"
	"careline/store"
)

// aside begins what is said in a topic to colleagues alone.
const aside = "//"

// within takes what somebody said or did in the topic of a ticket: its words go to the patient.
func (t *talk) within(m channels.Incoming) error {
	ticket, p, err := t.ticket(m.Topic)
	note, isAside := strings.CutPrefix(strings.TrimSpace(m.Text), aside)
	switch {
	case err != nil:
		return err
	case m.Turned != "":
		return t.turned(m, ticket, p)
	case asksForHelp(m.Text):
		return t.phrase("desk.room.help_topic", nil)
	case p == nil:
		return t.phrase("desk.room.gone", nil)
	case m.Edited:
		return t.phrase("desk.room.edited", nil)
	case isAside && strings.TrimSpace(note) != "":
		return t.submit(ticket.ContactID, Turn{Do: Note, Author: t.author(m), Ticket: ticket.ID, Text: strings.TrimSpace(note)})
	case p.chat.ID == "":
		return t.phrase("desk.room.no_chat", t.who(p))
	}
	return t.passOn(m, p)
}

// turned follows who closed or reopened the topic by hand: so is its ticket.
func (t *talk) turned(m channels.Incoming, k store.Ticket, p *person) error {
	turn := Turn{Do: Close, Author: t.author(m), Ticket: k.ID}
	if m.Turned == channels.TopicReopened {
		turn.Do = Resume
	}
	if p == nil || (k.State == "closed") == (turn.Do == Close) {
		return nil
	}
	return t.submit(k.ContactID, turn)
}
