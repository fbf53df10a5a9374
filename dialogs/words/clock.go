package words

import (
	"fmt"
	"time"
)

const dayEnd Clock = 24 * 60

// String is the time as 18:30.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// ParseTime understands a time of day: «18:30», «1830», «полседьмого», «в шесть вечера», "quarter past six",
// 6pm. Where the half of the day is not said, one to eight o'clock is after noon.
func ParseTime(text string) (Clock, bool) {
	p, ok := newParse(calendar(), text, time.Unix(0, 0).UTC(), Future)
	if !ok {
		return 0, false
	}
	p.words = p.withoutFiller()
	m, ok := p.whole("wholetime")
	if !ok || m.n >= int(dayEnd) {
		return 0, false
	}
	return usual(m), true
}

// usual is the time that somebody who comes to a clinic means.
func usual(m meaning) Clock {
	if m.vague && m.n < 8*60 {
		return Clock(m.n) + dayEnd/2
	}
	return Clock(m.n)
}
