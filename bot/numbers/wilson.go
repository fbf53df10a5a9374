package numbers

import "math"

// z of a 95 % interval.
const z = 1.959963984540054

// Interval of a share, or of a difference of shares.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Wilson is the score interval of a share, 95 %: it is right for few people and for shares near 0 and 1 too
// (Wilson 1927). Of nobody it is everything.
func Wilson(p Part) Interval {
	if p.Of == 0 {
		return Interval{0, 1}
	}
	n := float64(p.Of)
	share := float64(p.Count) / n
	middle := share + z*z/(2*n)
	margin := z * math.Sqrt(share*(1-share)/n+z*z/(4*n*n))
	whole := 1 + z*z/n
	return Interval{max(0, (middle-margin)/whole), min(1, (middle+margin)/whole)}
}

// Difference is the interval of b's share less a's, 95 %, made of both Wilson intervals (Newcombe 1998, method 10).
func Difference(a, b Part) Interval {
	pa, _ := a.Share()
	pb, _ := b.Share()
	wa, wb := Wilson(a), Wilson(b)
	if a.Of == 0 || b.Of == 0 {
		return Interval{-1, 1}
	}
	square := func(x float64) float64 { return x * x }
	return Interval{
		Low:  pb - pa - math.Sqrt(square(pb-wb.Low)+square(wa.High-pa)),
		High: pb - pa + math.Sqrt(square(wb.High-pb)+square(pa-wa.Low)),
	}
}
