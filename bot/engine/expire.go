package engine

import (
	"slices"
	"time"

	"careline/dialogs"
)

// wake is when the next thing happens by itself; zero = never.
func (s *step) wake() time.Time {
	var first int64
	for at := range s.dues {
		if at != 0 && (first == 0 || at < first) {
			first = at
		}
	}
	if first == 0 {
		return time.Time{}
	}
	return time.UnixMicro(first).UTC()
}

// dues are the times when something becomes due: held words are dropped, a story ends, a silence is long
// enough, a dialog expires. While a human owns the conversation, dialogs stand still.
func (s *step) dues(yield func(int64) bool) {
	if s.c.Held != nil && !yield(s.c.Held.At+heldFor.Microseconds()) {
		return
	}
	if s.operatorOwns() {
		return
	}
	if q := s.openQuestion(); q != nil && !yield(q.due()) {
		return
	}
	for _, t := range s.c.Tasks {
		for _, f := range t.Frames {
			if !yield(s.expires(f)) {
				return
			}
		}
	}
}

// due is when the open question stops waiting; zero = never.
func (q *question) due() int64 {
	switch {
	case q.telling():
		return q.storyEnds()
	case q.state.Wait > 0:
		return max(q.frame.Asked, q.frame.Since) + q.state.Wait.Microseconds()
	}
	return 0
}

func (s *step) expires(f *dialogs.Frame) int64 {
	after := s.dialog(f).Expires
	if after == 0 {
		return 0
	}
	return f.Since + after.Microseconds()
}

// wakeUp does what is due.
func (s *step) wakeUp() error {
	s.held() // too old words are gone
	if s.operatorOwns() {
		return nil
	}
	if err := s.expireWaiting(); err != nil {
		return err
	}
	t, f := s.top()
	if f == nil {
		return nil
	}
	q := s.question(t, f)
	if q.telling() && q.due() <= s.now() {
		return q.endStory()
	}
	if gone := s.expired(t); gone != nil {
		s.absent = true
		return s.expire(t, gone)
	}
	if q.silentTooLong() {
		s.absent = true
		return s.interrupt(t, f, silence)
	}
	return nil
}

func (q *question) silentTooLong() bool {
	return q != nil && !q.telling() && q.due() != 0 && q.due() <= q.now()
}

// expired is the dialog of a task whose time is over: the outermost that says what to do then, else
// the outermost.
func (s *step) expired(t *dialogs.Task) *dialogs.Frame {
	var first *dialogs.Frame
	for _, f := range t.Frames {
		at := s.expires(f)
		if at == 0 || at > s.now() {
			continue
		}
		if _, named := s.dialog(f).On[expired]; named {
			return f
		}
		if first == nil {
			first = f
		}
	}
	return first
}

// expire tells a dialog that its time is over; those that ran above it are gone with it.
func (s *step) expire(t *dialogs.Task, f *dialogs.Frame) error {
	for top(t) != f {
		s.event(dialogEnded, t, top(t), expired)
		f.Visit = max(f.Visit, top(t).Visit)
		t.Frames = t.Frames[:len(t.Frames)-1]
	}
	f.Missing = ""
	f.Since = s.now() // its last words may take as long again
	return s.interrupt(t, f, expired)
}

// expireWaiting lets the matters below fall silently when their time is over.
func (s *step) expireWaiting() error {
	if len(s.c.Tasks) < 2 {
		return nil
	}
	return s.expireSilently(s.c.Tasks[:len(s.c.Tasks)-1])
}

// expireUnheard does the same for all, before a word of the person who comes back after long is heard.
func (s *step) expireUnheard() error {
	if s.operatorOwns() {
		return nil
	}
	return s.expireSilently(s.c.Tasks)
}

func (s *step) expireSilently(tasks []*dialogs.Task) error {
	for _, t := range slices.Clone(tasks) {
		gone := s.expired(t)
		if gone == nil {
			continue
		}
		if err := s.silently(t, func() error { return s.expire(t, gone) }); err != nil {
			return err
		}
	}
	return nil
}
