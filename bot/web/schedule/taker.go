package schedule

import (
	"cmp"
	"time"

	"careline/bot/web/page"
	"careline/store"
)

// taker is who has the practitioner's time at which the visit was to be; empty when it is free again, or not theirs to see.
func (p *Pages) taker(q *page.Request, c card, doctor string, at time.Time) (words string, err error) {
	err = p.Store.Read(q.Context(), func(tx store.Tx) error {
		words = ""
		busy, err := tx.Busy(q.Context(), []string{doctor}, at, at.Add(c.End.Sub(c.Start)), p.Clock.Now())
		if err != nil {
			return err
		}
		for _, b := range busy {
			switch {
			case b.Appointment == c.ID:
				continue
			case b.Kind == store.Held:
				words = q.Word("desk.schedule.has.hold")
			case b.Kind == store.Unavailable:
				words = q.Word("desk.schedule.has.closed")
			default:
				words, err = p.visitor(q, tx, b)
			}
			return err
		}
		return nil
	})
	return words, err
}

// visitor is whose visit takes the time.
func (p *Pages) visitor(q *page.Request, tx store.Tx, b store.Busy) (string, error) {
	all, err := p.conflicts(q, tx, []string{b.Appointment})
	if err != nil || len(all) == 0 {
		return "", err
	}
	v := all[0]
	if err := q.Access.Viewed(q.Context(), scheduleSeen, "visit/"+v.ID, v.PatientID); err != nil {
		return "", err
	}
	return q.Word("desk.schedule.has.visit", "name", v.Name, "service", cmp.Or(v.Service, "—"), "at", q.Time(b.Start)+"–"+q.Time(b.End)), nil
}
