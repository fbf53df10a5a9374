// Package year plays a year of a small clinic: people write, book, come or do not, rate, and are invited again. It writes
// what the program itself would have written, so that a newcomer sees numbers before the first patient has come. The
// same seed plays the same year.
package year

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"careline/bot/booking"
	"careline/dialogs"
	"careline/store"
)

// Parts are what a year is played with.
type Parts struct {
	Store   store.Store // empty and migrated
	Clinic  *booking.Clinic
	Scripts *dialogs.Set
	Now     time.Time // when the year ends; visits booked by then may lie ahead
	Seed    uint64
	Length  time.Duration // 0 = what a year of numbers needs
	// Messengers: nobody writes on the site.
	Messengers bool
	Busy       float64 // how many times more people than usual write; 0 = 1
	Language   string  // of the people: ru or en; empty = ru
	Everywhere bool    // a third of the people go to other branches than the first
}

// length of the history: a year, and half a year before it, so that those who return are seen.
const length = 540 * 24 * time.Hour

// Play writes the year in one transaction.
func Play(ctx context.Context, p Parts) error {
	err := p.Store.Tx(ctx, func(tx store.Tx) error {
		p.Length, p.Busy, p.Language = cmp.Or(p.Length, length), cmp.Or(p.Busy, 1), cmp.Or(p.Language, "ru")
		y := &year{Parts: p, ctx: ctx, tx: tx, rand: rand.New(rand.NewPCG(p.Seed, 0))}
		y.reception = &booking.Reception{Clinic: p.Clinic, IDs: y.id}
		y.open()
		return y.run()
	})
	if err != nil {
		return fmt.Errorf("playing a year: %w", err)
	}
	return nil
}

// year is one play: what happens is on the agenda, and is taken from there in its order.
type year struct {
	Parts
	ctx       context.Context
	tx        store.Tx
	reception *booking.Reception
	rand      *rand.Rand
	agenda    agenda
	ids       int
	order     int
	events    []store.Event // not written yet
}

// open puts everybody on the agenda who writes of their own accord: few at the beginning, twice as many at the end,
// and fewer at weekends.
func (y *year) open() {
	begin := y.Now.Add(-y.Length)
	zone := y.Clinic.Branches[0].Zone
	for day := begin.In(zone); day.Before(y.Now); day = day.AddDate(0, 0, 1) {
		much := y.Busy * (0.8 + 0.8*day.Sub(begin).Hours()/y.Length.Hours())
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			much /= 2
		}
		for n := int(much + y.rand.Float64()); n > 0; n-- {
			minutes := 8*60 + y.rand.IntN(14*60)
			at := time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, y.rand.IntN(60), 0, zone)
			y.at(at, func(now time.Time) error { return y.arrives(now) })
		}
	}
}

// run does what is on the agenda, until now.
func (y *year) run() error {
	for len(y.agenda) > 0 {
		next := heap.Pop(&y.agenda).(entry)
		if next.at.After(y.Now) {
			break
		}
		if err := next.do(next.at); err != nil {
			return err
		}
	}
	return y.write()
}

// at puts something on the agenda.
func (y *year) at(moment time.Time, do func(now time.Time) error) {
	y.order++
	heap.Push(&y.agenda, entry{moment, y.order, do})
}

// tell keeps an event until they are written together.
func (y *year) tell(e store.Event) { y.events = append(y.events, e) }

// write appends the events so far: before others write theirs.
func (y *year) write() error {
	events := y.events
	y.events = nil
	if len(events) == 0 {
		return nil
	}
	return y.tx.AppendEvents(y.ctx, events)
}

func (y *year) id() string {
	y.ids++
	return fmt.Sprintf("year-%06d", y.ids)
}

// chance is true so often.
func (y *year) chance(of float64) bool { return y.rand.Float64() < of }

// between is a moment after now.
func (y *year) between(now time.Time, least, most time.Duration) time.Time {
	return now.Add(least + time.Duration(y.rand.Float64()*float64(most-least))).Truncate(time.Second)
}

// one of the choices, by weight.
func one[T any](y *year, choices []weighted[T]) T {
	sum := 0.0
	for _, c := range choices {
		sum += c.weight
	}
	at := y.rand.Float64() * sum
	for _, c := range choices {
		if at -= c.weight; at < 0 {
			return c.value
		}
	}
	return choices[len(choices)-1].value
}

type weighted[T any] struct {
	value  T
	weight float64
}

// entry of the agenda. Of two at the same moment the one that was put there first goes first.
type entry struct {
	at    time.Time
	order int
	do    func(now time.Time) error
}

type agenda []entry

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return cmp.Or(a[i].at.Compare(a[j].at), a[i].order-a[j].order) < 0
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(entry)) }
func (a *agenda) Pop() any {
	last := len(*a) - 1
	e := (*a)[last]
	*a = (*a)[:last]
	return e
}
