package booking

import (
	"testing"
	"time"
)

// A level's `within` narrows what is offered to what is soon enough, and never to nothing.
func TestUrgencyDecidesHowSoon(t *testing.T) {
	f := open(t)
	anna := f.arrive("Анна Петрова")
	ask := Ask{Service: "crown_pair", Count: 2}
	if usual, _ := f.offer(anna, ask); when(usual[len(usual)-1]) != "Tue 24 10:00" {
		t.Fatalf("offered %v", usual)
	}
	ask.Within = 12 * time.Hour
	today, _ := f.offer(anna, ask)
	for _, s := range today {
		if s.Start.At.After(f.now.Add(12 * time.Hour)) {
			t.Errorf("%s is too late", when(s))
		}
	}
	if len(today) == 0 || when(today[0]) != "Mon 23 16:30" {
		t.Errorf("offered %v", today)
	}
	ask.Within = time.Minute
	if late, near := f.offer(anna, ask); len(late) != 2 || near {
		t.Errorf("nothing is so soon: offered %d times", len(late))
	}
}
