package booking

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"careline/dialogs/words"
	"careline/store"
)

var zones = []string{"Europe/Berlin", "Europe/Moscow", "Asia/Yekaterinburg", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"}

// randomHours are up to two stretches on each weekday.
func randomHours(t *rapid.T) Hours {
	var h Hours
	for d := range h.Week {
		from := 5 * rapid.IntRange(0, 200).Draw(t, "from")
		to := from + 5*rapid.IntRange(1, 60).Draw(t, "length")
		h.Week[d] = []Stretch{{from, min(to, 1440)}}
		if later := to + 30; later < 1380 && rapid.Bool().Draw(t, "afternoon") {
			h.Week[d] = append(h.Week[d], Stretch{later, min(later+5*rapid.IntRange(1, 50).Draw(t, "more"), 1440)})
		}
	}
	return h
}

// randomClinic has one branch, one service of one to three parts and up to four practitioners.
func randomClinic(t *rapid.T) *Clinic {
	zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
	if err != nil {
		t.Fatal(err)
	}
	always := Hours{}
	for d := range always.Week {
		always.Week[d] = []Stretch{{0, 1440}}
	}
	c := &Clinic{Languages: []string{"en"}, Booking: Rules{
		Step: time.Duration(rapid.SampledFrom([]int{5, 15, 20, 30}).Draw(t, "step")) * time.Minute,
		Lead: time.Duration(rapid.IntRange(0, 180).Draw(t, "lead")) * time.Minute, Horizon: 8 * 24 * time.Hour,
	}}
	c.Branches = []*Branch{{ID: "b", Zone: zone, Hours: always}}
	for i := range rapid.IntRange(1, 4).Draw(t, "people") {
		h := randomHours(t)
		c.Practitioners = append(c.Practitioners, &Practitioner{ID: fmt.Sprint("p", i), Works: map[string]*Hours{"b": &h}})
	}
	s := &Service{ID: "s", Online: true, Order: rapid.SampledFrom([]Order{InSequence, AnyOrder, Together}).Draw(t, "order"),
		Gap: tick * time.Duration(rapid.IntRange(0, 2).Draw(t, "gap"))}
	for range rapid.IntRange(1, 3).Draw(t, "parts") {
		by := slices.DeleteFunc(slices.Clone(c.Practitioners), func(*Practitioner) bool { return rapid.Bool().Draw(t, "not by") })
		s.Parts = append(s.Parts, Share{By: by, Duration: tick * time.Duration(rapid.IntRange(1, 12).Draw(t, "duration"))})
	}
	c.Services = []*Service{s}
	c.localize()
	return c
}

func randomBusy(t *rapid.T, c *Clinic, now time.Time) []store.Busy {
	var out []store.Busy
	for range rapid.IntRange(0, 12).Draw(t, "busy") {
		start := now.Add(time.Duration(rapid.IntRange(-60, 8*24*60).Draw(t, "busy from")) * time.Minute)
		out = append(out, store.Busy{
			Practitioner: rapid.SampledFrom(c.Practitioners).Draw(t, "who").ID, Start: start,
			End: start.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "busy for")) * time.Minute),
		})
	}
	return out
}

func randomWish(t *rapid.T, now time.Time) *words.Period {
	var w words.Window
	if rapid.Bool().Draw(t, "days") {
		from := now.AddDate(0, 0, rapid.IntRange(-1, 7).Draw(t, "first day"))
		w.From, w.To = words.Date(from.Format(time.DateOnly)), words.Date(from.AddDate(0, 0, rapid.IntRange(0, 3).Draw(t, "days more")).Format(time.DateOnly))
	}
	w.Days = words.Weekdays(rapid.IntRange(0, 127).Draw(t, "weekdays"))
	w.After = words.Clock(60 * rapid.IntRange(0, 22).Draw(t, "after"))
	if rapid.Bool().Draw(t, "until") {
		w.Before = w.After + 120
	}
	return &words.Period{Windows: []words.Window{w}}
}

// randomNow lies around the days on which clocks are changed, or anywhere in a year.
func randomNow(t *rapid.T) time.Time {
	day := rapid.SampledFrom([]string{"2026-03-28", "2026-10-24", "2026-11-01", "2026-03-07", "2026-04-04", "2028-02-28", "2026-12-30", "2026-07-15"}).Draw(t, "day")
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return at.Add(time.Duration(rapid.IntRange(0, 24*60).Draw(t, "minute")) * time.Minute)
}

func TestEveryOfferedSlotKeepsTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, now := randomClinic(t), randomNow(t)
		busy, wish := randomBusy(t, c, now), randomWish(t, now)
		free := c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: now, Busy: busy})
		n := rapid.IntRange(1, 9).Draw(t, "count")
		chosen := free.Choose(wish, n)
		for _, s := range chosen {
			if !admits(wish, s.Start().In(s.Branch.Zone)) {
				t.Fatalf("%v is not what was wished: %+v", s.Start(), wish)
			}
		}
		near := free.Near(wish, n, time.Hour)
		all := slices.Collect(free.All())
		if len(all) > 0 && len(near) == 0 || len(chosen) > n || len(near) > n {
			t.Fatalf("of %d free %d are chosen and %d near, asked for %d", len(all), len(chosen), len(near), n)
		}
		for _, s := range slices.Concat(chosen, near, all) {
			if s.Start().Before(now.Add(c.Booking.Lead)) {
				t.Fatalf("%v is too soon after %v", s.Start(), now)
			}
			if _, ok := c.slot(c.In("en").Slot(s), now); !ok {
				t.Fatalf("offered and then refused: %+v", s.Parts)
			}
			for _, b := range busy {
				if touches(s.Parts, []store.Part{{Practitioner: b.Practitioner, Start: b.Start, End: b.End}}) {
					t.Fatalf("%+v is over %+v", s.Parts, b)
				}
			}
		}
	})
}

func TestNoFreeTimeIsForgotten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, now := randomClinic(t), randomNow(t)
		c.Services[0].Parts = c.Services[0].Parts[:1]
		busy := randomBusy(t, c, now)
		var want []time.Time
		for at := now.Truncate(tick); at.Before(now.Add(c.Booking.Horizon)); at = at.Add(tick) {
			if !at.Before(now.Add(c.Booking.Lead)) && slices.ContainsFunc(c.Services[0].Parts[0].By, func(p *Practitioner) bool { return bare(c, p, at, busy) }) {
				want = append(want, at)
			}
		}
		var got []time.Time
		for s := range c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: now, Busy: busy}).All() {
			got = append(got, s.Start())
		}
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("found %v\nwant %v", got, want)
		}
	})
}

// bare tells by the plainest means whether the practitioner can see a patient at that time.
func bare(c *Clinic, p *Practitioner, at time.Time, busy []store.Busy) bool {
	d, b := c.Services[0].Parts[0].Duration, c.Branches[0]
	part := store.Part{Practitioner: p.ID, Start: at, End: at.Add(d)}
	if !c.atWork(p, b, part) || slices.ContainsFunc(busy, func(x store.Busy) bool {
		return touches([]store.Part{part}, []store.Part{{Practitioner: x.Practitioner, Start: x.Start, End: x.End}})
	}) {
		return false
	}
	today := dayOf(at.In(b.Zone))
	for _, s := range c.works(p, b, today) {
		begin := today.at(s.From)
		if !at.Before(begin) && at.Before(today.at(s.To)) && at.Sub(begin)%c.Booking.Step == 0 {
			return true
		}
	}
	return false
}

func TestWhateverPeopleDoNobodyIsDoubleBooked(t *testing.T) {
	f := open(t)
	path := filepath.Join(t.TempDir(), "busy.db")
	stores := []store.Store{opened(t, path), opened(t, path)}
	f.db = stores[0]
	var all sync.WaitGroup
	for i := range 6 {
		m := f.arrive(fmt.Sprint("P", i))
		all.Go(func() { f.wander(stores[i%2], m, rand.New(rand.NewPCG(uint64(i), 7))) })
	}
	all.Wait()
	var busy []store.Busy
	f.must(f.do(func(ctx context.Context, tx store.Tx) (err error) {
		busy, err = tx.Busy(ctx, []string{"sokolova", "grigoryan", "belov"}, f.now, f.now.AddDate(0, 0, 70), f.now)
		return err
	}))
	for i, a := range busy {
		for _, b := range busy[i+1:] {
			if a.Practitioner == b.Practitioner && a.Start.Before(b.End) && b.Start.Before(a.End) {
				t.Errorf("%+v and %+v overlap", a, b)
			}
		}
	}
	if len(busy) == 0 {
		t.Error("nobody has booked anything")
	}
}

// wander holds, books, moves and cancels at random among the first free times.
func (f *front) wander(db store.Store, m Matter, dice *rand.Rand) {
	var visits []string
	for range 12 {
		err := db.Tx(f.Context(), func(tx store.Tx) error {
			offers, _, err := f.Offer(f.Context(), tx, m, Ask{Service: "crown_pair", Count: 4}, f.now)
			if err != nil || len(offers) == 0 {
				return err
			}
			s := offers[dice.IntN(len(offers))]
			switch {
			case dice.IntN(3) == 0:
				return f.Hold(f.Context(), tx, m, s, f.now)
			case len(visits) > 0 && dice.IntN(2) == 0:
				_, err = f.Move(f.Context(), tx, m, visits[dice.IntN(len(visits))], s, f.now)
			case len(visits) > 0 && dice.IntN(3) == 0:
				_, err = f.Cancel(f.Context(), tx, m, visits[dice.IntN(len(visits))], "other", f.now)
			default:
				v, e := f.Book(f.Context(), tx, m, Request{Slot: s, Patient: m.Patient}, f.now)
				if err = e; err == nil {
					visits = append(visits, v.ID)
				}
			}
			return err
		})
		var clash *ClashError
		if err != nil && !errors.Is(err, store.ErrTaken) && !errors.Is(err, ErrTooLate) && !errors.Is(err, store.ErrNotFound) && !errors.As(err, &clash) {
			f.Error(err)
		}
	}
}
