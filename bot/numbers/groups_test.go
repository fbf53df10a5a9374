package numbers

import (
	"testing"
	"time"

	"careline/store"
)

// Weeks go from one Monday's midnight to the next by the clinic's clock, also when the clocks change, and leave no gap.
func TestWeeksBeginOnMondayByTheClinicsClock(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	whole := store.Span{From: time.Date(2026, 3, 20, 15, 0, 0, 0, berlin), To: time.Date(2026, 4, 8, 9, 0, 0, 0, berlin)}
	list := weeks(whole, berlin)
	if len(list) != 4 || !list[0].From.Equal(whole.From) || !list[3].To.Equal(whole.To) {
		t.Fatalf("weeks: %v", list)
	}
	for i, w := range list[1:] {
		from := w.From.In(berlin)
		if from.Weekday() != time.Monday || from.Hour() != 0 || !list[i].To.Equal(w.From) {
			t.Errorf("a week begins %s, after one that ended %s", from, list[i].To)
		}
	}
	if got := list[1].To.Sub(list[1].From); got != 167*time.Hour { // summer time begins on 29 March
		t.Errorf("the week of the change has %v", got)
	}
}
