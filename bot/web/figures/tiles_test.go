package figures

import (
	"testing"

	"careline/bot/numbers"
)

// A share of few says nothing; what was promised has to be kept nine times of ten.
func TestWhetherAGoalIsReached(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want goal
	}{
		{"nothing", least(numbers.Part{}, kept), none},
		{"too few", least(numbers.Part{Count: 1, Of: 9}, kept), none},
		{"just enough", least(numbers.Part{Count: 9, Of: 10}, kept), met},
		{"too often late", least(numbers.Part{Count: 17, Of: 20}, kept), missed},
		{"a half is not more than a half", more(numbers.Part{Count: 10, Of: 20}, bookedGoal), missed},
		{"a tenth is at most a tenth", less(numbers.Part{Count: 2, Of: 20}, noShowGoal), met},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}
