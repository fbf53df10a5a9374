package bottest_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
	"careline/store/storetest"

	"pgregory.net/rapid"
)

// A walk takes a good part of a second: a few here, and many by make chaos.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "10"); err != nil {
		panic(err)
	}
	m.Run()
}

// deed is one thing that a patient does.
type deed struct{ says, taps string }

// plans are the ways of three patients, each with an end of their own.
var plans = [][]deed{
	{{says: "/start"}, {taps: "Даю согласие"}, {taps: "Записаться на приём"}, {taps: "Знаю услугу"}, {taps: "Консультация стоматолога"},
		{taps: "сегодня"}, {says: "Анна Петрова"}, {says: "8 912 345 67 89"}, {taps: "Всё верно"}, {taps: "Не нужно"}},
	{{says: "/start"}, {taps: "Даю согласие"}, {taps: "Записаться на приём"}, {taps: "Знаю услугу"}, {taps: "Консультация ортодонта"},
		{taps: "Другие дни"}, {says: "меню"}, {says: "цены"}},
	{{says: "/start"}, {taps: "Не даю"}, {says: "оператор"}, {says: "вы там?"}},
}

// Whatever crashes, comes twice, or comes in another order among patients: everybody ends where they would have
// ended undisturbed, and no time is taken twice.
func TestFaultsLeadToTheSameEnd(t *testing.T) {
	undisturbed := walk(t, calm{})
	rapid.Check(t, func(r *rapid.T) {
		disturbed := walk(t, newStorm(r))
		for chat, end := range undisturbed {
			if disturbed[chat] != end {
				r.Errorf("%s ends at\n%s\nwant\n%s", chat, disturbed[chat], end)
			}
		}
	})
}

// weather decides what goes wrong.
type weather interface {
	next(of int) int // who acts next
	crash() bottest.Crash
	twice() bool
	restart() bool
}

type calm struct{}

func (calm) next(int) int         { return 0 }
func (calm) crash() bottest.Crash { return bottest.None }
func (calm) twice() bool          { return false }
func (calm) restart() bool        { return false }

// storm draws its lots by a seed, for transactions crash on more than one goroutine.
type storm struct {
	mu   sync.Mutex
	lots *rand.Rand
}

func newStorm(r *rapid.T) *storm {
	return &storm{lots: rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1))}
}

func (s *storm) draw(of int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lots.IntN(of)
}

func (s *storm) next(of int) int { return s.draw(of) }
func (s *storm) twice() bool     { return s.draw(4) == 0 }
func (s *storm) restart() bool   { return s.draw(6) == 0 }
func (s *storm) crash() bottest.Crash {
	switch s.draw(10) {
	case 0:
		return bottest.BeforeCommit
	case 1:
		return bottest.AfterCommit
	}
	return bottest.None
}

// walk lets the patients go their ways and tells where each of them ends.
func walk(t *testing.T, w weather) map[string]string {
	db := bottest.SQLite(t)
	crashing := &bottest.Crashing{Store: db, Next: w.crash}
	world := bottest.New(t, crashing, "p0")
	left := slices.Clone(plans)
	going := []int{0, 1, 2}
	for round := 1; len(going) > 0; round++ {
		i := w.next(len(going))
		who := going[i]
		chat := fmt.Sprint("chat", who)
		do(t, world, chat, left[who][0], w.twice())
		if left[who] = left[who][1:]; len(left[who]) == 0 {
			going = slices.Delete(going, i, i+1)
		}
		if w.restart() {
			world = world.Again(fmt.Sprint("p", round))
		}
	}
	noTimeTwice(t, db)
	return ends(t, db, "chat0", "chat1", "chat2")
}

// do posts until it is taken and steps until nothing is left, as networks and supervisors do.
func do(t *testing.T, w *bottest.World, chat string, d deed, twice bool) {
	t.Helper()
	m := w.Write(chat, d.says)
	if d.taps != "" {
		m = w.Press(chat, label(t, w, chat, d.taps))
	}
	bring(t, w, m, twice)
}

func bring(t *testing.T, w *bottest.World, m channels.Incoming, twice bool) {
	t.Helper()
	insist(t, func() error { return w.Runner.Accept(t.Context(), m) })
	if twice {
		insist(t, func() error { return w.Runner.Accept(t.Context(), m, m) })
	}
	insist(t, func() error {
		// What was claimed when it crashed is free again, as if its lease had ended.
		err := w.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.Release(t.Context(), w.Runner.Name) })
		if err != nil {
			return err
		}
		return w.Runner.Settle(t.Context())
	})
}

func insist(t *testing.T, try func() error) {
	t.Helper()
	for range 1000 {
		err := try()
		if err == nil {
			return
		}
		if !errors.Is(err, bottest.ErrCrash) {
			t.Fatal(err)
		}
	}
	t.Fatal("a thousand crashes in a row")
}

// label is the newest button that begins so.
func label(t *testing.T, w *bottest.World, chat, begins string) string {
	t.Helper()
	for _, m := range slices.Backward(w.Phones.Told(chat)) {
		i := slices.IndexFunc(m.Choices, func(c channels.Choice) bool { return strings.HasPrefix(c.Label, begins) })
		if i >= 0 {
			return m.Choices[i].Label
		}
	}
	t.Fatalf("%s sees no button «%s…»: %s", chat, begins, w.Phones.Last(chat))
	return ""
}

// ends tells of each chat: what is open, who owns it, what is booked, and what was said in which order.
func ends(t *testing.T, db store.Store, chats ...string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := db.Read(t.Context(), func(tx store.Tx) error {
		for _, chat := range chats {
			contact, err := tx.ContactAt(t.Context(), string(bottest.ChannelOf(chat)), chat)
			if err != nil {
				return err
			}
			standing, err := tx.Conversations(t.Context(), []string{contact.ID})
			if err != nil {
				return err
			}
			visits, err := tx.AppointmentsOf(t.Context(), []string{contact.PatientID}, bottest.Monday, bottest.Monday.AddDate(1, 0, 0))
			if err != nil {
				return err
			}
			tickets, err := tx.TicketsOf(t.Context(), contact.ID)
			if err != nil {
				return err
			}
			lines, err := tx.History(t.Context(), contact.ID, 0, 0, 500)
			if err != nil {
				return err
			}
			all[chat] = fmt.Sprintf("in %q of %q, visits %d, tickets %d, lines %d", standing[0].Dialog, standing[0].Owner, len(visits), len(tickets), len(lines))
		}
		waiting, parked, err := storetest.InDepth(t.Context(), tx)
		if waiting+parked != 0 {
			t.Errorf("%d inputs wait, %d are parked", waiting, parked)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func noTimeTwice(t *testing.T, db store.Store) {
	t.Helper()
	err := db.Read(t.Context(), func(tx store.Tx) error {
		visits, err := tx.AppointmentsBetween(t.Context(), "", bottest.Monday, bottest.Monday.AddDate(1, 0, 0))
		for i, a := range visits {
			for _, b := range visits[:i] {
				if a.Status != store.StatusCancelled && b.Status != store.StatusCancelled && a.Start.Before(b.End) && b.Start.Before(a.End) && a.Parts[0].Practitioner == b.Parts[0].Practitioner {
					t.Errorf("%s is booked twice at %v", a.Parts[0].Practitioner, a.Start)
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
