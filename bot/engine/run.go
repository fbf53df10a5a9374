package engine

import "careline/dialogs"

// run begins a dialog as a part of this one. A consent that was given is not asked for again.
func (s *step) run(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) (string, error) {
	d := s.set.Dialogs[st.Run.Name]
	with, err := s.arguments(t, f, d.Takes, st.Run.With)
	if err != nil {
		return "", err
	}
	if kind, _ := with["kind"].(string); d.Name == consentDialog && s.scene.Consent(kind) {
		return s.edge(t, f, st, d.Ends[0])
	}
	return runs, s.push(t, d.Name, with)
}

// arguments computes what is handed to a dialog or an action.
func (s *step) arguments(t *dialogs.Task, f *dialogs.Frame, takes []dialogs.Param, with map[string]*dialogs.Value) (map[string]any, error) {
	given, err := s.given(t, f, with)
	return defaults(takes, given), err
}

// given are the values that a call names.
func (s *step) given(t *dialogs.Task, f *dialogs.Frame, with map[string]*dialogs.Value) (map[string]any, error) {
	given := make(map[string]any, len(with))
	for name, v := range with {
		value, err := s.value(t, f, v)
		if err != nil {
			return nil, err
		}
		given[name] = value
	}
	return given, nil
}

// value computes the right side of `with` or `set`; nil = empty.
func (s *step) value(t *dialogs.Task, f *dialogs.Frame, v *dialogs.Value) (any, error) {
	switch {
	case v == nil:
		return nil, nil
	case v.Expr != nil:
		return v.Expr.Eval(s.env(t, f))
	case v.Text != nil:
		return s.fill(t, f, v.Text)
	}
	return v.Literal, nil
}
