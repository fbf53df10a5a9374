package booking

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"careline/store"
)

// wall is how the clock of a branch is written down.
const wall = "2006-01-02T15:04"

// promised is what the branch's clock shows when a visit begins: what the patient was told.
func promised(start time.Time, b *Branch) string { return start.In(b.Zone).Format(wall) }

// realigned at once; the patients' other steps wait so long.
const alignAtOnce = 100

// Realign moves coming visits whose branch's clock, changed by law or corrected in careline.yaml, would not show the
// hour any more that patients were told. It returns the visits that cannot be moved, for something else is there:
// people must settle those, and each start tries them again. Where no clock has changed since, it only reads a mark.
func (r *Reception) Realign(ctx context.Context, s store.Store, now time.Time) (stuck []string, err error) {
	for _, b := range r.Clinic.Branches {
		left, err := r.realignBranch(ctx, s, b, now)
		if err != nil {
			return nil, fmt.Errorf("keeping the visits of branch %s to its clock: %w", b.ID, err)
		}
		stuck = append(stuck, left...)
	}
	return stuck, nil
}

func (r *Reception) realignBranch(ctx context.Context, s store.Store, b *Branch, now time.Time) (stuck []string, err error) {
	mark, clocks := "clock of "+b.ID, clocksOf(b.Zone, now)
	var coming []store.Appointment
	err = s.Read(ctx, func(tx store.Tx) error {
		known, err := tx.Mark(ctx, mark)
		if err != nil || known == clocks {
			return err
		}
		coming, err = tx.AppointmentsBetween(ctx, b.ID, now, now.AddDate(2, 0, 0))
		return err
	})
	if err != nil {
		return nil, err
	}
	coming = slices.DeleteFunc(coming, func(a store.Appointment) bool { return !astray(a, b) })
	// Those that go later make room first for those that come after them.
	slices.SortStableFunc(coming, func(x, y store.Appointment) int {
		if due(x, b).After(x.Start) && due(y, b).After(y.Start) {
			return y.Start.Compare(x.Start)
		}
		return x.Start.Compare(y.Start)
	})
	for portion := range slices.Chunk(coming, alignAtOnce) {
		var left []string
		err := s.Tx(ctx, func(tx store.Tx) (err error) {
			left, err = r.realignSome(ctx, tx, portion, b, now)
			return err
		})
		if err != nil {
			return nil, err
		}
		stuck = append(stuck, left...)
	}
	if len(stuck) > 0 {
		return stuck, nil
	}
	return nil, s.Tx(ctx, func(tx store.Tx) error { return tx.SetMark(ctx, mark, clocks) })
}

// realignSome moves visits that were found astray, as they are now.
func (r *Reception) realignSome(ctx context.Context, tx store.Tx, found []store.Appointment, b *Branch, now time.Time) (stuck []string, err error) {
	ids := make([]string, len(found))
	for i, a := range found {
		ids[i] = a.ID
	}
	if err := tx.LockAppointments(ctx, ids); err != nil {
		return nil, err
	}
	list, err := tx.AppointmentsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(x, y store.Appointment) int { return slices.Index(ids, x.ID) - slices.Index(ids, y.ID) })
	for _, a := range list {
		if !astray(a, b) || a.Branch != b.ID {
			continue
		}
		by := due(a, b).Sub(a.Start)
		a.Start, a.End, a.Parts = a.Start.Add(by), a.End.Add(by), slices.Clone(a.Parts)
		for i, p := range a.Parts {
			a.Parts[i].Start, a.Parts[i].End = p.Start.Add(by), p.End.Add(by)
		}
		a.Sequence, a.UpdatedAt = a.Sequence+1, now
		switch err := r.calendar(tx).Move(ctx, a, now); {
		case errors.Is(err, store.ErrTaken):
			stuck = append(stuck, a.ID)
			continue
		case err != nil:
			return nil, err
		}
		if err := r.log(ctx, tx, Matter{Contact: a.ContactID}, now, "visit.realigned", a, a.Service); err != nil {
			return nil, err
		}
	}
	return stuck, nil
}

// astray reports whether the branch's clock will not show what was promised. A promise that no clock can keep, in an
// hour that is left out, is kept as well as can be.
func astray(a store.Appointment, b *Branch) bool {
	waits := a.Status == store.StatusBooked || a.Status == store.StatusPending
	return waits && a.Local != "" && promised(a.Start, b) != a.Local && !due(a, b).Equal(a.Start)
}

// due is when the branch's clock shows what was promised.
func due(a store.Appointment, b *Branch) time.Time {
	t, err := time.ParseInLocation(wall, a.Local, b.Zone)
	if err != nil {
		return a.Start // nobody wrote that
	}
	return t.UTC()
}

// clocksOf tells one rule of a zone from another, by when its clock is changed in the years in which visits are.
func clocksOf(zone *time.Location, now time.Time) string {
	h := fnv.New64a()
	t := time.Date(now.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	for end := t.AddDate(3, 0, 0); !t.IsZero() && t.Before(end); {
		_, offset := t.In(zone).Zone()
		fmt.Fprintf(h, "%d %d,", t.Unix(), offset)
		_, t = t.In(zone).ZoneBounds()
	}
	return strconv.Itoa(now.Year()) + " " + strconv.FormatUint(h.Sum64(), 36)
}
