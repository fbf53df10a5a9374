package engine

import (
	"strings"

	"careline/dialogs"
)

// endOutdated ends talks that timelines began about visits that have changed since, while something else went on above
// them: a reminder of a visit that was cancelled meanwhile is not read again.
func (s *step) endOutdated() error {
	for t, _ := s.top(); t != nil && s.scene.Unchanged != nil && strings.HasPrefix(t.Origin, "timeline "); t, _ = s.top() {
		visits := s.aboutVisits(t)
		if len(visits) == 0 {
			return nil
		}
		same, err := s.scene.Unchanged(s.ctx, visits)
		if err != nil || same {
			return err
		}
		if err := s.silently(t, func() error { s.event(dialogEnded, t, t.Frames[0], quit); return nil }); err != nil {
			return err
		}
	}
	return nil
}

// aboutVisits are the visits that the task's first dialog was handed.
func (s *step) aboutVisits(t *dialogs.Task) (visits []*dialogs.Visit) {
	f := t.Frames[0]
	for _, p := range s.dialog(f).Takes {
		switch v := s.env(t, f).Value(p.Name).(type) {
		case *dialogs.Visit:
			visits = append(visits, v)
		case []any:
			for _, one := range v {
				if visit, ok := one.(*dialogs.Visit); ok {
					visits = append(visits, visit)
				}
			}
		}
	}
	return visits
}
