package engine

import (
	"time"

	"careline/dialogs"
)

// lateFor is how long after a story its teller may still add to it.
const lateFor = 2 * time.Minute

// lateAddition appends to the story that was told last; the open question goes on waiting.
func (s *step) lateAddition(h *heard) (bool, error) {
	l := s.c.Late
	if l == nil || s.since(l.At) > lateFor || s.stale {
		return false, nil
	}
	t := s.task(l.Task)
	if t == nil {
		return false, nil
	}
	f := frameOf(t, l.Dialog)
	if f == nil {
		return false, nil
	}
	told, ok := s.env(t, f).answer(l.Answer).(*dialogs.StoryValue)
	if !ok || !tell(told, h.Incoming) {
		return false, nil
	}
	s.touch(t)
	s.tell(t, f, l.Answer, told)
	if err := s.store(t, f, l.Answer, told); err != nil {
		return true, err
	}
	return true, s.noted()
}

// noted says that the addition was heard: silence would leave the person with a question that seems dead.
func (s *step) noted() error {
	q := s.openQuestion()
	if q == nil {
		return nil
	}
	if err := s.phrase("engine.noted"); err != nil {
		return err
	}
	return q.putAgain()
}
