package engine

import (
	"slices"
	"strings"

	"careline/dialogs"
)

// The marks of an answer: who may see it, and whether it may stand in a log.
const (
	plain    = "plain"
	personal = "personal"
	health   = "health"
)

// tell hands an answer to the desk. What goes into memory is kept there.
func (s *step) tell(t *dialogs.Task, f *dialogs.Frame, name string, value any) {
	if strings.Contains(name, ".") {
		return
	}
	kind := s.dialog(f).Answers[name].Kind
	s.sprint.Told = append(s.sprint.Told, Told{t.ID, f.Dialog, name, value, s.mark(f, kind)})
}

// mark follows from the type: names and numbers are personal, a person's own words are about health
// where the dialog asks about health, and choices are plain.
func (s *step) mark(f *dialogs.Frame, kind dialogs.Kind) string {
	aboutHealth := s.aboutHealth(f)
	switch kind {
	case dialogs.Name, dialogs.Phone, dialogs.Email, dialogs.PatientKind:
		return personal
	case dialogs.Photo, dialogs.File, dialogs.Text, dialogs.Story, dialogs.Date:
		if !aboutHealth {
			return personal
		}
	}
	if aboutHealth {
		return health
	}
	return plain
}

func (s *step) aboutHealth(f *dialogs.Frame) bool {
	return slices.Contains(s.dialog(f).Needs, health)
}
