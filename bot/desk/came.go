package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/store"
)

// askAgain is how long a patient who is still here is left alone.
const askAgain = 30 * time.Minute

// AskOutcome opens the question whether the patient came to a visit that should be over, for all rooms the same
// one. What is answered already, is asked already, or is still to come, is not asked.
func (d *Desk) AskOutcome(ctx context.Context, tx store.Tx, visit string, now time.Time) error {
	found, err := tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading a visit: %w", err)
	}
	if len(found) == 0 || !Undecided(found[0].Status) || found[0].End.After(now) || found[0].PatientID == "" {
		return nil
	}
	asked, err := questions(ctx, tx, visit)
	if err != nil || len(asked) > 0 {
		return err
	}
	_, err = d.Open(ctx, tx, store.Ticket{PatientID: found[0].PatientID, Kind: Outcome, Visit: visit}, 0, now)
	return err
}

// Undecided: nobody has said yet what became of a visit with that status.
func Undecided(status string) bool {
	return status == store.StatusPending || status == store.StatusBooked || status == store.StatusArrived
}

// questions are the open ones about a visit.
func questions(ctx context.Context, tx store.Tx, visit string) ([]store.Ticket, error) {
	open, err := tx.TicketsAbout(ctx, []string{visit})
	if err != nil {
		return nil, fmt.Errorf("reading tickets of a visit: %w", err)
	}
	return slices.DeleteFunc(open, func(k store.Ticket) bool { return k.Kind != Outcome }), nil
}

// Answers reports whether the visit itself tells by now what the ticket asks about it. A human who has taken it
// may be talking to the patient, and closes it.
func Answers(a store.Appointment, k store.Ticket) bool {
	switch k.Kind {
	case Outcome:
		return !Undecided(a.Status)
	case Unconfirmed:
		dealt := !a.UpdatedAt.Before(k.CreatedAt) // confirmed or moved since: a later reminder asks anew
		return k.State == "open" && (dealt || a.Confirmed || a.Status == store.StatusArrived || !Undecided(a.Status))
	}
	return false
}

// decided closes what was asked about a visit that tells it by now.
func (d *Desk) decided(ctx context.Context, tx store.Tx, visit string, now time.Time) error {
	found, err := tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading a visit: %w", err)
	}
	if len(found) == 0 {
		return nil
	}
	asked, err := tx.TicketsAbout(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading tickets of a visit: %w", err)
	}
	asked = slices.DeleteFunc(asked, func(k store.Ticket) bool { return !Answers(found[0], k) })
	for i := range asked {
		asked[i].State, asked[i].ClosedAt, asked[i].Resolution = "closed", now, found[0].Status
	}
	return d.save(ctx, tx, asked, now)
}

// marked closes the question about a visit that has the status now; an empty author is nobody in a room. Of a patient
// who is still here it is asked again.
func (d *Desk) marked(ctx context.Context, tx store.Tx, visit, status, author string, now time.Time) error {
	open, err := questions(ctx, tx, visit)
	if err != nil {
		return err
	}
	for i := range open {
		open[i].State, open[i].ClosedAt, open[i].Resolution, open[i].TakenBy = "closed", now, status, author
	}
	if len(open) > 0 && status == store.StatusArrived {
		if err := d.askLater(ctx, tx, visit, now); err != nil {
			return err
		}
	}
	return d.save(ctx, tx, open, now)
}

func (d *Desk) askLater(ctx context.Context, tx store.Tx, visit string, now time.Time) error {
	payload, err := json.Marshal(Turn{Do: Ask, Visit: visit})
	if err != nil {
		return fmt.Errorf("putting a question off: %w", err)
	}
	again := store.Timer{Key: "came:" + visit, Due: now.Add(askAgain), Kind: store.DeskInput, Payload: payload}
	if err := tx.SetTimers(ctx, []store.Timer{again}); err != nil {
		return fmt.Errorf("putting a question off: %w", err)
	}
	tx.Wake(store.TimerTopic)
	return nil
}
