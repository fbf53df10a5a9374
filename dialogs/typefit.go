package dialogs

import "slices"

// Fits reports whether a value of type t may stand where want is due.
func (t Type) Fits(want Type) bool {
	switch {
	case t.Kind == want.Kind:
		switch t.Kind {
		case ListKind:
			return t.Elem == nil || want.Elem == nil || t.Elem.Fits(*want.Elem)
		case Word, Several:
			return len(t.Words) == 0 || len(want.Words) == 0 || slices.ContainsFunc(t.Words, func(w string) bool { return slices.Contains(want.Words, w) })
		}
		return true
	case t.Kind == "" || want.Kind == "" || t.Kind == Nothing:
		return true
	case want.Kind == Text:
		return t.isText()
	case want.Kind == Number:
		return t.Kind == Rating
	case want.Kind == File:
		return t.Kind == Photo || t.Kind == Calendar
	case want.Kind == Several:
		return t.Kind == ListKind && t.Elem != nil && t.Elem.Kind == Word
	}
	return false
}

// isText: kept as a string, and good wherever a text is due.
func (t Type) isText() bool {
	switch t.Kind {
	case Text, Word, Phone, Email, Name, Story, Date:
		return true
	}
	return false
}

// merge is the type of a name that is filled in two places; false when they contradict.
func (t Type) merge(u Type) (Type, bool) {
	if t.Kind == "" {
		return u, true
	}
	if u.Kind == "" {
		return t, true
	}
	if t.Kind != u.Kind || t.Kind == ListKind && t.Elem != nil && u.Elem != nil && t.Elem.Kind != u.Elem.Kind {
		return t, false
	}
	if t.Kind == Word || t.Kind == Several {
		if len(t.Words) == 0 || len(u.Words) == 0 {
			t.Words = nil
			return t, true
		}
		t.Words = slices.Clone(t.Words)
		for _, w := range u.Words {
			if !slices.Contains(t.Words, w) {
				t.Words = append(t.Words, w)
			}
		}
	}
	return t, true
}
