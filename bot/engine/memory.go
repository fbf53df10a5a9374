package engine

import (
	"strings"

	"careline/dialogs"
	"careline/dialogs/words"
)

// assign is one line of `set`.
func (s *step) assign(t *dialogs.Task, f *dialogs.Frame, a dialogs.Assign) error {
	value, err := s.value(t, f, a.Value)
	if err != nil {
		return err
	}
	return s.store(t, f, a.Name, value)
}

// store gives a name its value: an answer of the dialog, me.x, patient.x, contact.x, or `patient`,
// which chooses whom the task is about. nil forgets.
func (s *step) store(t *dialogs.Task, f *dialogs.Frame, name string, value any) error {
	if scope, of, ok := strings.Cut(name, "."); ok {
		return s.remember(t, scope, of, value)
	}
	if p, ok := value.(*dialogs.Patient); ok && name == "patient" {
		t.Patient = p.ID
		s.people[p.ID] = p
		if p.ID == s.scene.Me.ID {
			t.Patient = ""
		}
	}
	if value == nil {
		delete(f.Answers, name)
		return nil
	}
	s.keep(f, name, dialogs.NewAnswer(value))
	return nil
}

func (s *step) keep(f *dialogs.Frame, name string, a *dialogs.Answer) {
	if f.Answers == nil {
		f.Answers = map[string]*dialogs.Answer{}
	}
	f.Answers[name] = a
}

// remember writes into memory and shows it to the rest of the step.
func (s *step) remember(t *dialogs.Task, scope, name string, value any) error {
	if scope == "contact" {
		c := s.scene.Contact
		rememberContact(c, name, value)
		s.look()
		return s.scene.Remember(s.ctx, scope, c.ID, name, value)
	}
	p := s.scene.Me
	if scope == "patient" {
		p = s.patient(t)
	}
	rememberPatient(p, name, value)
	if name == "full_name" {
		p.Name = words.GivenName(p.FullName)
	}
	return s.scene.Remember(s.ctx, "patient", p.ID, name, value)
}

func rememberContact(c *dialogs.Contact, name string, value any) {
	text, _ := value.(string)
	switch name {
	case "language":
		c.Language = text
	case "zone":
		c.Zone = text
	case "name":
		c.Name = text
	default:
		c.Memory = with(c.Memory, name, value)
	}
}

func rememberPatient(p *dialogs.Patient, name string, value any) {
	text, _ := value.(string)
	switch name {
	case "full_name":
		p.FullName = text
	case "name":
		p.Name = text
	case "phone":
		p.Phone = text
	case "birth":
		day, _ := value.(words.Date)
		p.Birth = string(day)
	default:
		p.Memory = with(p.Memory, name, value)
	}
	p.Known = p.Known || p.FullName != "" && p.Phone != ""
}

func with(m map[string]any, name string, value any) map[string]any {
	if value == nil {
		delete(m, name)
		return m
	}
	if m == nil {
		m = map[string]any{}
	}
	m[name] = value
	return m
}
