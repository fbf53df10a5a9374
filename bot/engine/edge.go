package engine

import "careline/dialogs"

// The outcomes that every script may meet without naming them.
const (
	unclear   = "unclear"
	silence   = "silence"
	failed    = "failed"
	quit      = "quit"
	expired   = "expired"
	noConsent = "no_consent"
)

// edge chooses the event for an outcome that the script expects: named in `on`, else `else`, else the
// first true way of `next`. The empty outcome means «answered», or that there was nothing to decide.
func (s *step) edge(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State, outcome string) (string, error) {
	if _, named := st.On[outcome]; named {
		return outcome, nil
	}
	if st.Else != nil {
		return "else", nil
	}
	env := s.env(t, f)
	for _, way := range st.Next {
		if way.If == nil {
			return way.Event, nil
		}
		if ok, err := way.If.True(env); err != nil {
			return "", err
		} else if ok {
			return way.Event, nil
		}
	}
	return "next", nil
}

// raise tells a resting dialog of an implied outcome (quit, expired, no_consent): the state's own edge
// takes it, else the dialog's, else the dialog ends with it.
func (s *step) raise(t *dialogs.Task, f *dialogs.Frame, outcome string) error {
	d, st := s.dialog(f), s.state(f)
	if _, named := st.On[outcome]; named {
		return s.fire(t, f, outcome)
	}
	if _, named := st.On[quit]; named && st.Doing == dialogs.Runs {
		return s.fire(t, f, quit)
	}
	to, named := d.On[outcome]
	switch {
	case !named:
		return s.end(t, f, outcome)
	case f.Missing == "" && s.canRest(st):
		return s.fire(t, f, outcome)
	case to.State == "":
		return s.end(t, f, to.End)
	}
	f.State, f.Missing = to.State, ""
	return nil
}

// canRest reports whether the machine has the dialog's own edges from this state.
func (s *step) canRest(st *dialogs.State) bool {
	switch st.Doing {
	case dialogs.Asks, dialogs.Runs:
		return true
	case dialogs.Calls:
		a := s.set.Actions[st.Call.Name]
		return a != nil && a.Later
	}
	return false
}

// end takes a dialog off its task and hands its outcome and what it gives to the one below.
func (s *step) end(t *dialogs.Task, f *dialogs.Frame, outcome string) error {
	s.event(dialogEnded, t, f, outcome)
	s.forgetHeld(f, outcome)
	t.Frames = t.Frames[:len(t.Frames)-1]
	if len(t.Frames) == 0 {
		s.remove(t)
		return nil
	}
	caller := top(t)
	caller.Visit = max(caller.Visit, f.Visit)
	if caller.Missing != "" {
		return s.consented(t, caller, outcome == s.dialog(f).Ends[0])
	}
	s.give(t, f, caller)
	switch outcome {
	case quit, expired, noConsent:
		return s.raise(t, caller, outcome)
	}
	event, err := s.edge(t, caller, s.state(caller), outcome)
	if err != nil {
		return err
	}
	return s.fire(t, caller, event)
}

// give hands the answers that a dialog promises to its caller.
func (s *step) give(t *dialogs.Task, f, caller *dialogs.Frame) {
	for _, name := range s.dialog(f).Gives {
		a := f.Answers[name]
		if a == nil {
			continue
		}
		s.keep(caller, name, a)
		if l := s.c.Late; l != nil && l.Task == t.ID && l.Dialog == f.Dialog && l.Answer == name {
			l.Dialog = caller.Dialog
		}
	}
}
