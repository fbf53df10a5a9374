package engine

import "careline/dialogs"

// cancel is «отмена»: the top task ends.
func (s *step) cancel() error {
	t, f := s.top()
	if f == nil {
		return s.phrase("engine.nothing_to_cancel")
	}
	said := len(s.sprint.Say)
	if err := s.interrupt(t, f, quit); err != nil {
		return err
	}
	if len(s.sprint.Say) == said {
		return s.phrase("engine.quit")
	}
	return nil
}

// back is «назад»: the previous question of the same dialog, unless something was done in between that
// cannot be taken back.
func (s *step) back() error {
	t, f := s.top()
	if f == nil || len(f.Trail) == 0 {
		if err := s.phrase("engine.no_back"); err != nil || f == nil {
			return err
		}
		return s.repeat(t)
	}
	last := len(f.Trail) - 1
	f.State, f.Trail = f.Trail[last], f.Trail[:last]
	return s.putNew(t, f, s.state(f))
}

func forgetTrails(t *dialogs.Task) {
	for _, f := range t.Frames {
		f.Trail = nil
	}
}

// repeat shows a task's question again, or tries again the action that has failed it.
func (s *step) repeat(t *dialogs.Task) error {
	f := top(t)
	if q := s.question(t, f); q != nil {
		return q.putAgain()
	}
	if !s.canRest(s.state(f)) {
		return s.proceed(t)
	}
	return nil
}
