package engine

import "careline/dialogs"

// env is what texts and expressions of one dialog see.
type env struct {
	step  *step
	task  *dialogs.Task  // nil outside of tasks
	frame *dialogs.Frame // nil outside of dialogs
}

func (s *step) env(t *dialogs.Task, f *dialogs.Frame) env { return env{s, t, f} }

// Value finds what stands behind the first name of a path; nil = empty.
func (e env) Value(name string) any {
	s := e.step
	switch name {
	case "me":
		return s.scene.Me
	case "patient":
		return s.patient(e.task)
	case "contact":
		return s.scene.Contact
	case "clinic":
		return s.scene.Clinic
	case "desk":
		return s.scene.Desk
	case "now":
		return dialogs.MomentValue{At: s.scene.Now, Zone: s.scene.Clinic.Branch.Zone}
	case "consent":
		kind, _ := e.answer("kind").(string)
		if document := s.scene.Document(kind); document != nil {
			return document
		}
		return nil
	}
	return e.answer(name)
}

func (e env) answer(name string) any {
	if e.frame == nil {
		return e.step.thing(name)
	}
	a := e.frame.Answers[name]
	if a == nil {
		return nil
	}
	value, err := a.Value(e.step.dialog(e.frame).Answers[name], e.step.scene.Catalog)
	if err != nil {
		return nil // written by an older version of the script
	}
	e.step.renew(value)
	return value
}

// thing is what a timeline is about; outside of one there is none.
func (s *step) thing(name string) any {
	if s.happening == nil {
		return nil
	}
	return s.happening.Things[name]
}

// renew puts the people whom we know now in place of those in stored records: what is remembered of them has lost
// its types there, and may have changed.
func (s *step) renew(value any) {
	switch v := value.(type) {
	case *dialogs.Visit:
		s.renewPatient(&v.Patient)
	case *dialogs.Waiting:
		s.renewPatient(&v.Patient)
	case []any:
		for _, one := range v {
			s.renew(one)
		}
	}
}

func (s *step) renewPatient(p *dialogs.Patient) {
	if p.ID == s.scene.Me.ID {
		*p = *s.scene.Me
	} else if known := s.people[p.ID]; known != nil {
		*p = *known
	}
}

// acquaint finds the patient whom a task is about; false when the contact may not speak for them (any more).
func (s *step) acquaint(id string) (bool, error) {
	if id == "" || id == s.scene.Me.ID || s.people[id] != nil {
		return true, nil
	}
	p, err := s.scene.Patient(s.ctx, id)
	if p == nil {
		return false, err
	}
	s.people[id] = p
	return true, nil
}

// patient is whom a task is about: somebody whom the contact may speak for, or the contact's own.
func (s *step) patient(t *dialogs.Task) *dialogs.Patient {
	about := ""
	if t != nil {
		about = t.Patient
	} else if s.happening != nil {
		about = s.happening.Patient
	}
	if p := s.people[about]; p != nil {
		return p
	}
	return s.scene.Me
}
