package desk

import (
	"slices"
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
	whoButton    = "who"  // says who has it, does nothing
	askButton    = "ask"  // whom to hand it to
	toButton     = "to"   // "to:TICKET:COLLEAGUE"
	backButton   = "back" // to nobody after all
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

// topicButtons are those in a ticket's topic, where there is room for more.
func (t *talk) topicButtons(k store.Ticket) []channels.Choice {
	all := t.buttons(k)
	if k.State == "closed" || k.Kind == Outcome {
		return all
	}
	ask := channels.Choice{Data: askButton + ":" + k.ID, Label: t.word("desk.room.hand_to")}
	all = slices.Insert(all, len(all)-1, ask)
	if k.State == "open" && k.TakenBy != "" {
		all = slices.Insert(all, 0, channels.Choice{Data: whoButton + ":" + k.ID, Label: "👤 " + short(k.TakenBy)})
	}
	return all
}

// redraw shows on a card what became of its ticket.
func (t *talk) redraw(id string) error {
	ticket, p, err := t.ticket(id)
	if err != nil || p == nil {
		return err
	}
	return t.redrawn(ticket, t.topicButtons(ticket))
}

// redrawn shows a ticket's card as it is now, with these buttons in its topic; a manager's stands apart.
func (t *talk) redrawn(k store.Ticket, inTopic []channels.Choice) error {
	card := channels.Outgoing{Choices: t.buttons(k), Topic: t.inTopic(inTopic)}
	if !k.EscalatedAt.IsZero() && t.isManager() {
		card.Redraws = escalatedKey(k.ID, t.room.ID)
		if err := t.say(card, post{}); err != nil {
			return err
		}
	}
	if !t.isRoom() {
		return nil
	}
	card.Redraws = cardKey(k.ID, t.room.ID)
	return t.say(card, post{})
}

// press does what a button says, unless its ticket is gone. Who of two was first is decided in the step of the
// patient's chat, because there may be other rooms.
func (t *talk) press(m channels.Incoming) error {
	do, id, _ := strings.Cut(m.Choice, ":")
	id, colleague, _ := strings.Cut(id, ":")
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
	case !known && !isAmong(do) || ticket.ID == "" || ticket.Kind == Outcome:
		return t.phrase("desk.room.stale", nil)
	case p == nil:
		return t.phrase("desk.room.gone", nil)
	case ticket.State == "closed":
		return t.phrase("desk.room.closed_before", facts{"name": ticket.TakenBy})
	case do == askButton:
		return t.ask(ticket)
	case do == backButton:
		return t.redrawn(ticket, t.topicButtons(ticket))
	case do == toButton:
		return t.handTo(m, ticket, colleague)
	}
	return t.submit(ticket.ContactID, Turn{Do: turn, Author: t.author(m), Ticket: id})
}

// isAmong: the button is about who of the administrators has it.
func isAmong(do string) bool { return do == askButton || do == toButton || do == backButton }

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
