package booking

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"careline/store"
)

// closedMark begins the id of time that Close has taken; when it was to begin and to end follow, and something unique.
const closedMark = "closed"

// Close takes a practitioner's time off, not more than a day of it: what is free at once, holds too, and what visits
// stand in as soon as they are moved or cancelled. It returns those visits. What is closed already stays so.
func (r *Reception) Close(ctx context.Context, tx store.Tx, practitioner string, from, to, now time.Time) ([]store.Appointment, error) {
	busy, err := r.calendar(tx).Busy(ctx, []string{practitioner}, from, to, now)
	if err != nil {
		return nil, fmt.Errorf("reading taken time: %w", err)
	}
	var visits []string
	free := from
	for _, b := range busy {
		if b.Kind == store.Held {
			continue // gives way
		}
		if b.Kind == store.Booked {
			visits = append(visits, b.Appointment)
		}
		if err := r.shut(ctx, tx, practitioner, free, b.Start, from, to); err != nil {
			return nil, err
		}
		if b.End.After(free) {
			free = b.End
		}
	}
	if err := r.shut(ctx, tx, practitioner, free, to, from, to); err != nil {
		return nil, err
	}
	return tx.AppointmentsByID(ctx, visits)
}

// shut takes [begin, end) for what is to be closed as a whole from first to last.
func (r *Reception) shut(ctx context.Context, tx store.Tx, practitioner string, begin, end, first, last time.Time) error {
	if !begin.Before(end) {
		return nil
	}
	id := fmt.Sprintf("%s %d %d %s", closedMark, first.Unix(), last.Unix(), r.IDs())
	if err := tx.CloseTime(ctx, store.Busy{ID: id, Practitioner: practitioner, Start: begin, End: end}); err != nil {
		return fmt.Errorf("closing time: %w", err)
	}
	return nil
}

// Whole is all that was to be closed together with a closed time; of one that was closed elsewhere, itself.
func Whole(b store.Busy) (from, to time.Time) {
	f := strings.Fields(b.ID)
	if b.Kind != store.Unavailable || len(f) != 4 || f[0] != closedMark {
		return b.Start, b.End
	}
	first, err1 := strconv.ParseInt(f[1], 10, 64)
	last, err2 := strconv.ParseInt(f[2], 10, 64)
	if err1 != nil || err2 != nil {
		return b.Start, b.End
	}
	return time.Unix(first, 0), time.Unix(last, 0)
}

// stayClosed closes those of the parts, free now, that lie in what was to be closed; it returns the others.
func (r *Reception) stayClosed(ctx context.Context, tx store.Tx, parts []store.Part, now time.Time) (free []store.Part, err error) {
	for _, p := range parts {
		around, err := r.calendar(tx).Busy(ctx, []string{p.Practitioner}, p.Start.Add(-24*time.Hour), p.End.Add(24*time.Hour), now)
		if err != nil {
			return nil, fmt.Errorf("reading taken time: %w", err)
		}
		shut := false
		for _, b := range around {
			first, last := Whole(b)
			if b.Kind == store.Unavailable && !shut && first.Before(p.End) && p.Start.Before(last) && !touchesBusy(p, around) {
				if err := r.shut(ctx, tx, p.Practitioner, laterOf(p.Start, first), earlierOf(p.End, last), first, last); err != nil {
					return nil, err
				}
				shut = true
			}
		}
		if !shut {
			free = append(free, p)
		}
	}
	return free, nil
}

func touchesBusy(p store.Part, busy []store.Busy) bool {
	for _, b := range busy {
		if b.Kind != store.Held && b.Start.Before(p.End) && p.Start.Before(b.End) {
			return true
		}
	}
	return false
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Working is when the practitioner sees patients in the branch on the day in which at lies, by the branch's clock.
func (c *Clinic) Working(p *Practitioner, b *Branch, at time.Time) [][2]time.Time {
	d := dayOf(at.In(b.Zone))
	return d.spans(c.works(p, b, d))
}

// KeptForAcute is what of that day is kept for acute patients.
func (c *Clinic) KeptForAcute(p *Practitioner, b *Branch, at time.Time) [][2]time.Time {
	d := dayOf(at.In(b.Zone))
	kept, _ := p.Acute.On(d.date, d.weekday)
	return d.spans(intersect(kept, c.works(p, b, d)))
}

func (d day) spans(list []Stretch) (out [][2]time.Time) {
	for _, s := range list {
		out = append(out, [2]time.Time{d.at(s.From), d.at(s.To)})
	}
	return out
}
