package runner

import (
	"context"
	"errors"
	"testing"
	"time"

	"careline/store"
	"careline/store/sqlite"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
)

// stumbling repeats each transaction once, as a database does that asks for it.
type stumbling struct{ store.Store }

func (s stumbling) Tx(ctx context.Context, f func(store.Tx) error) error {
	again := errors.New("again")
	err := s.Store.Tx(ctx, func(tx store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return again
	})
	if !errors.Is(err, again) {
		return err
	}
	return s.Store.Tx(ctx, f)
}

// What was written is counted once, when it stands: not what a savepoint undid, nor what a transaction that failed did,
// nor a touch that had been noted before.
func TestTheFunnelIsCountedOnceItStands(t *testing.T) {
	db, err := sqlite.Open(t.TempDir() + "/clinic.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	registry := prometheus.NewRegistry()
	counted, ctx := NewMetrics(registry).Counting(stumbling{db}), t.Context()
	event := func(tx store.Tx, name, dialog, value string) error {
		return tx.AppendEvents(ctx, []store.Event{{At: time.UnixMicro(1), Name: name, Dialog: dialog, Value: value}})
	}
	undone := errors.New("undone")
	do := func(tx store.Tx) error {
		for _, e := range [][3]string{
			{"dialog.started", "booking", "start"}, {"dialog.ended", "booking", "booked"}, {"visit.booked", "", "hygiene"}, {"visit.feeling", "", ""},
			{"rating.given", "rating", "5"}, {"ticket.opened", "", "asked"}, {"ticket.late", "", "asked"}, {"red_flag", "", "bleeding"},
		} {
			if err := event(tx, e[0], e[1], e[2]); err != nil {
				return err
			}
		}
		if err := tx.Savepoint(ctx, func() error { return errors.Join(event(tx, "visit.booked", "", ""), undone) }); !errors.Is(err, undone) {
			return err
		}
		_, err := tx.Touch(ctx, []store.Touch{{Timeline: "rating", About: "visit/1", Moment: time.UnixMicro(1), Outcome: store.Sent}})
		return err
	}
	for range 2 { // the second time the touch is known
		if err := counted.Tx(ctx, do); err != nil {
			t.Fatal(err)
		}
	}
	if err := counted.Tx(ctx, func(tx store.Tx) error { return errors.Join(do(tx), undone) }); !errors.Is(err, undone) {
		t.Fatal(err)
	}
	want := map[string]float64{
		"careline_dialogs_started_total booking": 2, "careline_dialogs_ended_total booking booked": 2, "careline_visits_total booked": 2,
		"careline_ratings_total 5": 2, "careline_tickets_opened_total asked": 2, "careline_tickets_late_total asked": 2, "careline_touches_total sent rating": 1,
	}
	if diff := cmp.Diff(want, told(t, registry)); diff != "" {
		t.Error(diff)
	}
}

// told are the counters with labels, by their name and labels.
func told(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			name := f.GetName()
			for _, l := range m.GetLabel() {
				name += " " + l.GetValue()
			}
			if len(m.GetLabel()) > 0 {
				all[name] = m.GetCounter().GetValue()
			}
		}
	}
	return all
}
