package engine

import (
	"slices"

	"careline/dialogs"
)

// leave quits what runs here, silently.
func (s *step) leave(dialog string) error {
	for _, t := range slices.Backward(slices.Clone(s.c.Tasks)) {
		if dialog != "" && t.Frames[0].Dialog != dialog || s.task(t.ID) == nil {
			continue
		}
		if err := s.dismiss(t); err != nil {
			return err
		}
	}
	return nil
}

// bring lets tasks of another chat go on below one of this. What has no place to stand in the scripts of today, or is
// about somebody for whom the contact may not speak, stays behind.
func (s *step) bring(below *dialogs.Task, tasks []*dialogs.Task) error {
	for _, t := range tasks {
		known, err := s.acquaint(t.Patient)
		if err != nil {
			return err
		}
		if !known || !s.moved(t) || s.depth()+len(t.Frames) > maxDepth {
			s.sprint.Ended = append(s.sprint.Ended, t.ID)
			continue
		}
		s.c.Tasks = slices.Insert(s.c.Tasks, slices.Index(s.c.Tasks, below), t)
	}
	return nil
}
