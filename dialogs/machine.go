package dialogs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/looplab/fsm"
)

// Transition of a machine. From is a state; To a state or "end OUTCOME".
type Transition struct {
	From, Event, To string
}

// Machine is the looplab/fsm machine of one dialog and version. Instances are pooled; it is safe for
// concurrent use.
type Machine struct {
	initial     string
	transitions []Transition
	pool        sync.Pool
}

func newMachine(initial string, transitions []Transition) *Machine {
	m := &Machine{initial: initial, transitions: transitions}
	events := make(fsm.Events, len(transitions))
	for i, t := range transitions {
		events[i] = fsm.EventDesc{Name: t.Event, Src: []string{t.From}, Dst: t.To}
	}
	m.pool.New = func() any { return fsm.NewFSM(initial, events, nil) }
	return m
}

// Fire asks the machine where event leads from state. The answer is a state's name or "end OUTCOME".
func (m *Machine) Fire(state, event string) (string, error) {
	f := m.pool.Get().(*fsm.FSM)
	f.SetState(state)
	err := f.Event(context.Background(), event) // a cancelled context would wedge the instance
	if same := (fsm.NoTransitionError{}); err != nil && (!errors.As(err, &same) || same.Err != nil) {
		return "", fmt.Errorf("firing %s from state %s: %w", event, state, err) // the instance is dropped
	}
	to := f.Current()
	m.pool.Put(f)
	return to, nil
}

// Transitions in the order of the states. Each (From, Event) occurs once.
func (m *Machine) Transitions() []Transition { return slices.Clone(m.transitions) }

func (t Target) String() string {
	if t.State != "" {
		return t.State
	}
	return "end " + t.End
}

func (t Target) unknown() bool { return t == Target{} }

// EndOf is the outcome behind a machine's "end OUTCOME"; false for a state.
func EndOf(state string) (outcome string, ok bool) { return strings.CutPrefix(state, "end ") }

func nextEvent(i int) string { return fmt.Sprintf("next.%d", i+1) }

// transitions of a state by language §11; later says whether its action answers later.
func (d *Dialog) transitions(s *State, later bool) []Transition {
	var ts []Transition
	seen := map[string]bool{}
	add := func(event string, to Target) {
		if !seen[event] && !to.unknown() {
			seen[event] = true
			ts = append(ts, Transition{s.Name, event, to.String()})
		}
	}
	if s.passable {
		add("skip", d.below(s))
	}
	for _, outcome := range sortedKeys(s.On) {
		add(outcome, s.On[outcome])
	}
	if s.Else != nil {
		add("else", *s.Else)
	}
	for _, w := range s.Next {
		add(w.Event, w.To)
	}
	for _, event := range sortedKeys(d.On) {
		waits := s.Doing == Asks || s.Doing == Runs || s.Doing == Calls && later
		if event == "failed" && s.Doing == Calls || event != "failed" && waits {
			add(event, d.On[event])
		}
	}
	return ts
}

func (l *loader) compileDialogs() {
	for _, name := range sortedKeys(l.set.Dialogs) {
		d := l.set.Dialogs[name]
		if len(d.States) == 0 {
			continue
		}
		var ts []Transition
		for _, s := range d.States {
			later := false
			if s.Call != nil {
				a := l.set.Actions[s.Call.Name]
				later = a != nil && a.Later
			}
			ts = append(ts, d.transitions(s, later)...)
		}
		d.Machine = newMachine(d.States[0].Name, ts)
		d.Version = d.fingerprint(ts)
	}
}

// fingerprint hashes everything that a conversation standing in the dialog depends on; texts are not
// among it.
func (d *Dialog) fingerprint(ts []Transition) string {
	h := sha256.New()
	fmt.Fprintln(h, d.Name, d.Needs, d.Ends, d.Gives, d.Expires, d.Renamed, ts)
	for _, p := range d.Takes {
		fmt.Fprintln(h, p.Name, p.Type.key(), p.Optional, p.Default)
	}
	for _, s := range d.States {
		fmt.Fprintln(h, s.Name, s.Doing, s.If, s.Wait)
		if q := s.Ask; q != nil {
			fmt.Fprintln(h, q.Answer, q.Type.key(), q.Again, q.List, choiceValues(q), q.Also)
		}
		for _, c := range []*Call{s.Call, s.Run} {
			if c == nil {
				continue
			}
			fmt.Fprint(h, c.Name)
			for _, name := range sortedKeys(c.With) {
				fmt.Fprint(h, name, c.With[name])
			}
		}
		for _, a := range s.Set {
			fmt.Fprintln(h, a.Name, a.Value)
		}
		for _, w := range s.Next {
			fmt.Fprintln(h, w.If)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// String is the expression's source, so that a version depends on what is judged and not where it stands.
func (e *Expr) String() string {
	if e == nil {
		return ""
	}
	return e.Source
}

func (v *Value) String() string {
	switch {
	case v == nil:
		return "nil"
	case v.Expr != nil:
		return v.Expr.Source
	case v.Text != nil:
		return v.Text.ID
	}
	return fmt.Sprint(v.Literal)
}
