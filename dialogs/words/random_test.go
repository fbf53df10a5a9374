package words

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// Any heap of the grammar's own words is answered quickly, and with windows that hold some day.
func TestParsePeriodOnHeapsOfItsOwnWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	g := calendar()
	now := monday(t)
	for range 20_000 {
		heap := make([]string, 1+random.IntN(12))
		for i := range heap {
			if heap[i] = g.names[random.IntN(len(g.names))]; heap[i] == "<digits>" || random.IntN(5) == 0 {
				heap[i] = string(rune('1' + random.IntN(9)))
			}
		}
		text := strings.Join(heap, " ")
		p, ok := ParsePeriod(text, now)
		if !ok {
			continue
		}
		first, last := p.Bounds(now)
		if last == "" {
			last = DateOf(first.Time(time.UTC).AddDate(1, 0, 0))
		}
		if !holdsADay(p, first, last) {
			t.Fatalf("%q: no day in %s", text, p)
		}
	}
}

func holdsADay(p *Period, first, last Date) bool {
	for d := first.Time(time.UTC); DateOf(d) <= last; d = d.AddDate(0, 0, 1) {
		for _, w := range p.Windows {
			if w.Admits(d.Add(time.Duration(w.After) * time.Minute)) {
				return true
			}
		}
	}
	return false
}
