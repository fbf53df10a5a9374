package api_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/web/api"
	"careline/store"
)

func TestADayAsTheClinicsOwnSystemTellsIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		anna, boris, vera, gleb := w.books("MIS-1", time.Hour), w.books("", 2*time.Hour), w.books("MIS-3", 3*time.Hour), w.books("MIS-4", 4*time.Hour)
		w.takes("done", "visit.confirmed", 0, `{"external_id": "MIS-1"}`)
		w.takes("unchanged", "visit.confirmed", 0, `{"external_id": "MIS-1"}`)
		w.takes("done", "visit.cancelled", 0, `{"external_id": "MIS-4", "reason": "ill"}`)
		w.clock.Advance(5 * time.Hour)
		w.takes("done", "visit.arrived", 55*time.Minute, `{"external_id": "MIS-1"}`)
		w.takes("done", "visit.fulfilled", 95*time.Minute, `{"external_id": "MIS-1"}`)
		w.takes("superseded", "visit.arrived", 56*time.Minute, `{"external_id": "MIS-1"}`)
		w.takes("done", "visit.arrived", 2*time.Hour, `{"id": "`+boris.ID+`", "external_id": "MIS-2"}`)
		w.takes("done", "visit.fulfilled", 3*time.Hour, `{"external_id": "MIS-2"}`)
		w.takes("done", "visit.noshow", 190*time.Minute, `{"external_id": "MIS-3"}`)
		w.takes("done", "visit.reopened", 195*time.Minute, `{"external_id": "MIS-3"}`)
		for visit, want := range map[string]string{
			anna.ID: store.StatusFulfilled, boris.ID: store.StatusFulfilled, vera.ID: store.StatusBooked, gleb.ID: store.StatusCancelled,
		} {
			if got := w.visit(visit).Status; got != want {
				t.Errorf("%s is %s, want %s", visit, got, want)
			}
		}
		if got := w.visit(anna.ID); !got.Confirmed || !got.StatusAt.Equal(noon.Add(95*time.Minute)) {
			t.Errorf("Anna's visit is %+v", got)
		}
		if got := w.visit(gleb.ID).Reason; got != "ill" {
			t.Errorf("cancelled for %q", got)
		}
	})
}

func TestWhatCannotBeIsRefusedAndChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		tomorrow, today := w.books("MIS-1", 26*time.Hour), w.books("MIS-2", -2*time.Hour)
		w.refuses(404, "unknown", "visit.arrived", 0, `{"external_id": "MIS-9"}`)
		w.refuses(404, "unknown", "visit.arrived", 0, `{"id": "nobody"}`)
		w.refuses(409, "early", "visit.arrived", 0, `{"external_id": "MIS-1"}`)
		w.refuses(409, "early", "visit.noshow", 0, `{"external_id": "MIS-1"}`)
		w.refuses(409, "ids", "visit.arrived", 0, `{"id": "`+tomorrow.ID+`", "external_id": "MIS-2"}`)
		w.takes("done", "visit.fulfilled", -time.Hour, `{"external_id": "MIS-2"}`)
		w.refuses(409, "status", "visit.noshow", 0, `{"external_id": "MIS-2"}`)
		w.refuses(409, "status", "visit.cancelled", 0, `{"external_id": "MIS-2"}`)
		w.refuses(409, "status", "visit.confirmed", 0, `{"external_id": "MIS-2"}`)
		w.takes("done", "visit.reopened", 0, `{"external_id": "MIS-2"}`)
		w.takes("done", "visit.noshow", 0, `{"external_id": "MIS-2"}`)
		w.books("", -2*time.Hour) // whoever came instead
		w.clock.Advance(-time.Hour)
		if got := w.visit(tomorrow.ID).Status + w.visit(today.ID).Status; got != store.StatusBooked+store.StatusNoShow {
			t.Errorf("the visits are %s", got)
		}
	})
}

func TestAnEventThatComesAgainDoesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		visit := w.books("MIS-1", time.Hour)
		w.clock.Advance(time.Hour)
		arrived := body("visit.arrived", time.Hour, `{"external_id": "MIS-1"}`)
		if s := w.posts(w.signed("msg-1", arrived)); s.Result != "done" {
			t.Fatalf("first: %d %s", s.Status, s.body)
		}
		w.takes("done", "visit.reopened", time.Hour, `{"external_id": "MIS-1"}`)
		w.clock.Advance(time.Hour) // signed anew
		if s := w.posts(w.signed("msg-1", arrived)); s.Status != http.StatusOK || s.Result != "repeated" {
			t.Errorf("again: %d %s", s.Status, s.body)
		}
		if got := w.visit(visit.ID).Status; got != store.StatusBooked {
			t.Errorf("the visit is %s", got)
		}
	})
}

func TestARefusedEventMayComeAgainAndThenBeRight(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
		if s := w.posts(w.signed("msg-1", told)); s.Status != http.StatusNotFound {
			t.Fatalf("before the visit: %d %s", s.Status, s.body)
		}
		w.books("MIS-1", time.Hour)
		if s := w.posts(w.signed("msg-1", told)); s.Result != "done" {
			t.Errorf("after it: %d %s", s.Status, s.body)
		}
	})
}

func TestTenWhoSendOneEventDoItOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.books("MIS-1", time.Hour)
		told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
		results := make(chan string, 10)
		var all sync.WaitGroup
		for range cap(results) {
			r := w.signed("msg-1", told)
			all.Go(func() { results <- w.posts(r).Result })
		}
		all.Wait()
		close(results)
		count := map[string]int{}
		for r := range results {
			count[r]++
		}
		if count["done"] != 1 || count["repeated"] != 9 {
			t.Errorf("results: %v", count)
		}
	})
}

// torn is a store whose transactions are cut at their end, as by a crash.
type torn struct {
	store.Store
	cut bool
}

func (s *torn) Tx(ctx context.Context, f func(store.Tx) error) error {
	return s.Store.Tx(ctx, func(tx store.Tx) error {
		if err := f(tx); err != nil || !s.cut {
			return err
		}
		return errors.New("the process was killed")
	})
}

func TestWhatWasNotStoredIsNotAcknowledged(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		visit := w.books("MIS-1", time.Hour)
		s := &torn{w.db, true}
		cut := newWorld(t, w.db, func(p *api.Parts) { p.Store = s })
		told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
		if got := cut.posts(cut.signed("msg-1", told)); got.Status != http.StatusInternalServerError || got.header.Get("Retry-After") == "" {
			t.Errorf("cut: %d %s", got.Status, got.body)
		}
		if w.visit(visit.ID).Confirmed {
			t.Error("half of the event is stored")
		}
		s.cut = false
		if got := cut.posts(cut.signed("msg-1", told)); got.Result != "done" || !w.visit(visit.ID).Confirmed {
			t.Errorf("again: %d %s", got.Status, got.body)
		}
	})
}

func TestWithoutADatabaseTheSenderComesAgain(t *testing.T) {
	w := newWorld(t, onSQLite(t), func(p *api.Parts) { p.Working = func() bool { return false } })
	s := w.refuses(503, "unavailable", "visit.arrived", 0, `{"id": "1"}`)
	if s.header.Get("Retry-After") == "" {
		t.Error("nobody says when")
	}
	db := onSQLite(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	gone := newWorld(t, db)
	if s := gone.tells("visit.arrived", 0, `{"id": "1"}`); s.Status < 500 || strings.Contains(s.body, "sql") {
		t.Errorf("without a database: %d %s", s.Status, s.body)
	}
}

func TestTheLogHoldsNobody(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	w.takes("done", "visit.confirmed", 0, `{"external_id": "MIS-1"}`)
	w.refuses(404, "unknown", "visit.confirmed", 0, `{"external_id": "Анна Каренина"}`)
	w.refuses(400, "body", "visit.confirmed", 0, `{"name": "Анна Каренина"}`)
	if log := w.log.String(); strings.Contains(log, "Анна") || !strings.Contains(log, "visit.confirmed") {
		t.Errorf("the log:\n%s", log)
	}
	families, err := w.registry.Gather()
	if err != nil || len(families) != 1 || len(families[0].GetMetric()) != 3 {
		t.Errorf("counted: %v, %v", families, err)
	}
}
