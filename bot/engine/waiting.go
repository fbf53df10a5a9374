package engine

import (
	"time"

	"careline/dialogs"
)

// waitingFor is how old a waiting question may be to take an answer that was not meant for the open one.
const waitingFor = 24 * time.Hour

// waitingAnswer tries the questions below, the nearest first. Those that would take any words are left out.
func (s *step) waitingAnswer(h *heard) (bool, error) {
	if h.Text == "" && h.Shared == nil || s.stale {
		return false, nil
	}
	for i := len(s.c.Tasks) - 2; i >= 0; i-- {
		t := s.c.Tasks[i]
		q := s.question(t, top(t))
		if q == nil || !q.closedKind() || s.since(q.frame.Asked) > waitingFor {
			continue
		}
		if taken, err := q.takeFromBelow(h); taken || err != nil {
			return taken, err
		}
	}
	return false, nil
}

func (q *question) takeFromBelow(h *heard) (bool, error) {
	if h.Text != "" {
		b, found, err := q.named(h.Text, q.exactly)
		if err != nil {
			return true, err
		}
		if found {
			if err := q.uncover(q.task); err != nil {
				return true, err
			}
			return true, q.name(b, h.Incoming)
		}
	}
	return q.take(h.Incoming)
}

// closedKind: only certain answers fit.
func (q *question) closedKind() bool {
	switch q.Type.Kind {
	case dialogs.Text, dialogs.Story, dialogs.Name, dialogs.Email, dialogs.Photo, dialogs.File:
		return false
	}
	return true
}
