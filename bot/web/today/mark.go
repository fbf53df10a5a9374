package today

import (
	"errors"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/web/page"
	"careline/store"
)

// mark says what became of a visit, or takes back what was said.
func (p *Pages) mark(q *page.Request) error {
	f := q.Form()
	a, err := ask(q, f.Values)
	if err != nil {
		return err
	}
	status := f.One("status", store.StatusBooked, store.StatusArrived, store.StatusFulfilled, store.StatusNoShow, store.StatusCancelled)
	reason := ""
	if status == store.StatusCancelled {
		reason = f.One("reason", Reasons()...)
	}
	if !f.Good() {
		return page.Malformed
	}
	err = p.Store.Tx(q.Context(), func(tx store.Tx) error {
		v, err := p.reception.FindVisit(q.Context(), tx, booking.Ref{ID: q.ID("id")})
		if err != nil {
			return err
		}
		m := booking.Matter{Contact: v.ContactID, Patient: v.PatientID, Channel: "desk", Language: q.Language, Staff: true, Tell: f.On("tell")}
		said := booking.Outcome{Visit: booking.Ref{ID: v.ID}, Status: status, Reason: reason}
		_, effect, err := p.reception.Report(q.Context(), tx, m, said, p.Clock.Now())
		if err != nil || effect == booking.Unchanged {
			return err
		}
		return q.Access.Audit(q.Context(), tx, statusGiven, v.PatientID, "visit/"+v.ID+"/"+status)
	})
	if err != nil {
		return refusal(err)
	}
	q.Toast("desk.today.told." + status)
	if !q.IsFragment() {
		return q.Redirect(a.path(""))
	}
	d, err := p.read(q.Context(), q, a)
	if err != nil {
		return err
	}
	return q.Part(list(q, d))
}

// Reasons for which the desk cancels a visit: words for the numbers.
func Reasons() []string { return []string{"patient", "ill", "doctor", "mistake"} }

// refusal is why a visit cannot have the status.
func refusal(err error) error {
	switch {
	case errors.Is(err, booking.ErrEarly):
		return page.Conflict("desk.today.early")
	case errors.Is(err, booking.ErrStatus), errors.Is(err, booking.ErrTooLate):
		return page.Conflict("desk.today.status")
	case errors.Is(err, store.ErrTaken):
		return page.Conflict("desk.today.taken")
	}
	return err
}

// does are the statuses that one tap gives the visit now, the likeliest first.
func (r row) does(now time.Time) []string {
	came := !now.Before(page.Midnight(r.Start.In(now.Location())))
	switch r.Status {
	case store.StatusBooked, store.StatusPending:
		switch {
		case !came:
			return nil
		case r.End.Before(now):
			return []string{store.StatusFulfilled, store.StatusArrived, store.StatusNoShow}
		case r.Start.Before(now):
			return []string{store.StatusArrived, store.StatusNoShow}
		}
		return []string{store.StatusArrived}
	case store.StatusArrived:
		return []string{store.StatusFulfilled}
	}
	return nil
}

// back tells whether what was said can be taken back.
func (r row) back() bool {
	return slices.Contains([]string{store.StatusArrived, store.StatusFulfilled, store.StatusNoShow}, r.Status)
}

// off tells whether the visit can be cancelled.
func (r row) off() bool { return r.Status == store.StatusBooked || r.Status == store.StatusPending }
