package booking

import (
	"testing"
	"time"

	"careline/store"
)

func TestWhatIsTroubleAfterAVisit(t *testing.T) {
	start := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	visit := store.Appointment{ID: "v", Start: start, End: start.Add(time.Hour)}
	for _, c := range []struct {
		name   string
		ticket store.Ticket
		want   bool
	}{
		{"nobody confirmed it, but they came", store.Ticket{Visit: "v", Kind: "unconfirmed", CreatedAt: start.Add(-18 * time.Hour)}, false},
		{"a complaint", store.Ticket{Visit: "v", Kind: "low_rating", CreatedAt: start.Add(48 * time.Hour)}, true},
		{"the desk asks what became of it", store.Ticket{Visit: "v", Kind: OutcomeAsked, CreatedAt: start.Add(75 * time.Minute)}, false},
		{"a complaint about another visit", store.Ticket{Visit: "w", Kind: "low_rating", CreatedAt: start.Add(48 * time.Hour)}, false},
	} {
		if got := Troubled(visit, []store.Ticket{c.ticket}); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
