package engine

import (
	"fmt"

	"careline/dialogs"
)

// The limits of one step; beyond them the script has run away.
const (
	maxStates   = 50
	maxMessages = 8
	maxDepth    = 12
	maxBytes    = 10_000
)

// LimitError is a script that does too much in one step. The step is to be undone and the conversation
// parked.
type LimitError struct {
	What          string // states, messages, depth, bytes
	Limit         int
	Dialog, State string // where it was noticed
}

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s.%s: more than %d %s in one step", e.Dialog, e.State, e.Limit, e.What)
}

// spent is how much of the limits a step has used.
type spent struct{ states, bytes int }

func (s *step) spend(f *dialogs.Frame) error {
	if s.spent.states++; s.spent.states > maxStates {
		return &LimitError{"states", maxStates, f.Dialog, f.State}
	}
	return nil
}

func (s *step) spendText(f *dialogs.Frame, text string) error {
	var dialog, state string
	if f != nil {
		dialog, state = f.Dialog, f.State
	}
	if len(s.sprint.Say) >= maxMessages {
		return &LimitError{"messages", maxMessages, dialog, state}
	}
	if s.spent.bytes += len(text); s.spent.bytes > maxBytes {
		return &LimitError{"bytes of text", maxBytes, dialog, state}
	}
	return nil
}
