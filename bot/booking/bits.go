package booking

import (
	"math/bits"
	"time"
)

// tick is the grain of schedules: every duration and every hour of careline.yaml is a multiple of it.
const tick = 5 * time.Minute

// ticks is a set of ticks of a stretch of time.
type ticks []uint64

func newTicks(n int) ticks { return make(ticks, (n+63)/64) }

func (t ticks) has(i int) bool { return i >= 0 && i>>6 < len(t) && t[i>>6]&(1<<(i&63)) != 0 }

func (t ticks) set(i int) {
	if i >= 0 && i>>6 < len(t) {
		t[i>>6] |= 1 << (i & 63)
	}
}

// fill sets [from, to); clear takes it away.
func (t ticks) fill(from, to int) {
	t.eachWord(from, to, func(w int, mask uint64) { t[w] |= mask })
}

func (t ticks) clear(from, to int) {
	t.eachWord(from, to, func(w int, mask uint64) { t[w] &^= mask })
}

// count is how many of [from, to) are in the set.
func (t ticks) count(from, to int) int {
	n := 0
	t.eachWord(from, to, func(w int, mask uint64) { n += bits.OnesCount64(t[w] & mask) })
	return n
}

func (t ticks) eachWord(from, to int, f func(word int, mask uint64)) {
	from, to = max(from, 0), min(to, len(t)*64)
	for from < to {
		w, end := from>>6, min(to, (from>>6+1)<<6)
		mask := ^uint64(0) << (from & 63)
		if end&63 != 0 {
			mask &= 1<<(end&63) - 1
		}
		f(w, mask)
		from = end
	}
}

// earlier returns the word w of the set shifted n ticks towards the past: bit i becomes what bit i+n was.
func (t ticks) earlier(w, n int) uint64 {
	w, n = w+n>>6, n&63
	if w >= len(t) {
		return 0
	}
	v := t[w] >> n
	if n > 0 && w+1 < len(t) {
		v |= t[w+1] << (64 - n)
	}
	return v
}

// erode leaves in t the ticks from which n ticks in a row were in it.
func (t ticks) erode(n int) {
	for have := 1; have < n; {
		s := min(have, n-have)
		for w := range t { // words ahead are still unchanged when they are read
			t[w] &= t.earlier(w, s)
		}
		have += s
	}
}

// join adds the other set.
func (t ticks) join(o ticks) {
	for w := range t {
		t[w] |= o[w]
	}
}

// meet keeps what is in both.
func (t ticks) meet(o ticks) {
	for w := range t {
		t[w] &= o[w]
	}
}

// each calls f with every tick of the set, in order, until f returns false.
func (t ticks) each(f func(i int) bool) {
	for w, v := range t {
		for ; v != 0; v &= v - 1 {
			if !f(w<<6 + bits.TrailingZeros64(v)) {
				return
			}
		}
	}
}
