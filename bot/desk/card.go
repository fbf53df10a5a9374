package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"careline/channels"
	"careline/store"
)

// card shows a ticket: what it is, whose, until when, and the words that called for it.
func (t *talk) card(id string) error {
	ticket, p, err := t.ticket(id)
	switch {
	case err != nil:
		return err
	case ticket.Kind == Outcome:
		return t.question(ticket)
	case ticket.Kind == ChannelDown:
		return t.outage(ticket)
	}
	if p == nil {
		return nil
	}
	f := t.who(p)
	f["mark"], f["title"] = marks[ticket.Priority], t.title(ticket.Kind)
	if err := t.called(ticket, p, f); err != nil {
		return err
	}
	text, err := t.text("desk.room.ticket", f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text, Choices: t.buttons(ticket), Topic: t.inTopic(t.topicButtons(ticket))},
		post{key: cardKey(id, t.room.ID), about: p.ref(), urgent: ticket.Priority == Alarm})
}

// called adds what called for the ticket. One that an administrator began has neither a deadline nor a cause.
func (t *talk) called(ticket store.Ticket, p *person, f facts) (err error) {
	if ticket.State != "open" {
		return nil
	}
	f["deadline"] = t.soon(ticket.Deadline)
	if !t.mayShow(ticket) {
		f["hidden"] = t.word("desk.room.hidden")
		return nil
	}
	f["note"] = ticket.Note
	if p.chat.ID == "" {
		return nil
	}
	f["words"], err = t.lastWords(p.chat.ID)
	return err
}

// marks make the urgent ones stand out.
var marks = map[string]string{Normal: "🙋", High: "❗", Alarm: "🚨"}

// title of a kind of ticket; a kind that only the clinic's scripts know is shown as they write it.
func (t *talk) title(kind string) string {
	if title := t.word("desk.ticket." + kind); title != "" {
		return title
	}
	return kind
}

// mayShow tells whether the words of a ticket may stand in the room: what is about health only when the clinic
// wants it.
func (t *talk) mayShow(ticket store.Ticket) bool {
	return t.Clinic.Desk.ShowComplaint || !ticket.Health && ticket.Priority != Alarm && ticket.Kind != "red_flag"
}

// late tells that nobody has answered in time. What was taken or closed meanwhile is late no more.
func (t *talk) late(id string) error {
	ticket, p, err := t.ticket(id)
	if err != nil || p == nil || ticket.State != "open" {
		return err
	}
	f := t.who(p)
	f["title"] = t.title(ticket.Kind)
	f["since"] = t.soon(ticket.CreatedAt)
	text, err := t.text("desk.room.late", f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{about: p.ref(), urgent: true})
}

// escalated tells that nobody has cared for a ticket even after that; a manager can take it at once.
func (t *talk) escalated(id string) error {
	ticket, p, err := t.ticket(id)
	if err != nil || p == nil || ticket.State != "open" {
		return err
	}
	f := t.who(p)
	f["title"] = t.title(ticket.Kind)
	f["since"], f["deadline"] = t.soon(ticket.CreatedAt), t.soon(ticket.Deadline)
	if !t.isManager() {
		text, err := t.text("desk.room.escalated", f)
		if err != nil {
			return err
		}
		return t.say(channels.Outgoing{Text: text}, post{about: p.ref()})
	}
	text, err := t.text("desk.room.unanswered", f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text, Choices: t.buttons(ticket), Topic: t.inTopic(t.topicButtons(ticket))},
		post{key: escalatedKey(id, t.room.ID), about: p.ref(), urgent: true})
}

// isManager and isRoom tell whose chat this is; it may be both.
func (t *talk) isManager() bool { return slices.Contains(t.Managers, t.address()) }
func (t *talk) isRoom() bool    { return slices.Contains(t.Rooms, t.address()) }

func (t *talk) address() channels.Address {
	return channels.Address{Channel: channels.ID(t.room.Channel), Chat: t.room.Chat}
}

// ticket and the person who waits; none when the ticket is not there or its person was erased. From now on what is said
// stands in its topic.
func (t *talk) ticket(id string) (store.Ticket, *person, error) {
	found, err := t.tx.TicketsByID(t.ctx, []string{id})
	if err != nil {
		return store.Ticket{}, nil, fmt.Errorf("reading a ticket: %w", err)
	}
	if len(found) == 0 {
		return store.Ticket{}, nil, nil
	}
	if found[0].ContactID == "" && found[0].PatientID == "" {
		return found[0], nil, nil
	}
	p, err := t.person(found[0].ContactID, found[0].PatientID)
	if err == nil {
		t.topic = t.topicOf(found[0], p)
	}
	return found[0], p, err
}

// cardKey is the id of the message that shows a ticket in a room, so that its buttons can be changed.
func cardKey(ticket, room string) string { return keyOf("card", ticket, room) }

// escalatedKey is that of the message by which a manager learned of it.
func escalatedKey(ticket, room string) string { return keyOf("escalated", ticket, room) }

func keyOf(what, ticket, room string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %q %q", what, ticket, room))
	return hex.EncodeToString(sum[:16])
}
