package engine

import (
	"maps"

	"careline/channels"
	"careline/dialogs"
)

// Happening is a timeline at its moment. Whoever lets it happen has judged that it may: it is neither night, nor does
// a human speak for the clinic, nor is a consent missing.
type Happening struct {
	Timeline *dialogs.Timeline
	Chapter  int            // of a series, from 0
	Things   map[string]any // what it is about, as its expressions name it: visit, visits, step, wait, branch
	Patient  string         // whom it is about; empty = the contact's own
}

// happen does what a timeline says. One that only speaks, or calls an action, leaves the stack alone.
func (s *step) happen(h *Happening) error {
	known, err := s.acquaint(h.Patient)
	if err != nil {
		return err
	}
	t := h.Timeline
	origin := "timeline " + t.Name
	if !known {
		s.event(startUnknown, nil, nil, origin)
		return nil
	}
	s.happening = h
	switch {
	case t.Run != nil:
		with, err := s.handed(t.Run, s.set.Dialogs[t.Run.Name].Takes)
		if err != nil {
			return err
		}
		return s.proactive(&Start{Dialog: t.Run.Name, With: with, Patient: h.Patient, Origin: origin})
	case t.Call != nil:
		return s.bidden(t.Call)
	case len(t.Series) > 0:
		return s.remark(t.Series[h.Chapter].Say)
	}
	return s.remark(t.Say)
}

// handed are the values that a timeline names, and the thing it is about where it is taken.
func (s *step) handed(call *dialogs.Call, takes []dialogs.Param) (map[string]any, error) {
	given, err := s.given(nil, nil, call.With)
	if err != nil {
		return nil, err
	}
	with := map[string]any{}
	for _, p := range takes {
		if thing, ok := s.happening.Things[p.Name]; ok {
			with[p.Name] = thing
		}
	}
	maps.Copy(with, given)
	return with, nil
}

// bidden performs an action that no dialog asked for.
func (s *step) bidden(call *dialogs.Call) error {
	a := s.set.Actions[call.Name]
	with, err := s.handed(call, a.With)
	if err != nil {
		return err
	}
	result, err := s.scene.Call(s.ctx, Call{Name: a.Name, With: defaults(a.With, with), Patient: s.patient(nil), Depth: len(s.c.Tasks)})
	if err != nil {
		return err
	}
	if result.Owner != nil {
		s.c.Owner = *result.Owner
	}
	s.event(actionDone, nil, nil, result.Outcome)
	return nil
}

// remark says something beside the open question.
func (s *step) remark(items []*dialogs.Message) error {
	said, err := s.compose(nil, nil, items)
	if err != nil {
		return err
	}
	for _, out := range said {
		if err := s.spendText(nil, out.Text); err != nil {
			return err
		}
		s.sprint.Say = append(s.sprint.Say, s.inClass(out, s.happening.Timeline.Class))
	}
	return nil
}

func (s *step) inClass(out channels.Outgoing, class dialogs.Class) Said {
	out.Language = s.view.Language
	return Said{Outgoing: out, Class: class}
}
