package dialogs

// Complete fills in the clinic's own records in a value that was stored: they are kept by id.
func Complete(value any, c Catalog) {
	switch v := value.(type) {
	case *Service:
		fill(v, c.Service(v.ID))
	case *Practitioner:
		fill(v, c.Practitioner(v.ID))
	case *Branch:
		fill(v, c.Branch(v.ID))
	case *Slot:
		completeSlot(v, c)
	case *Visit:
		Complete(&v.Service, c)
		Complete(&v.Doctor, c)
		completeAll(v.Doctors, c)
		Complete(&v.Branch, c)
	case *Waiting:
		Complete(&v.Service, c)
		if v.Slot != nil {
			completeSlot(v.Slot, c)
		}
	case *CourseStep:
		Complete(&v.Service, c)
		if v.Doctor != nil {
			Complete(v.Doctor, c)
		}
	case *Part:
		Complete(&v.Practitioner, c)
	case *Clinic:
		Complete(&v.Branch, c)
		for i := range v.Branches {
			Complete(&v.Branches[i], c)
		}
		if v.Checkup != nil {
			Complete(v.Checkup, c)
		}
	case []any:
		for _, one := range v {
			Complete(one, c)
		}
	}
}

func completeSlot(s *Slot, c Catalog) {
	Complete(&s.Branch, c)
	completeAll(s.Doctors, c)
	for i := range s.Parts {
		Complete(&s.Parts[i], c)
	}
}

func completeAll(doctors []Practitioner, c Catalog) {
	for i := range doctors {
		Complete(&doctors[i], c)
	}
}

// fill leaves a record that the clinic has no more as it was.
func fill[T any](kept, known *T) {
	if known != nil {
		*kept = *known
	}
}
