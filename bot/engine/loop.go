package engine

import (
	"fmt"
	"strings"

	"careline/dialogs"
)

// proceed drives a task from state to state until it rests (at a question, at an action that answers
// later) or ends.
func (s *step) proceed(t *dialogs.Task) error {
	for len(t.Frames) > 0 {
		f := top(t)
		if err := s.spend(f); err != nil {
			return err
		}
		event, err := s.enter(t, f, s.state(f))
		switch {
		case err != nil:
			return fmt.Errorf("%s.%s: %w", f.Dialog, f.State, err)
		case event == rests:
			return nil
		case event == runs:
			continue
		}
		if err := s.fire(t, f, event); err != nil {
			return err
		}
	}
	return nil
}

// What enter answers instead of an event of the machine.
const (
	rests = ""      // the conversation stays here
	runs  = "(run)" // another dialog stands on top now
)

// enter does what a state does, in the order of its keys, and answers the event that leads on.
func (s *step) enter(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) (string, error) {
	if st.If != nil {
		if ok, err := st.If.True(s.env(t, f)); err != nil || !ok {
			return "skip", err
		}
	}
	if s.scene.Passed != nil {
		s.scene.Passed(f.Dialog, st.Name)
	}
	for _, a := range st.Set {
		if err := s.assign(t, f, a); err != nil {
			return "", err
		}
	}
	if st.Doing == dialogs.Asks {
		return s.ask(t, f, st)
	}
	if err := s.speak(t, f, st); err != nil {
		return "", err
	}
	switch st.Doing {
	case dialogs.Calls:
		return s.call(t, f, st)
	case dialogs.Runs:
		return s.run(t, f, st)
	}
	return s.edge(t, f, st, "")
}

// follow takes an edge and goes on until the task rests again.
func (s *step) follow(t *dialogs.Task, f *dialogs.Frame, event string) error {
	if err := s.fire(t, f, event); err != nil {
		return err
	}
	return s.proceed(t)
}

// interrupt tells a resting dialog of an implied outcome and goes on until the task rests again.
func (s *step) interrupt(t *dialogs.Task, f *dialogs.Frame, outcome string) error {
	if err := s.raise(t, f, outcome); err != nil {
		return err
	}
	return s.proceed(t)
}

// fire moves the dialog along an edge of its machine.
func (s *step) fire(t *dialogs.Task, f *dialogs.Frame, event string) error {
	to, err := s.dialog(f).Machine.Fire(f.State, event)
	if err != nil {
		return fmt.Errorf("%s.%s: %w", f.Dialog, f.State, err)
	}
	if end, ok := strings.CutPrefix(to, "end "); ok {
		return s.end(t, f, end)
	}
	f.State, f.Kind, f.Misses = to, "", 0
	return nil
}
