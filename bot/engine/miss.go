package engine

import (
	"slices"

	"careline/channels"
	"careline/dialogs"
)

// missed is the last row: nobody has understood the message.
func (s *step) missed(h *heard) (bool, error) {
	if s.stale {
		return true, nil
	}
	if human, err := s.comesBack(); human || err != nil {
		if err != nil {
			return true, err
		}
		return s.toOperator(h)
	}
	q := s.openQuestion()
	if q == nil || q.isWord() { // a wrong date or number is no beginning of a story
		if err := s.hold(h.Incoming); err != nil {
			return true, err
		}
	}
	if q != nil {
		return true, q.miss(h.Incoming)
	}
	t, f := s.top()
	if f != nil && !s.canRest(s.state(f)) { // an action has failed here: try it again
		s.touch(t)
		return true, s.proceed(t)
	}
	if s.set.Everywhere.Unknown == nil {
		return true, nil
	}
	return true, s.startCalled(s.set.Everywhere.Unknown, "unknown")
}

// comesBack lets a human have the chat again who spoke with the person lately.
func (s *step) comesBack() (bool, error) {
	if s.scene.Human == nil {
		return false, nil
	}
	human, err := s.scene.Human(s.ctx)
	if human && err == nil {
		s.c.Owner = dialogs.Operator
	}
	return human, err
}

// miss counts an answer that was not understood; after a few of them a human is called.
func (q *question) miss(in *channels.Incoming) error {
	q.touch(q.task)
	q.frame.Misses++
	q.event(answerMissed, q.task, q.frame, "")
	everywhere := q.set.Everywhere
	if everywhere.UnclearAfter == 0 || q.frame.Misses < everywhere.UnclearAfter {
		return q.askAgain(in)
	}
	q.frame.Misses = 0
	q.event(answerUnclear, q.task, q.frame, "")
	if _, named := q.state.On[unclear]; named {
		return q.follow(q.task, q.frame, unclear)
	}
	if everywhere.Unclear == nil {
		return q.askAgain(in)
	}
	return q.startCalled(everywhere.Unclear, unclear)
}

// startCalled starts a dialog that everywhere.yaml names. One that takes a reason is told it.
func (s *step) startCalled(c *dialogs.Call, reason string) error {
	t, f := s.top()
	takes := s.set.Dialogs[c.Name].Takes
	with, err := s.given(t, f, c.With)
	if err != nil {
		return err
	}
	for _, p := range takes {
		if p.Name == "reason" && c.With["reason"] == nil && slices.Contains(p.Type.Words, reason) {
			with["reason"] = reason
		}
	}
	return s.start(c.Name, with, "", reason, false)
}
