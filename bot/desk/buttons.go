package desk

import (
	"strings"
	"unicode/utf8"

	"careline/channels"
	"careline/store"
)

// What the buttons of a card do. Their data is "DO:TICKET".
const (
	takeButton   = "take"
	returnButton = "return"
	closeButton  = "close"
	whoButton    = "who" // says who has it, does nothing
)

// maxName is how much of an administrator's name stands on a button.
const maxName = 40

// short is an administrator's name as it fits a button.
func short(name string) string {
	if utf8.RuneCountInString(name) > maxName {
		return string([]rune(name)[:maxName]) + "…"
	}
	return name
}

// buttons of a ticket as it stands. A chat that nobody has cannot go back to the bot.
func (t *talk) buttons(k store.Ticket) []channels.Choice {
	button := func(do, label string) channels.Choice { return channels.Choice{Data: do + ":" + k.ID, Label: label} }
	closes := button(closeButton, t.word("desk.room.close"))
	name := short(k.TakenBy)
	switch {
	case k.Kind == Outcome:
		return t.answers(k)
	case k.Resolution == endings[Return]:
		return []channels.Choice{button(whoButton, t.word("desk.room.returned"))}
	case k.State == "closed":
		return []channels.Choice{button(whoButton, strings.TrimSpace(t.word("desk.room.closed")+" "+name))}
	case k.State == "taken" && k.ContactID == "":
		return []channels.Choice{button(whoButton, "✅ "+name), closes}
	case k.State == "taken":
		return []channels.Choice{button(whoButton, "✅ "+name), button(returnButton, t.word("desk.room.return")), closes}
	}
	return []channels.Choice{button(takeButton, t.word("desk.room.take")), closes}
}

// redraw shows on a card what became of its ticket; a manager's stands apart.
func (t *talk) redraw(id string) error {
	ticket, p, err := t.ticket(id)
	if err != nil || p == nil {
		return err
	}
	if !ticket.EscalatedAt.IsZero() && t.isManager() {
		if err := t.say(channels.Outgoing{Redraws: escalatedKey(id, t.room.ID), Choices: t.buttons(ticket)}, post{}); err != nil {
			return err
		}
	}
	if !t.isRoom() {
		return nil
	}
	return t.say(channels.Outgoing{Redraws: cardKey(id, t.room.ID), Choices: t.buttons(ticket)}, post{})
}

// press does what a button says, unless its ticket is gone. Who of two was first is decided in the step of the
// patient's chat, because there may be other rooms.
func (t *talk) press(m channels.Incoming) error {
	do, id, _ := strings.Cut(m.Choice, ":")
	if do == whoButton {
		return nil
	}
	for _, o := range outcomes {
		if o.do == do {
			return t.mark(m, id, o.status)
		}
	}
	turn, known := map[string]Do{takeButton: Take, returnButton: Return, closeButton: Close}[do]
	ticket, p, err := t.ticket(id)
	switch {
	case err != nil:
		return err
	case !known || ticket.ID == "" || ticket.Kind == Outcome:
		return t.phrase("desk.room.stale", nil)
	case p == nil:
		return t.phrase("desk.room.gone", nil)
	case ticket.State == "closed":
		return t.phrase("desk.room.closed_before", facts{"name": ticket.TakenBy})
	}
	return t.submit(ticket.ContactID, Turn{Do: turn, Author: t.author(m), Ticket: id})
}

// submit puts an administrator's turn into the inbox of the patient's chat, or of none: see Apart.
func (t *talk) submit(chat string, turn Turn) error {
	turn.Room = t.room.ID
	return Submit(t.ctx, t.tx, chat, t.IDs(), turn, t.now)
}

// author is the administrator's name.
func (t *talk) author(m channels.Incoming) string {
	if m.Profile.Name != "" {
		return m.Profile.Name
	}
	return t.word("desk.room.administrator")
}
