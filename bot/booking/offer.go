package booking

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
)

// Ask is what a person would like.
type Ask struct {
	Service string
	Doctor  string        // empty = any
	Branch  string        // empty = those of the person's city
	Acute   bool          // the times kept for acute patients are open
	Within  time.Duration // without a wish: sooner than this, if anything is free so soon; 0 = whenever
	Wish    *words.Period
	Count   int // less than one = a pair
}

// Offer returns up to Count free slots that fit the wish, by time; near tells that none fits it and these
// come closest. None at all is an empty list. Two are a concrete pair, more are spread over the days.
func (r *Reception) Offer(ctx context.Context, tx store.Tx, m Matter, a Ask, now time.Time) (offers []*dialogs.Slot, near bool, err error) {
	free, err := r.free(ctx, tx, m, a, now)
	if err != nil {
		return nil, false, err
	}
	if a.Count < 1 {
		a.Count = 2
	}
	var found []Slot
	if a.Wish == nil && a.Within > 0 {
		found = free.Until(now.Add(a.Within), a.Count)
	}
	if len(found) == 0 { // late is better than never
		found = free.Choose(a.Wish, a.Count)
	}
	if len(found) == 0 && a.Wish != nil {
		found = free.Near(a.Wish, a.Count, r.Clinic.Booking.NearBy)
		near = len(found) > 0
	}
	return r.Clinic.In(m.Language).Slots(found), near, nil
}

// Days returns the dates on which the service can be had, as wishes to choose from, at most n.
func (r *Reception) Days(ctx context.Context, tx store.Tx, m Matter, a Ask, n int, now time.Time) ([]*words.Period, error) {
	free, err := r.free(ctx, tx, m, a, now)
	if err != nil {
		return nil, err
	}
	var out []*words.Period
	for _, d := range free.Days(n) {
		out = append(out, &words.Period{Windows: []words.Window{{From: d, To: d}}})
	}
	return out, nil
}

func (r *Reception) free(ctx context.Context, tx store.Tx, m Matter, a Ask, now time.Time) (*Free, error) {
	c := r.Clinic
	service := c.Service(a.Service)
	if sold, err := r.sold(ctx, tx, m, service); err != nil || !sold {
		return nil, cmp.Or(err, fmt.Errorf("looking for a free time of %q: %w", a.Service, ErrOffSale))
	}
	q := Query{Service: service, Branches: c.BranchesFor(service, a.Branch, m.Zone, a.Doctor), Doctor: a.Doctor, Acute: a.Acute, Now: now}
	busy, err := r.busy(ctx, tx, m, service, now)
	if err != nil {
		return nil, err
	}
	q.Busy = busy
	return c.Find(q), nil
}

// sold reports whether the matter's patient may book the service: one that is online, or that a doctor has set for them.
func (r *Reception) sold(ctx context.Context, tx store.Tx, m Matter, s *Service) (bool, error) {
	if s == nil || s.Online {
		return s != nil, nil
	}
	steps, err := tx.StepsOf(ctx, []string{m.Patient})
	if err != nil {
		return false, fmt.Errorf("reading steps: %w", err)
	}
	set := slices.ContainsFunc(steps, func(x store.Step) bool { return x.State == store.StepActive && x.Service == s.ID })
	return set && len(s.Parts) > 0, nil
}

// busy is what takes the time of those who do the service, and of the patient; what the task itself holds
// is free to it.
func (r *Reception) busy(ctx context.Context, tx store.Tx, m Matter, s *Service, now time.Time) ([]store.Busy, error) {
	var who []string
	for _, p := range s.performers() {
		who = append(who, p.ID)
	}
	calendar := r.calendar(tx)
	busy, err := calendar.Busy(ctx, who, now, now.Add(r.Clinic.Booking.Horizon+24*time.Hour), now)
	if err != nil {
		return nil, fmt.Errorf("reading busy times: %w", err)
	}
	own, err := calendar.Holds(ctx, m.Contact, m.Task)
	if err != nil {
		return nil, fmt.Errorf("reading holds: %w", err)
	}
	busy = slices.DeleteFunc(busy, func(b store.Busy) bool {
		return b.Hold != "" && slices.ContainsFunc(own, func(h store.Hold) bool { return h.ID == b.Hold })
	})
	return r.elsewhere(ctx, tx, m.Patient, who, busy, now)
}

// elsewhere adds the patient's other visits: while they last, nobody can see the patient.
func (r *Reception) elsewhere(ctx context.Context, tx store.Tx, patient string, who []string, busy []store.Busy, now time.Time) ([]store.Busy, error) {
	if patient == "" {
		return busy, nil
	}
	visits, err := tx.AppointmentsOf(ctx, []string{patient}, now.Add(-24*time.Hour), now.Add(r.Clinic.Booking.Horizon))
	if err != nil {
		return nil, fmt.Errorf("reading the patient's visits: %w", err)
	}
	for _, a := range visits {
		if !takesTime(a.Status) {
			continue
		}
		for _, id := range who {
			busy = append(busy, store.Busy{Practitioner: id, Start: a.Start, End: a.End, Kind: store.Unavailable})
		}
	}
	return busy, nil
}

// BranchesFor are the branches where the service is offered to somebody: the one that was named; else
// those in the person's time zone; else those of the main branch's; else all.
func (c *Clinic) BranchesFor(s *Service, branch, zone, doctor string) []*Branch {
	var all []*Branch
	for _, b := range c.Branches {
		if c.performedAt(s, b) && c.sees(doctor, b) && (branch == "" || b.ID == branch) {
			all = append(all, b)
		}
	}
	for _, near := range []string{zone, c.Branches[0].Zone.String()} {
		in := slices.DeleteFunc(slices.Clone(all), func(b *Branch) bool { return b.Zone.String() != near })
		if len(in) > 0 {
			return in
		}
	}
	return all
}

// sees reports whether the doctor (empty = any) sees patients in the branch.
func (c *Clinic) sees(doctor string, b *Branch) bool {
	p := c.Practitioner(doctor)
	return doctor == "" || (p != nil && p.Works[b.ID] != nil)
}
