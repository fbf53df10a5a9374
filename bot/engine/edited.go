package engine

// correction: words that the person changed after they were sent are a new try where the open question has not
// understood the person yet. Anywhere else they answer nothing: the question that they were written for is
// answered, and the one that is open now was not meant.
func (s *step) correction(h *heard) (bool, error) {
	if !h.Edited {
		return false, nil
	}
	if q := s.answerable(); q != nil && q.frame.Misses > 0 {
		return false, nil
	}
	s.sprint.Unkept = !s.mayKeep()
	return true, nil
}
