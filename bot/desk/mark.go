package desk

import (
	"errors"
	"fmt"

	"careline/bot/booking"
	"careline/channels"
	"careline/store"
)

// What the buttons of a question about a visit do: the status that it gets.
var outcomes = []struct{ do, status, label string }{
	{"came", store.StatusFulfilled, "desk.room.came"},
	{"noshow", store.StatusNoShow, "desk.room.noshow"},
	{"here", store.StatusArrived, "desk.room.here"},
}

// question asks whether the patient came.
func (t *talk) question(ticket store.Ticket) error {
	found, err := t.tx.AppointmentsByID(t.ctx, []string{ticket.Visit})
	if err != nil || len(found) == 0 {
		return wrap("reading a visit", err)
	}
	p, err := t.person(found[0].ContactID, found[0].PatientID)
	if err != nil || p == nil {
		return err
	}
	visits, err := t.Reception.Visits(t.ctx, t.tx, booking.Matter{Language: t.view.Language}, found, t.now)
	if err != nil {
		return err
	}
	f := t.who(p)
	f["visit"] = visits[0]
	text, err := t.text("desk.room.outcome", f)
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text, Choices: t.buttons(ticket)}, post{key: cardKey(ticket.ID, t.room.ID), about: p.ref(), calm: true})
}

// answers are the buttons of a question; of one that is answered, the answer and whose it is.
func (t *talk) answers(k store.Ticket) (buttons []channels.Choice) {
	if k.State == "closed" {
		return []channels.Choice{{Data: whoButton + ":" + k.ID, Label: t.answered(k)}}
	}
	for _, o := range outcomes {
		buttons = append(buttons, channels.Choice{Data: o.do + ":" + k.ID, Label: t.word(o.label)})
	}
	return buttons
}

// answered tells what was answered, and by whom.
func (t *talk) answered(k store.Ticket) string {
	text := t.word("desk.room.marked." + k.Resolution)
	if text == "" {
		text = t.word("desk.room.marked")
	}
	if k.TakenBy != "" {
		text += " — " + short(k.TakenBy)
	}
	return text
}

// mark gives a visit the status that an administrator has chosen. Of two, the second hears what the first has said;
// and both hear it when neither was, because it was said elsewhere.
func (t *talk) mark(m channels.Incoming, id, status string) error {
	ticket, err := t.locked(id)
	if err != nil {
		return err
	}
	found, err := t.tx.AppointmentsByID(t.ctx, []string{ticket.Visit})
	switch {
	case err != nil:
		return fmt.Errorf("reading a visit: %w", err)
	case ticket.Kind != Outcome:
		return t.phrase("desk.room.stale", nil)
	case len(found) == 0 || found[0].PatientID == "":
		return t.phrase("desk.room.gone", nil)
	case ticket.State == "closed":
		return t.phrase("desk.room.marked_before", facts{"answer": t.answered(ticket)})
	}
	visit := found[0]
	if Undecided(visit.Status) {
		return t.decide(visit, status, t.author(m))
	}
	ticket.Resolution = visit.Status
	if err := t.marked(t.ctx, t.tx, visit.ID, visit.Status, "", t.now); err != nil {
		return err
	}
	return t.phrase("desk.room.marked_before", facts{"answer": t.answered(ticket)})
}

// decide sets the status; one that the visit cannot have is told.
func (t *talk) decide(visit store.Appointment, status, author string) error {
	by := booking.Matter{Contact: visit.ContactID, Patient: visit.PatientID, Language: t.view.Language, Staff: true}
	err := t.Reception.SetStatus(t.ctx, t.tx, by, visit.ID, status, t.now)
	if errors.Is(err, booking.ErrStatus) {
		return t.phrase("desk.room.stale", nil)
	}
	if err != nil {
		return fmt.Errorf("setting the status of a visit: %w", err)
	}
	return t.marked(t.ctx, t.tx, visit.ID, status, author, t.now)
}

// locked is a ticket about a visit that nobody else changes until the transaction ends; the zero ticket when there
// is none.
func (t *talk) locked(id string) (store.Ticket, error) {
	found, err := t.tx.TicketsByID(t.ctx, []string{id})
	if err != nil || len(found) == 0 || found[0].Visit == "" {
		return store.Ticket{}, wrap("reading a question", err)
	}
	if err := t.tx.LockAppointments(t.ctx, []string{found[0].Visit}); err != nil {
		return store.Ticket{}, fmt.Errorf("keeping a visit: %w", err)
	}
	if found, err = t.tx.TicketsByID(t.ctx, []string{id}); err != nil || len(found) == 0 { // it may be answered by now
		return store.Ticket{}, wrap("reading a question", err)
	}
	return found[0], nil
}
