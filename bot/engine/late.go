package engine

import (
	"slices"
	"time"

	"careline/dialogs"
)

// lateFor is how long after a story its teller may still add to it.
const lateFor = 2 * time.Minute

// lateAddition appends to the story that was told last; the open question goes on waiting.
func (s *step) lateAddition(h *heard) (bool, error) {
	l := s.c.Late
	if l == nil || s.since(l.At) > lateFor || s.stale || s.asksForDetails() {
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

// asksForDetails: what is not a name or a number here was meant for one, not for the story.
func (s *step) asksForDetails() bool {
	q := s.openQuestion()
	return q != nil && slices.Contains([]dialogs.Kind{dialogs.Name, dialogs.Phone, dialogs.Email, dialogs.Date}, q.Type.Kind)
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
