package engine

import (
	"maps"
	"slices"

	"careline/channels"
	"careline/dialogs"
)

// speak says a state's messages.
func (s *step) speak(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) error {
	said, err := s.compose(t, f, st.Say)
	if err != nil {
		return err
	}
	return s.send(f, said...)
}

// compose fills the items of a `say` whose conditions hold; those that come out blank are left out.
func (s *step) compose(t *dialogs.Task, f *dialogs.Frame, items []*dialogs.Message) ([]channels.Outgoing, error) {
	said := make([]channels.Outgoing, 0, len(items))
	matched := false // one of the `if` items right above was true
	for _, m := range items {
		switch {
		case m.Else:
			if matched {
				continue
			}
		case m.If != nil:
			ok, err := m.If.True(s.env(t, f))
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			matched = true
		default:
			matched = false
		}
		out, err := s.message(t, f, m)
		if err != nil {
			return nil, err
		}
		if out.Text != "" || out.Files != nil || out.Place != nil {
			said = append(said, out)
		}
	}
	return said, nil
}

func (s *step) message(t *dialogs.Task, f *dialogs.Frame, m *dialogs.Message) (channels.Outgoing, error) {
	text, err := s.fill(t, f, m)
	out := channels.Outgoing{Text: text}
	if err != nil || m.Attach == "" {
		return out, err
	}
	file, place, err := s.set.Attachment(m.Attach, s.env(t, f))
	if file != nil {
		out.Files = []channels.File{*file}
	}
	out.Place = place
	return out, err
}

// fill is the text of a message for this reader.
func (s *step) fill(t *dialogs.Task, f *dialogs.Frame, m *dialogs.Message) (string, error) {
	id := m.ID
	if m.Test != "" {
		id = s.variant(m)
	}
	if id == "" {
		return "", nil
	}
	env := s.env(t, f)
	return s.set.Text(id, count(env, m.Count), env, s.view)
}

// variant is the id of the text that this patient gets; the first one when the test is not declared.
func (s *step) variant(m *dialogs.Message) string {
	if id := m.Variants[s.scene.Variant(m.Test)]; id != "" {
		return id
	}
	return m.Variants[slices.Min(slices.Collect(maps.Keys(m.Variants)))]
}

// count is the number that chooses the plural form: a number's value, a list's length.
func count(env env, name string) float64 {
	if name == "" {
		return 0
	}
	switch v := env.Value(name).(type) {
	case float64:
		return v
	case []any:
		return float64(len(v))
	}
	return 0
}

// send puts messages into the sprint, in the class of the dialog that says them.
func (s *step) send(f *dialogs.Frame, said ...channels.Outgoing) error {
	if s.muted {
		return nil
	}
	class := dialogs.ServiceClass
	if f != nil && s.dialog(f).Class != "" {
		class = s.dialog(f).Class
	}
	for _, out := range said {
		if err := s.spendText(f, out.Text); err != nil {
			return err
		}
		s.sprint.Say = append(s.sprint.Say, s.inClass(out, class))
	}
	return nil
}

// phrase says one of the engine's own.
func (s *step) phrase(id string) error {
	text, err := s.set.Text(id, 0, s.env(nil, nil), s.view)
	if err != nil {
		return err
	}
	return s.send(nil, channels.Outgoing{Text: text})
}
