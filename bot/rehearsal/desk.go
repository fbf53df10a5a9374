package rehearsal

import (
	"context"
	"errors"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/dialogs"
	"careline/dialogs/transcript"
	"careline/store"
)

// taken lets somebody else have that time, with everybody who is still free.
func (p *play) taken(ctx context.Context, at time.Time) error {
	return p.runner.Load().Store.Tx(ctx, func(tx store.Tx) error {
		for _, who := range p.Clinic.Practitioners {
			closed := store.Busy{ID: p.id(), Practitioner: who.ID, Start: at, End: at.Add(p.Clinic.Booking.Step), Kind: store.Unavailable}
			err := tx.Savepoint(ctx, func() error { return tx.CloseTime(ctx, closed) })
			if err != nil && !errors.Is(err, store.ErrTaken) {
				return err
			}
		}
		return nil
	})
}

// statuses that the desk sets, in the words of transcripts.
var statuses = map[string]string{
	"arrived": store.StatusArrived, "done": store.StatusFulfilled, "noshow": store.StatusNoShow, "cancelled": store.StatusCancelled,
}

// desk hands the chat back, or says what became of the visit that it is about.
func (p *play) desk(ctx context.Context, does string) error {
	status, ok := statuses[does]
	if !ok {
		return p.turn(ctx, desk.Turn{Do: desk.Do(does), Author: "administrator"})
	}
	return p.about(ctx, func(tx store.Tx, m booking.Matter, visit *store.Appointment) error {
		_, _, err := p.reception().Report(ctx, tx, m, booking.Outcome{Visit: booking.Ref{ID: visit.ID}, Status: status}, p.clock.Now())
		if errors.Is(err, booking.ErrEarly) || errors.Is(err, booking.ErrStatus) {
			return p.mistake("a visit that can be "+does, err.Error())
		}
		return err
	})
}

// moved gives the visit that the desk speaks of another time.
func (p *play) moved(ctx context.Context, at time.Time) error {
	return p.about(ctx, func(tx store.Tx, m booking.Matter, visit *store.Appointment) error {
		o := booking.Opening{Service: p.Clinic.Service(visit.Service), Branch: p.Clinic.Branch(visit.Branch), Patient: visit.PatientID, Visit: visit.ID}
		slot, err := p.openingAt(ctx, tx, o, at)
		if err == nil {
			_, err = p.reception().Move(ctx, tx, m, visit.ID, slot, p.clock.Now())
		}
		return err
	})
}

// booked gives the patient of the chat a visit, as the desk does it.
func (p *play) booked(ctx context.Context, v transcript.Visit) error {
	service, err := p.service(v)
	if err != nil {
		return err
	}
	err = p.runner.Load().Store.Tx(ctx, func(tx store.Tx) error {
		c, err := p.contact(ctx, tx)
		if err != nil {
			return err
		}
		slot, err := p.openingAt(ctx, tx, booking.Opening{Service: service, Branch: p.Clinic.Branches[0]}, v.At.On(p.now()))
		if err != nil {
			return err
		}
		_, err = p.reception().Book(ctx, tx, byDesk(c.PatientID), booking.Request{Slot: slot, Patient: c.PatientID}, p.clock.Now())
		return err
	})
	if err != nil {
		return err
	}
	return p.runner.Load().Settle(ctx)
}

func (p *play) openingAt(ctx context.Context, tx store.Tx, o booking.Opening, at time.Time) (*dialogs.Slot, error) {
	slot, free, err := p.reception().OpeningAt(ctx, tx, o, at, p.clock.Now())
	if err != nil {
		return nil, err
	}
	if !free {
		return nil, p.mistake("a free time at "+at.Format("2006-01-02 15:04"), "there is none")
	}
	return p.Clinic.In("").Slot(slot), nil
}

// byDesk: the patient is told, as the desk does by default.
func byDesk(patient string) booking.Matter {
	return booking.Matter{Patient: patient, Staff: true, Tell: true}
}

func (p *play) reception() *booking.Reception { return &booking.Reception{Clinic: p.Clinic, IDs: p.id} }

// about does something to the visit that the desk speaks of.
func (p *play) about(ctx context.Context, do func(store.Tx, booking.Matter, *store.Appointment) error) error {
	err := p.runner.Load().Store.Tx(ctx, func(tx store.Tx) error {
		c, err := p.contact(ctx, tx)
		if err != nil {
			return err
		}
		visits, err := p.visits(ctx, tx, c)
		if err != nil {
			return err
		}
		visit := Meant(visits, p.now())
		if visit == nil {
			return p.mistake("a visit", "there is none")
		}
		return do(tx, byDesk(visit.PatientID), visit)
	})
	if err != nil {
		return err
	}
	return p.runner.Load().Settle(ctx)
}

// Meant is the visit that the desk speaks of: the last open one that has begun, else the next one today, else the
// last one that has begun, whose outcome was a mistake, else the next one; nil = there is none. Cancelled ones are out of
// the question. visits are by start, days are those of now's zone.
func Meant(visits []store.Appointment, now time.Time) (visit *store.Appointment) {
	var begunOpen, nextOpen, begun *store.Appointment
	for i := range visits {
		v := &visits[i]
		open := slices.Contains([]string{store.StatusPending, store.StatusBooked, store.StatusArrived}, v.Status)
		switch began := !v.Start.After(now); {
		case v.Status == store.StatusCancelled:
		case began && open:
			begunOpen, begun = v, v
		case began:
			begun = v
		case open && nextOpen == nil:
			nextOpen = v
		}
	}
	switch {
	case begunOpen != nil:
		return begunOpen
	case nextOpen != nil && (begun == nil || day(nextOpen.Start, now) == day(now, now)):
		return nextOpen
	}
	return begun
}

// day is the date in the zone of now.
func day(t, now time.Time) string { return t.In(now.Location()).Format(time.DateOnly) }
