package check

import (
	"careline/dialogs"
)

// waiting knows where a conversation rests. It remembers what it found out of each dialog.
type waiting struct {
	set   *dialogs.Set
	known map[string]bool
}

// surely reports whether a conversation rests in the state until somebody answers.
func (w waiting) surely(s *dialogs.State) bool {
	switch s.Doing {
	case dialogs.Asks:
		return true
	case dialogs.Runs:
		return w.set.Dialogs[s.Run.Name] != nil && w.dialog(s.Run.Name)
	}
	return w.later(s)
}

// later: the action answers later.
func (w waiting) later(s *dialogs.State) bool {
	return s.Doing == dialogs.Calls && w.set.Actions[s.Call.Name] != nil && w.set.Actions[s.Call.Name].Later
}

// passedWhenKnown: a question about a person is passed over when the answer is known.
func passedWhenKnown(s *dialogs.State) bool {
	return s.Doing == dialogs.Asks && !s.Ask.Again && inMemory(s.Ask.Answer)
}

// dialog reports whether no way leads through the dialog without a question.
func (w waiting) dialog(name string) bool {
	if rests, known := w.known[name]; known {
		return rests
	}
	w.known[name] = true // a circle of runs is told elsewhere
	d := w.set.Dialogs[name]
	if d != nil && len(d.States) > 0 {
		w.known[name] = !w.through(d, d.States[0], map[string]bool{})
	}
	return w.known[name]
}

// through reports whether a way leads from a state to an end without a question.
func (w waiting) through(d *dialogs.Dialog, s *dialogs.State, seen map[string]bool) bool {
	if s == nil || seen[s.Name] {
		return s == nil
	}
	seen[s.Name] = true
	rests := w.surely(s) && !passedWhenKnown(s)
	var targets []dialogs.Target
	if s.If != nil || passedWhenKnown(s) {
		targets = append(targets, below(d, s))
	}
	if !rests {
		for _, o := range sortedKeys(s.On) {
			targets = append(targets, s.On[o])
		}
		for _, n := range s.Next {
			targets = append(targets, n.To)
		}
		if s.Else != nil {
			targets = append(targets, *s.Else)
		}
	}
	for _, t := range targets {
		if w.through(d, d.State(t.State), seen) {
			return true
		}
	}
	return false
}
