package engine

import (
	"slices"

	"careline/dialogs"
)

const consentDialog = "consent"

// require runs the consent dialog for the first of the needs that is missing. While it runs, the dialog
// below has Missing set and has not yet entered its first state.
func (s *step) require(t *dialogs.Task, f *dialogs.Frame, needs []string) error {
	f.Missing = ""
	for _, kind := range needs {
		if s.scene.Consent(kind) {
			continue
		}
		f.Missing = kind
		if s.muted || s.set.Dialogs[consentDialog] == nil {
			return s.raise(t, f, noConsent)
		}
		return s.push(t, consentDialog, map[string]any{"kind": kind})
	}
	return nil
}

// consented goes on with the dialog that needed a consent.
func (s *step) consented(t *dialogs.Task, f *dialogs.Frame, given bool) error {
	if !given {
		return s.raise(t, f, noConsent)
	}
	needs := s.dialog(f).Needs
	return s.require(t, f, needs[slices.Index(needs, f.Missing)+1:])
}

// granted reports a question about a consent that was given meanwhile, in another matter.
func (q *question) granted() bool {
	if q.frame.Dialog != consentDialog {
		return false
	}
	kind, _ := q.env(q.task, q.frame).answer("kind").(string)
	return q.scene.Consent(kind)
}
