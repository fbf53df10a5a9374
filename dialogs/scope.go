package dialogs

import (
	"maps"
	"slices"
	"strings"

	"careline/dialogs/source"
)

// standing are the names that every script knows.
var standing = map[string]Type{
	"me": {Kind: PatientKind}, "patient": {Kind: PatientKind}, "contact": {Kind: ContactKind},
	"clinic": {Kind: ClinicKind}, "now": {Kind: Moment}, "desk": {Kind: DeskKind}, "consent": {Kind: ConsentKind},
}

// Scope is the values that a place in the scripts can name.
type Scope struct {
	names  map[string]Type // beside the standing ones
	memory *Memory
	open   bool // something that gives values could not be read: any name may be one of them
}

// Naming is a scope with these names beside the standing ones.
func Naming(names map[string]Type) Scope { return Scope{names: names, memory: &Memory{}} }

// Type of a name: an answer, or one of the standing names.
func (s Scope) Type(name string) (Type, bool) {
	if t, ok := s.names[name]; ok {
		return t, true
	}
	t, ok := standing[name]
	return t, ok || s.open
}

// has reports whether a name is known for sure.
func (s Scope) has(name string) bool { return slices.Contains(s.Names(), name) }

// Names are all that can be named, sorted.
func (s Scope) Names() []string {
	names := slices.AppendSeq(slices.Collect(maps.Keys(standing)), maps.Keys(s.names))
	slices.Sort(names)
	return slices.Compact(names)
}

// Field is the type of a field, memory included.
func (s Scope) Field(of Type, name string) (Type, bool) {
	if f, ok := fieldOf(of.Kind, name); ok {
		return f.typ, true
	}
	if r := s.remembered(of.Kind)[name]; r != nil {
		return r.Type, true
	}
	if of.Kind == Story && name == "text" {
		return Type{Kind: Text}, true
	}
	return Type{}, false
}

func (s Scope) remembered(k Kind) map[string]*Remembered {
	switch {
	case s.memory == nil:
	case k == PatientKind:
		return s.memory.Patient
	case k == ContactKind:
		return s.memory.Contact
	}
	return nil
}

// Fields are the names that Field knows, sorted.
func (s Scope) Fields(of Type) []string {
	names := FieldNames(of.Kind)
	names = slices.AppendSeq(names, maps.Keys(s.remembered(of.Kind)))
	slices.Sort(names)
	return names
}

// shown are the fields that a text has beside those of an expression: how a value is written.
func shown(of Type) []string {
	switch of.Kind {
	case Moment, VisitKind, SlotKind:
		return []string{"when", "day", "date", "time"}
	case ListKind, Several:
		return []string{"or", "and", "lines"}
	}
	return nil
}

// Shown is the type behind a path of a text, `visit.doctors.and`; false when it is unknown. The hint is a
// path that may have been meant.
func (s Scope) Shown(path string) (t Type, hint string, ok bool) {
	first, rest, _ := strings.Cut(path, ".")
	t, ok = s.Type(first)
	if !ok {
		return t, s.guess(first), false
	}
	read := first
	for name := range strings.SplitSeq(rest, ".") {
		if name == "" {
			continue
		}
		if slices.Contains(shown(t), name) {
			t = Type{Kind: Text}
		} else if field, known := s.Field(t, name); known {
			t = field
		} else if t.Kind == "" {
			return t, "", true
		} else {
			if c := source.Closest(name, append(s.Fields(t), shown(t)...)); c != "" {
				hint = read + "." + c
			}
			return t, hint, false
		}
		read += "." + name
	}
	return t, "", true
}

// guess is a name near to the unknown one, or a field of a person with nearly that name.
func (s Scope) guess(name string) string {
	candidates := s.Names()
	path := map[string]string{}
	for _, n := range candidates {
		path[n] = n
	}
	for _, owner := range []string{"me", "contact", "clinic"} {
		for _, f := range s.Fields(standing[owner]) {
			if path[f] == "" {
				path[f] = owner + "." + f
				candidates = append(candidates, f)
			}
		}
	}
	return path[source.Closest(name, candidates)]
}
