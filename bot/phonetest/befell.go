package phonetest

import (
	"strings"
	"sync/atomic"
	"testing"
)

// Befell counts how often networks failed the phones.
type Befell struct{ times atomic.Int64 }

// Times is the count of all phones whose tests have ended.
func (b *Befell) Times() int64 { return b.times.Load() }

// watch adds what befell a network when its test ends; counts are as local servers give them.
func (b *Befell) watch(t testing.TB, counts func() map[string]int) {
	t.Cleanup(func() {
		for what, n := range counts() {
			if strings.HasPrefix(what, "fault:") {
				b.times.Add(int64(n))
			}
		}
	})
}
