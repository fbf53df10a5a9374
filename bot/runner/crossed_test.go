package runner_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/store"
)

// Two processes join the same two chats at once, each from the other's side, so that each has what the other waits for:
// PostgreSQL ends one of them, which is repeated, and both end well.
func TestTwoProcessesJoinTheSameChatsFromBothSides(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		for round := range 2 {
			one, two := fmt.Sprint("one", round), fmt.Sprint("two", round)
			agrees(w, one)
			agrees(w, two)
			var (
				both sync.WaitGroup
				met  = &meeting{all: make(chan struct{})}
				errs = make(chan error, 2)
			)
			for _, side := range [][]store.Contact{{contact(t, w, one), contact(t, w, two)}, {contact(t, w, two), contact(t, w, one)}} {
				both.Go(func() { errs <- crosswise(t, w, side[0], side[1], met) })
			}
			both.Wait()
			for range 2 {
				if err := <-errs; err != nil {
					t.Errorf("one side: %v", err)
				}
			}
			if !same(t, w, one, two) {
				t.Error("they are two yet")
			}
		}
	})
}

// meeting of two; a database with one writer lets only one of them come, who goes on alone.
type meeting struct {
	came atomic.Int32
	all  chan struct{}
}

func (m *meeting) wait() {
	if m.came.Add(1) == 2 {
		close(m.all)
	}
	select {
	case <-m.all:
	case <-time.After(100 * time.Millisecond):
	}
}

// crosswise locks one chat, lets the other side do the same as far as the database lets it, and then wants the other
// chat as well.
func crosswise(t *testing.T, w *bottest.World, mine, theirs store.Contact, met *meeting) error {
	return w.Store.Tx(t.Context(), func(tx store.Tx) error {
		if err := tx.LockChats(t.Context(), []string{mine.ID}); err != nil {
			return err
		}
		met.wait()
		if err := tx.LockChats(t.Context(), []string{theirs.ID}); err != nil {
			return err
		}
		now, err := tx.Contacts(t.Context(), []string{mine.ID, theirs.ID})
		if err != nil || now[0].PatientID == now[1].PatientID {
			return err
		}
		people, err := tx.Patients(t.Context(), []string{now[0].PatientID, now[1].PatientID})
		if err != nil {
			return err
		}
		if len(people) != 2 {
			return errors.New("a patient is gone")
		}
		return booking.Unite(t.Context(), tx, people[0], people[1], w.Clock.Now())
	})
}
