package engine

import (
	"slices"

	"careline/dialogs"
)

// top is the dialog of a task that stands at a state; those below it rest in `run`.
func top(t *dialogs.Task) *dialogs.Frame { return t.Frames[len(t.Frames)-1] }

// top is the task and the dialog whose question is open.
func (s *step) top() (*dialogs.Task, *dialogs.Frame) {
	if len(s.c.Tasks) == 0 {
		return nil, nil
	}
	t := s.c.Tasks[len(s.c.Tasks)-1]
	return t, top(t)
}

func (s *step) task(id int) *dialogs.Task {
	for _, t := range s.c.Tasks {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func (s *step) dialog(f *dialogs.Frame) *dialogs.Dialog { return s.set.Dialogs[f.Dialog] }
func (s *step) state(f *dialogs.Frame) *dialogs.State   { return s.dialog(f).State(f.State) }

// open begins a dialog on top of everything, as a task of its own.
func (s *step) open(dialog string, with map[string]any, patient, origin string) error {
	known, err := s.acquaint(patient)
	if err != nil || !known {
		s.event(startUnknown, nil, nil, dialog)
		return err
	}
	t := &dialogs.Task{ID: s.c.NextID, Patient: patient, Origin: origin}
	s.c.NextID++
	s.c.Tasks = append(s.c.Tasks, t)
	if err := s.push(t, dialog, with); err != nil {
		return err
	}
	return s.proceed(t)
}

// push begins a dialog as a part of the task. When the stack is full, the oldest matter falls.
func (s *step) push(t *dialogs.Task, dialog string, with map[string]any) error {
	d := s.set.Dialogs[dialog]
	for s.depth() >= maxDepth {
		if s.c.Tasks[0] == t {
			return &LimitError{"dialogs in the stack", maxDepth, dialog, ""}
		}
		if err := s.dismiss(s.c.Tasks[0]); err != nil {
			return err
		}
	}
	f := &dialogs.Frame{Dialog: dialog, Version: d.Version, State: d.States[0].Name, Since: s.now()}
	if len(t.Frames) > 0 {
		f.Visit = top(t).Visit
	}
	for name, value := range with {
		if value != nil {
			s.keep(f, name, dialogs.NewAnswer(value))
		}
	}
	t.Frames = append(t.Frames, f)
	origin := t.Origin
	if len(t.Frames) > 1 {
		origin = ""
	}
	s.event(dialogStarted, t, f, origin)
	return s.require(t, f, d.Needs)
}

func (s *step) depth() int {
	n := 0
	for _, t := range s.c.Tasks {
		n += len(t.Frames)
	}
	return n
}

// remove takes a task off the stack.
func (s *step) remove(t *dialogs.Task) {
	i := slices.Index(s.c.Tasks, t)
	if i < 0 {
		return
	}
	s.popped = s.popped || i == len(s.c.Tasks)-1
	s.c.Tasks = slices.Delete(s.c.Tasks, i, i+1)
	s.sprint.Ended = append(s.sprint.Ended, t.ID)
	if s.c.Late != nil && s.c.Late.Task == t.ID {
		s.c.Late = nil
	}
}

// dismiss quits a task behind the person's back.
func (s *step) dismiss(t *dialogs.Task) error {
	return s.silently(t, func() error { return s.interrupt(t, top(t), quit) })
}

// silently winds a task up: what its dialogs do then is done, what they would say or ask is not.
func (s *step) silently(t *dialogs.Task, windUp func() error) error {
	muted, popped := s.muted, s.popped
	s.muted = true
	defer func() { s.muted, s.popped = muted, popped }()
	if err := windUp(); err != nil {
		return err
	}
	s.remove(t)
	return nil
}

// uncover ends all tasks above one, so that its question is the open one again.
func (s *step) uncover(t *dialogs.Task) error {
	for {
		above, _ := s.top()
		if above == nil || above == t {
			return nil
		}
		if err := s.dismiss(above); err != nil {
			return err
		}
	}
}
