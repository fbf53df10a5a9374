package booking

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"careline/dialogs"
	"careline/dialogs/words"
	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// queue is a full day and people who wait for a time of it, and what is known of them from outside.
type queue struct {
	*front
	dice   *rand.Rand
	people []Matter
	visits map[string]string // patient → visit on the day
	gone   map[string]bool   // gave their own time up: not asked for that one again
	told   []string
	before map[string]string          // place → its state before the step, and what it was offered
	lying  map[string]map[string]bool // free time → places that were asked about another when it became free
}

func newQueue(f *front, seed uint64) *queue {
	q := &queue{front: f, dice: rand.New(rand.NewPCG(seed, 7)), visits: map[string]string{}, gone: map[string]bool{}, lying: map[string]map[string]bool{}}
	for i, s := range q.on(f.arrive("nobody"), "2026-11-24") {
		m := f.arrive(fmt.Sprint("V", i))
		v, err := f.book(m, s, "")
		f.must(err)
		q.visits[m.Patient], q.people = v.ID, append(q.people, m)
	}
	for i := range 5 {
		m := f.arrive(fmt.Sprint("W", i))
		q.people = append(q.people, m)
		ask := consult
		if i == 3 { // only before eleven
			ask.Wish = &words.Period{Windows: []words.Window{{Before: 11 * 60}}}
		}
		f.join(m, ask, q.dice.IntN(2))
	}
	return q
}

// places are all open ones, in the order of the line.
func (q *queue) places() (list []store.Waiting) {
	q.must(q.do(func(ctx context.Context, tx store.Tx) (err error) {
		list, err = tx.WaitingFor(ctx, "")
		return err
	}))
	return list
}

func (q *queue) who(patient string) Matter {
	i := slices.IndexFunc(q.people, func(m Matter) bool { return m.Patient == patient })
	return q.people[i]
}

// step lets something happen to somebody.
func (q *queue) step() {
	list := q.places()
	var w store.Waiting
	if len(list) > 0 {
		w = list[q.dice.IntN(len(list))]
	}
	m := q.people[q.dice.IntN(len(q.people))]
	on := func(f func(ctx context.Context, tx store.Tx) error) { q.must(q.do(f)) }
	switch n := q.dice.IntN(9); {
	case n <= 1:
		q.note("cancels", m)
		if v := q.visits[m.Patient]; v != "" {
			_, err := q.cancel(m, v)
			q.must(err)
			delete(q.visits, m.Patient)
			q.gone[m.Patient] = true
		}
	case n == 2 && w.State == offered:
		q.note("passes", q.who(w.PatientID))
		q.pass(q.who(w.PatientID), q.foundFor(q.who(w.PatientID)))
	case n == 3 && w.ID != "" && q.dice.IntN(3) == 0:
		q.note("leaves", q.who(w.PatientID))
		on(func(ctx context.Context, tx store.Tx) error { return q.Leave(ctx, tx, w.ID, q.now) })
	case n == 4 && w.ID != "":
		q.note("is shown", q.who(w.PatientID))
		if stands := q.shown(q.who(w.PatientID)); stands != (w.State == offered) {
			q.Errorf("shown: %v in state %s", stands, w.State)
		}
	case n == 5 && w.ID != "":
		q.note("cannot be told", q.who(w.PatientID))
		on(func(ctx context.Context, tx store.Tx) error { return q.Reception.Skip(ctx, tx, w.ID, q.now) })
	case n == 6 && w.State == offered:
		q.take(q.who(w.PatientID))
	case n == 7:
		q.grab(m)
	default:
		q.note("time passes", m)
		q.now = q.now.Add(time.Duration(q.dice.IntN(50)) * time.Minute)
		for _, w := range list {
			on(func(ctx context.Context, tx store.Tx) error { return q.Lapse(ctx, tx, w.ID, q.now) })
		}
	}
}

func (q *queue) note(what string, m Matter) { q.told = append(q.told, m.Patient+" "+what) }

// take is the button: the slot is claimed and booked.
func (q *queue) take(m Matter) {
	q.note("takes", m)
	s := q.foundFor(m)
	q.must(q.do(func(ctx context.Context, tx store.Tx) error { return q.Claim(ctx, tx, m, s, q.now) }))
	v, err := q.book(m, s, "")
	q.must(err)
	q.visits[m.Patient] = v.ID
}

// grab books whatever is free for somebody who has nothing on the day.
func (q *queue) grab(m Matter) {
	q.note("grabs", m)
	free := q.on(m, "2026-11-24")
	if len(free) == 0 || q.visits[m.Patient] != "" {
		return
	}
	v, err := q.book(m, free[0], "")
	q.must(err)
	q.visits[m.Patient] = v.ID
}

// agrees holds what is always so.
func (q *queue) agrees() error {
	list, free := q.places(), q.on(Matter{Contact: "c-nobody", Task: 9}, "2026-11-24")
	var busy []store.Busy
	q.must(q.do(func(ctx context.Context, tx store.Tx) (err error) {
		busy, err = tx.Busy(ctx, []string{"ann"}, q.now, q.now.AddDate(0, 0, 3), q.now)
		return err
	}))
	held := map[string]string{} // start → what of it
	for _, b := range busy {
		held[b.Start.String()] = string(b.Kind)
	}
	found, after := map[string]string{}, map[string]string{}
	for i, w := range list {
		after[w.ID] = w.State
		s, err := slotOf(w)
		if err != nil {
			return err
		}
		if w.State == offered {
			start := s.Start.At.UTC().String()
			if found[start] != "" {
				return fmt.Errorf("%s and %s are offered one time", w.PatientID, found[start])
			}
			if found[start] = w.PatientID; held[start] != string(store.Held) {
				return fmt.Errorf("%s is offered a time that is %q", w.PatientID, held[start])
			}
			if touches(partsOf(s), w.Passed) {
				return fmt.Errorf("%s is offered again what did not suit", w.PatientID)
			}
			after[w.ID] = start
			for _, ahead := range list[:i] {
				if q.before[w.ID] != start && q.before[ahead.ID] == waiting && q.wants(ahead, s) {
					return fmt.Errorf("%s was asked before %s", w.PatientID, ahead.PatientID)
				}
			}
		}
	}
	for start, kind := range held {
		if kind == string(store.Held) && found[start] == "" {
			return fmt.Errorf("%s is kept for nobody", start)
		}
	}
	lying := map[string]map[string]bool{}
	for _, s := range free {
		start := s.Start.At.UTC().String()
		if lying[start] = q.lying[start]; lying[start] == nil {
			lying[start] = map[string]bool{}
			for id, state := range q.before {
				lying[start][id] = state != waiting
			}
		}
		for _, w := range list {
			if q.wants(w, s) && !lying[start][w.ID] {
				return fmt.Errorf("%s waits, and %s is free", w.PatientID, when(s))
			}
		}
	}
	q.before, q.lying = after, lying
	return nil
}

// wants reports whether a place waits for nothing better than the slot.
func (q *queue) wants(w store.Waiting, s *dialogs.Slot) bool {
	wish, err := wished(w)
	q.must(err)
	return w.State == waiting && !q.gone[w.PatientID] && !touches(partsOf(s), w.Passed) && admits(wish, s.Start.At.In(q.Clinic.Branches[0].Zone))
}

// Whatever people do, a freed time is never offered to two at once, never kept for nobody, never left lying while
// somebody waits for it, and everybody is asked in order.
func TestTheWaitlistKeepsItsOrderWhateverHappens(t *testing.T) {
	c := clinic(t, week, "        mon-fri: 10:00-12:00", "languages: [en]\n", "languages: [en]\nbooking: {step: 30m, self_service: 0m}\n")
	play := func(t *testing.T, db store.Store, seed uint64) {
		f := &front{T: t, Reception: &Reception{Clinic: c, IDs: newID}, db: db, now: at(t, c, "2026-11-23 08:00")}
		q := newQueue(f, seed)
		for range 40 {
			q.step()
			if err := q.agrees(); err != nil {
				t.Fatalf("seed %d: %v, after %v", seed, err, q.told)
			}
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		for seed := range uint64(12) {
			play(t, opened(t, filepath.Join(t.TempDir(), fmt.Sprint(seed))), seed)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		for seed := range uint64(2) {
			db, err := postgres.Open(t.Context(), storetest.Postgres(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			play(t, db, 100+seed)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
