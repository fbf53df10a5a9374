package numbers

import (
	"math"
	"testing"
)

// Published values: Newcombe 1998, Statistics in Medicine 17, 857–872 (single proportions, method 3) and 873–890
// (differences, method 10).
func TestIntervalsAreThePublishedOnes(t *testing.T) {
	near := func(what string, got Interval, low, high float64) {
		t.Helper()
		if math.Abs(got.Low-low) > 0.00006 || math.Abs(got.High-high) > 0.00006 {
			t.Errorf("%s: got %.4f to %.4f, want %.4f to %.4f", what, got.Low, got.High, low, high)
		}
	}
	near("81 of 263", Wilson(Part{81, 263}), 0.2553, 0.3662)
	near("15 of 148", Wilson(Part{15, 148}), 0.0624, 0.1605)
	near("0 of 20", Wilson(Part{0, 20}), 0, 0.1611)
	near("1 of 29", Wilson(Part{1, 29}), 0.0061, 0.1718)
	near("nobody", Wilson(Part{}), 0, 1)
	near("56/70 less 48/80", Difference(Part{48, 80}, Part{56, 70}), 0.0524, 0.3339)
	near("9/10 less 3/10", Difference(Part{3, 10}, Part{9, 10}), 0.1705, 0.8090)
	near("6/7 less 2/7", Difference(Part{2, 7}, Part{6, 7}), 0.0582, 0.8062)
	near("nobody", Difference(Part{}, Part{3, 10}), -1, 1)
}

func TestASureDifferenceNeedsPeople(t *testing.T) {
	for _, c := range []struct {
		a, b Part
		want Verdict
	}{
		{Part{0, 29}, Part{29, 29}, TooFew},
		{Part{10, 40}, Part{30, 40}, Better},
		{Part{30, 40}, Part{10, 40}, Worse},
		{Part{20, 40}, Part{22, 40}, Same},
	} {
		if got := verdict(c.a, c.b, Difference(c.a, c.b)); got != c.want {
			t.Errorf("%v and %v: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}
