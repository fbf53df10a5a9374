package check

import (
	"slices"

	"careline/dialogs"
)

// waits reports whether a conversation surely rests in the state until somebody answers.
func waits(set *dialogs.Set, s *dialogs.State) bool {
	switch s.Doing {
	case dialogs.Asks:
		return true
	case dialogs.Runs:
		return set.Dialogs[s.Run.Name] != nil && dialogWaits(set, s.Run.Name, nil)
	}
	return later(set, s)
}

func later(set *dialogs.Set, s *dialogs.State) bool {
	return s.Doing == dialogs.Calls && set.Actions[s.Call.Name] != nil && set.Actions[s.Call.Name].Later
}

// passedWhenKnown: a question about a person is passed over when the answer is known.
func passedWhenKnown(s *dialogs.State) bool {
	return s.Doing == dialogs.Asks && !s.Ask.Again && inMemory(s.Ask.Answer)
}

// dialogWaits reports whether no way leads through the dialog without a question.
func dialogWaits(set *dialogs.Set, name string, within []string) bool {
	d := set.Dialogs[name]
	if d == nil || len(d.States) == 0 || slices.Contains(within, name) {
		return true
	}
	within = append(within, name)
	g := &graph{d: d, set: set}
	seen := map[string]bool{}
	var through func(s *dialogs.State) bool
	through = func(s *dialogs.State) bool {
		if seen[s.Name] {
			return false
		}
		seen[s.Name] = true
		targets := []dialogs.Target{}
		rests := s.Doing == dialogs.Asks && !passedWhenKnown(s) || later(set, s) ||
			s.Doing == dialogs.Runs && dialogWaits(set, s.Run.Name, within)
		if s.If != nil || s.Doing == dialogs.Asks && !rests {
			targets = append(targets, g.below(s))
		}
		if !rests {
			for _, t := range s.On {
				targets = append(targets, t)
			}
			for _, n := range s.Next {
				targets = append(targets, n.To)
			}
			if s.Else != nil {
				targets = append(targets, *s.Else)
			}
		}
		for _, t := range targets {
			if t.State == "" || through(d.State(t.State)) {
				return true
			}
		}
		return false
	}
	return !through(d.States[0])
}
