package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"careline/store"
)

// stretch is what the model of a calendar knows of taken time.
type stretch struct {
	owner string
	store.Part
	until time.Time // of a hold; zero = for good
}

// diary books at random in a store and in a model of it, and wants both to agree.
type diary struct {
	*stage
	contact store.Contact
	doctors []string
	taken   []stretch
	visits  []store.Appointment
	clock   time.Time
}

func neverOverlapping(t *testing.T, s *stage) {
	contact := s.met()
	rapid.Check(t, func(r *rapid.T) {
		run := s.id("run")
		d := &diary{stage: s, contact: contact, doctors: []string{run + "-smith", run + "-jones"}, clock: s.now}
		r.Repeat(map[string]func(*rapid.T){
			"book":   d.book,
			"hold":   d.hold,
			"move":   d.move,
			"cancel": d.cancel,
			"wait": func(r *rapid.T) {
				d.clock = d.clock.Add(time.Duration(rapid.IntRange(1, 10).Draw(r, "minutes")) * time.Minute)
			},
			"": d.agrees,
		})
	})
}

// parts are one or two stretches of a short day, so that most of them collide.
func (d *diary) parts(r *rapid.T) []store.Part {
	var parts []store.Part
	for range rapid.IntRange(1, 2).Draw(r, "parts") {
		start := d.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(r, "start")) * time.Minute)
		parts = append(parts, part(rapid.SampledFrom(d.doctors).Draw(r, "doctor"), start, rapid.IntRange(1, 15).Draw(r, "minutes")))
	}
	return parts
}

// free tells whether the model has room, leaving out what owner has.
func (d *diary) free(parts []store.Part, owner string) bool {
	for i, p := range parts {
		overlaps := func(o store.Part) bool {
			return o.Practitioner == p.Practitioner && o.Start.Before(p.End) && p.Start.Before(o.End)
		}
		if slices.ContainsFunc(parts[:i], overlaps) {
			return false
		}
		for _, t := range d.taken {
			if t.owner != owner && (t.until.IsZero() || t.until.After(d.clock)) && overlaps(t.Part) {
				return false
			}
		}
	}
	return true
}

// expect runs f and wants it to succeed exactly when the model has room; then the model takes it too.
func (d *diary) expect(r *rapid.T, owner string, until time.Time, parts []store.Part, f func(ctx context.Context, tx store.Tx) error) bool {
	room, err := d.free(parts, owner), d.try(f)
	if room != (err == nil) || err != nil && !errors.Is(err, store.ErrTaken) {
		r.Fatalf("room %v, got %v", room, err)
	}
	if room {
		d.release(owner)
		for _, p := range parts {
			d.taken = append(d.taken, stretch{owner: owner, Part: p, until: until})
		}
	}
	return room
}

func (d *diary) release(owner string) {
	d.taken = slices.DeleteFunc(d.taken, func(t stretch) bool { return t.owner == owner })
}

func (d *diary) book(r *rapid.T) {
	parts := d.parts(r)
	a := d.visit(d.contact, parts...)
	a.Start, a.End = d.now, d.now.Add(time.Hour)
	if d.expect(r, a.ID, time.Time{}, parts, func(ctx context.Context, tx store.Tx) error { return tx.Book(ctx, a, d.clock) }) {
		d.visits = append(d.visits, a)
	}
}

func (d *diary) hold(r *rapid.T) {
	parts, until := d.parts(r), d.clock.Add(5*time.Minute)
	h := d.stage.hold(d.contact, until, parts...)
	d.expect(r, h.ID, until, parts, func(ctx context.Context, tx store.Tx) error { return tx.HoldTime(ctx, h, d.clock) })
}

func (d *diary) move(r *rapid.T) {
	if len(d.visits) == 0 {
		r.Skip("nothing to move")
	}
	a := rapid.SampledFrom(d.visits).Draw(r, "visit")
	a.Parts = d.parts(r)
	d.expect(r, a.ID, time.Time{}, a.Parts, func(ctx context.Context, tx store.Tx) error { return tx.Move(ctx, a, d.clock) })
}

func (d *diary) cancel(r *rapid.T) {
	if len(d.visits) == 0 {
		r.Skip("nothing to cancel")
	}
	i := rapid.IntRange(0, len(d.visits)-1).Draw(r, "visit")
	a := d.visits[i]
	a.Status = store.StatusCancelled
	d.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveAppointments(ctx, []store.Appointment{a}) })
	d.visits = slices.Delete(d.visits, i, i+1)
	d.release(a.ID)
}

// agrees compares the store's days with the model's and looks for overlaps.
func (d *diary) agrees(r *rapid.T) {
	var want, got []string
	for _, t := range d.taken {
		if t.until.IsZero() || t.until.After(d.clock) {
			want = append(want, fmt.Sprint(t.Practitioner, t.Start.UnixMicro(), t.End.UnixMicro()))
		}
	}
	days := get(d.stage, func(ctx context.Context, tx store.Tx) ([]store.Busy, error) {
		return tx.Busy(ctx, d.doctors, d.now, d.now.Add(24*time.Hour), d.clock)
	})
	for i, b := range days {
		got = append(got, fmt.Sprint(b.Practitioner, b.Start.UnixMicro(), b.End.UnixMicro()))
		if i > 0 && days[i-1].Practitioner == b.Practitioner && b.Start.Before(days[i-1].End) {
			r.Fatalf("%v overlaps %v", b, days[i-1])
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		r.Fatalf("the store has\n%v, the model\n%v", got, want)
	}
}
