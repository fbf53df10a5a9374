package numbers

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"careline/store"
)

// Test is an A/B test of journey.yaml.
type Test struct {
	Name     string    `json:"name"`
	Goal     string    `json:"goal"`
	Within   string    `json:"within"`
	Variants []Variant `json:"variants"`
}

// Variant is a text or a time. It is compared with the first of its test.
type Variant struct {
	Name     string    `json:"name"`
	Shown    int       `json:"shown"`   // patients
	Reached  Part      `json:"reached"` // of those whose time to reach the goal is over
	Interval Interval  `json:"interval"`
	Against  *Interval `json:"difference,omitempty"` // to the first variant; nil for itself
	Verdict  Verdict   `json:"verdict,omitempty"`
}

// Verdict says what a difference means.
type Verdict string

// The verdicts.
const (
	TooFew Verdict = "too_few" // to say anything
	Same   Verdict = "same"    // no difference can be seen
	Better Verdict = "better"
	Worse  Verdict = "worse"
)

// enough patients of a variant to speak of it.
const enough = 30

func (r *Report) tests(ctx context.Context, tx store.Tx, a Ask) error {
	var asked []store.TestVariant
	for _, name := range slices.Sorted(maps.Keys(a.Journey.Tests)) {
		t := a.Journey.Tests[name]
		for _, v := range t.Variants {
			asked = append(asked, store.TestVariant{Test: name, Variant: v, Goal: t.Goal, Within: t.Within})
		}
	}
	counts, err := tx.TestCounts(ctx, a.Span, asked, a.Now)
	if err != nil {
		return err
	}
	for _, v := range asked {
		if n := len(r.Tests); n == 0 || r.Tests[n-1].Name != v.Test {
			r.Tests = append(r.Tests, Test{Name: v.Test, Goal: v.Goal, Within: v.Within.Round(time.Minute).String()})
		}
		t := &r.Tests[len(r.Tests)-1]
		t.Variants = append(t.Variants, variant(v.Variant, counts, t))
	}
	slices.SortStableFunc(r.Tests, func(a, b Test) int { return cmp.Compare(b.shown(), a.shown()) })
	return nil
}

func variant(name string, counts []store.TestCount, t *Test) Variant {
	v := Variant{Name: name}
	for _, c := range counts {
		if c.Test == t.Name && c.Variant == name {
			v.Shown, v.Reached = c.Shown, Part{c.Reached, c.Judged}
		}
	}
	v.Interval = Wilson(v.Reached)
	if len(t.Variants) > 0 {
		first := t.Variants[0].Reached
		difference := Difference(first, v.Reached)
		v.Against, v.Verdict = &difference, verdict(first, v.Reached, difference)
	}
	return v
}

func verdict(a, b Part, difference Interval) Verdict {
	switch {
	case a.Of < enough || b.Of < enough:
		return TooFew
	case difference.Low > 0:
		return Better
	case difference.High < 0:
		return Worse
	}
	return Same
}

func (t Test) shown() (n int) {
	for _, v := range t.Variants {
		n += v.Shown
	}
	return n
}
