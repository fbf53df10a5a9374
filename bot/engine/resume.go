package engine

// resume comes back to the question below, when what stood above it has ended. Somebody who has not
// said a word is left in peace.
func (s *step) resume() error {
	for s.popped {
		s.popped = false
		if s.operatorOwns() {
			return nil
		}
		if err := s.expireSilently(s.c.Tasks); err != nil {
			return err
		}
		if err := s.endOutdated(); err != nil {
			return err
		}
		q := s.openQuestion()
		switch {
		case q == nil || s.absent:
			return nil
		case q.telling():
			if err := q.endStory(); err != nil {
				return err
			}
		case q.granted():
			if err := s.end(q.task, q.frame, s.dialog(q.frame).Ends[0]); err != nil {
				return err
			}
			if err := s.proceed(q.task); err != nil {
				return err
			}
		default:
			return s.comeBack(q)
		}
	}
	return nil
}

func (s *step) comeBack(q *question) error {
	if err := s.phrase("engine.resume"); err != nil {
		return err
	}
	return q.putAgain()
}
