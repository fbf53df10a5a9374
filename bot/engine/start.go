package engine

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"careline/dialogs"
)

// talking is how long after a person's word we may take it that they are still looking.
const talking = time.Hour

// proactive runs a dialog that nobody asked for, on top of what stands.
func (s *step) proactive(in *Start) error {
	if s.set.Dialogs[in.Dialog] == nil {
		s.event(startUnknown, nil, nil, in.Dialog)
		return nil
	}
	s.absent = in.Beside || s.since(s.c.LastIn) > talking
	return s.start(in.Dialog, in.With, in.Patient, in.Origin, false)
}

// start runs a dialog on top, but never a second time: one that stands already with the same arguments
// has its question repeated, with others it gives way. A command («меню», /start) shows its own first
// question even when its dialog has gone on into others, which wait below once; unless nothing has been answered yet
// («здравствуйте» to the first question).
func (s *step) start(dialog string, with map[string]any, patient, origin string, command bool) error {
	asked := with
	with = defaults(s.set.Dialogs[dialog].Takes, with)
	holders := s.holding(dialog)
	if len(holders) == 0 {
		return s.open(dialog, with, patient, origin)
	}
	t := holders[len(holders)-1]
	f := frameOf(t, dialog)
	same := (patient == "" || patient == t.Patient) && sameArguments(f, asked)
	if same && (f == top(t) || !command || s.unanswered(t, f)) {
		if err := s.uncover(t); err != nil {
			return err
		}
		return s.repeat(t)
	}
	if !same || len(holders) > 1 {
		if err := s.uncover(t); err != nil {
			return err
		}
		if err := s.dismiss(t); err != nil {
			return err
		}
	}
	return s.open(dialog, with, patient, origin)
}

// unanswered: f and what it has gone on into know nothing yet but what they were handed.
func (s *step) unanswered(t *dialogs.Task, f *dialogs.Frame) bool {
	if t != s.c.Tasks[len(s.c.Tasks)-1] {
		return false
	}
	for _, inner := range t.Frames[slices.Index(t.Frames, f):] {
		for name := range inner.Answers {
			if !slices.ContainsFunc(s.set.Dialogs[inner.Dialog].Takes, func(p dialogs.Param) bool { return p.Name == name }) {
				return false
			}
		}
	}
	return true
}

// holding is the tasks in which a dialog runs, bottom to top.
func (s *step) holding(dialog string) []*dialogs.Task {
	var found []*dialogs.Task
	for _, t := range s.c.Tasks {
		if frameOf(t, dialog) != nil {
			found = append(found, t)
		}
	}
	return found
}

func frameOf(t *dialogs.Task, dialog string) *dialogs.Frame {
	i := slices.IndexFunc(t.Frames, func(f *dialogs.Frame) bool { return f.Dialog == dialog })
	if i < 0 {
		return nil
	}
	return t.Frames[i]
}

// sameArguments compares what a running dialog was given, or has learned since, with what is asked of it now.
// What nobody names is no difference.
func sameArguments(f *dialogs.Frame, with map[string]any) bool {
	for name, value := range with {
		stored, err := json.Marshal(f.Answers[name])
		if err != nil {
			return false
		}
		given, err := json.Marshal(dialogs.NewAnswer(value))
		if err != nil || !bytes.Equal(stored, given) {
			return false
		}
	}
	return true
}

// defaults fills in what was not handed over.
func defaults(takes []dialogs.Param, with map[string]any) map[string]any {
	full := make(map[string]any, len(takes))
	for _, p := range takes {
		value := with[p.Name]
		if value == nil {
			value = p.Default
		}
		if value != nil {
			full[p.Name] = value
		}
	}
	return full
}
