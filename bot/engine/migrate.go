package engine

import (
	"slices"

	"careline/dialogs"
)

// migrate brings every running dialog to the version of today. One that has no place to stand any more is
// begun anew when the person speaks to it, and ends without a word when it waits below or nobody speaks.
func (s *step) migrate(heard bool) error {
	open, _ := s.top()
	for _, t := range slices.Clone(s.c.Tasks) {
		if s.moved(t) {
			continue
		}
		if heard && t == open && !s.operatorOwns() {
			return s.restart(t)
		}
		s.remove(t)
		s.popped = false
	}
	return nil
}

// moved brings a task to the versions of today; false when somewhere there is no place to stand any more.
func (s *step) moved(t *dialogs.Task) bool {
	for i, f := range t.Frames {
		d := s.successor(f.Dialog)
		if d == nil {
			return false
		}
		if f.Version == d.Version && f.Dialog == d.Name {
			continue
		}
		f.Dialog = d.Name
		if to, ok := d.Renamed[f.State]; ok && d.State(f.State) == nil {
			f.State = to
		}
		f.Trail = slices.DeleteFunc(f.Trail, func(name string) bool { return d.State(name) == nil })
		s.dropForeign(d, f)
		st := d.State(f.State)
		if st == nil || !s.fits(t, i, st) {
			return false
		}
		f.Version = d.Version
		s.event(scriptMoved, t, f, "kept")
	}
	return true
}

// successor is the dialog that goes by this name today.
func (s *step) successor(name string) *dialogs.Dialog {
	if d := s.set.Dialogs[name]; d != nil {
		return d
	}
	for _, d := range s.set.Dialogs {
		if d.Formerly == name {
			return d
		}
	}
	return nil
}

// fits reports whether frame i of a task can rest in the state as it is now.
func (s *step) fits(t *dialogs.Task, i int, st *dialogs.State) bool {
	f := t.Frames[i]
	if i < len(t.Frames)-1 {
		above := s.successor(t.Frames[i+1].Dialog)
		return f.Missing != "" || st.Doing == dialogs.Runs && above != nil && st.Run.Name == above.Name
	}
	switch st.Doing {
	case dialogs.Asks:
		return f.Kind == st.Ask.Type.Kind
	case dialogs.Calls:
		return f.Kind == ""
	}
	return false
}

// dropForeign drops answers that the dialog no longer has, or has as something else.
func (s *step) dropForeign(d *dialogs.Dialog, f *dialogs.Frame) {
	for name, a := range f.Answers {
		typ, ok := d.Answers[name]
		if ok {
			_, err := a.Value(typ, s.scene.Catalog)
			ok = err == nil
		}
		if !ok {
			delete(f.Answers, name)
		}
	}
}

// restart begins the bottom dialog of the open task again, with the answers that are still good.
func (s *step) restart(t *dialogs.Task) error {
	s.stale = true
	if err := s.phrase("engine.expired"); err != nil {
		return err
	}
	f, visit := t.Frames[0], top(t).Visit
	d := s.successor(f.Dialog)
	if d == nil {
		s.remove(t)
		return nil
	}
	s.dropForeign(d, f)
	*f = dialogs.Frame{Dialog: d.Name, Version: d.Version, State: d.States[0].Name, Answers: f.Answers, Visit: visit, Since: s.now()}
	t.Frames = t.Frames[:1]
	s.event(scriptMoved, t, f, "restarted")
	if err := s.require(t, f, d.Needs); err != nil {
		return err
	}
	return s.proceed(t)
}
