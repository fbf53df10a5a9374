package engine

import (
	"slices"

	"careline/dialogs"
)

// call performs an action. One that answers later leaves the dialog resting here.
func (s *step) call(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) (string, error) {
	a := s.set.Actions[st.Call.Name]
	with, err := s.arguments(t, f, a.With, st.Call.With)
	if err != nil {
		return "", err
	}
	result, err := s.act(t, f, a.Name, with)
	if err != nil {
		return "", err
	}
	if a.Effect {
		forgetTrails(t)
	}
	if result.Waits {
		return rests, nil
	}
	return s.acted(t, f, st, result.Outcome, result.Gives)
}

func (s *step) act(t *dialogs.Task, f *dialogs.Frame, name string, with map[string]any) (Result, error) {
	result, err := s.scene.Call(s.ctx, Call{
		Name: name, With: with, Task: t.ID, Dialog: f.Dialog, Origin: t.Origin, Patient: s.patient(t),
		Health: s.aboutHealth(f), Depth: len(s.c.Tasks),
	})
	if err != nil {
		return Result{}, err
	}
	if result.Owner != nil && !s.muted {
		s.c.Owner = *result.Owner
	}
	if err := s.bring(t, result.Brings); err != nil {
		return Result{}, err
	}
	if result.Forgets {
		s.forgetAllBut(t)
	}
	if i := slices.Index(s.c.Tasks, t); result.Cancels && i > 0 {
		err = s.dismiss(s.c.Tasks[i-1])
	}
	return result, err
}

// acted takes an action's outcome: what it gives lands in the dialog, its edge is chosen.
func (s *step) acted(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State, outcome string, gives map[string]any) (string, error) {
	for name, value := range gives {
		if err := s.store(t, f, name, value); err != nil {
			return "", err
		}
	}
	s.event(actionDone, t, f, outcome)
	a := s.set.Actions[st.Call.Name]
	if outcome != failed && slices.Contains(a.Outcomes, outcome) {
		return s.edge(t, f, st, outcome)
	}
	_, here := st.On[failed]
	_, inDialog := s.dialog(f).On[failed]
	if here || inDialog {
		return failed, nil
	}
	return rests, s.giveUp(t, f)
}

// giveUp is what happens when an action fails and the script has not said what then: a human gets one
// ticket, the person is told, and the action is tried again at their next word.
func (s *step) giveUp(t *dialogs.Task, f *dialogs.Frame) error {
	f.Misses++
	if f.Misses == 1 && s.set.Actions[deskTask] != nil {
		if _, err := s.act(t, f, deskTask, map[string]any{"kind": failed, "priority": "high"}); err != nil {
			return err
		}
	}
	return s.phrase("engine.failed")
}

const deskTask = "desk.task"

// returned takes the answer of an action that had to wait. The task that waited comes to the top: it is
// the one that has news.
func (s *step) returned(in *Returned) error {
	took := in.Owner != nil && s.c.Owner != *in.Owner
	if in.Owner != nil {
		s.c.Owner = *in.Owner
	}
	t := s.task(in.Task)
	if t == nil || !s.waitsFor(top(t), in.Action) {
		s.popped = (took || in.Task == 0) && !s.operatorOwns()
		return nil
	}
	s.c.Tasks = append(slices.DeleteFunc(s.c.Tasks, func(other *dialogs.Task) bool { return other == t }), t)
	f := top(t)
	event, err := s.acted(t, f, s.state(f), in.Outcome, in.Gives)
	if err != nil || event == rests {
		return err
	}
	return s.follow(t, f, event)
}

func (s *step) waitsFor(f *dialogs.Frame, action string) bool {
	st := s.state(f)
	return st.Doing == dialogs.Calls && st.Call.Name == action
}

// forgetAllBut drops every other task and all answers.
func (s *step) forgetAllBut(t *dialogs.Task) {
	for _, other := range s.c.Tasks {
		if other != t {
			s.sprint.Ended = append(s.sprint.Ended, other.ID)
		}
	}
	for _, f := range t.Frames {
		f.Answers, f.Told, f.Trail = nil, nil, nil
	}
	s.c.Tasks, s.c.Held, s.c.Late = []*dialogs.Task{t}, nil, nil
}
