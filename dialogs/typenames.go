package dialogs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"careline/dialogs/source"
)

// simple are the types that a script can write by their name alone, and how a sentence calls them.
var simple = map[Kind]string{
	Text: "a text", Story: "a story", Word: "a word", Several: "words", Number: "a number", YesNo: "yes or no",
	Date: "a date", Time: "a time", Period: "a period", Moment: "a moment", Duration: "a length of time",
	Phone: "a phone", Email: "an email", Name: "a name", Rating: "a rating", Photo: "a photo", File: "a file",
	Money: "an amount of money", Calendar: "a calendar file", Place: "a place",
	PatientKind: "a patient", ContactKind: "a contact", ServiceKind: "a service", PractitionerKind: "a practitioner",
	BranchKind: "a branch", SlotKind: "a slot", VisitKind: "a visit", OfferKind: "an offer", WaitingKind: "a waiting",
	CourseStepKind: "a course_step", FlagKind: "a flag", GroupKind: "a group", PriceKind: "a price", ReviewKind: "a review",
	ClinicKind: "the clinic", DeskKind: "the desk", ConsentKind: "a consent", PartKind: "a part",
	ListKind: "a list", Nothing: "nothing", "": "unknown",
}

// TypeNames are the types that can be written in `takes` and `type`, sorted.
func TypeNames() []string {
	var names []string
	for k := range simple {
		switch k {
		case ListKind, Nothing, ClinicKind, DeskKind, ConsentKind, PartKind, "":
		default:
			names = append(names, string(k))
		}
	}
	slices.Sort(names)
	return names
}

// String is the type as a sentence names it: «a list of visit».
func (t Type) String() string {
	switch {
	case t.Kind == ListKind && t.Elem != nil:
		return "a list of " + string(t.Elem.Kind)
	}
	return simple[t.Kind]
}

// wanted is String with the words that are allowed.
func (t Type) wanted() string {
	if t.Kind == Word && len(t.Words) > 0 {
		return "one of the words " + strings.Join(t.Words, ", ")
	}
	return t.String()
}

// key tells types apart that String calls alike.
func (t Type) key() string {
	type bare Type
	if t.Elem != nil {
		return "list of " + t.Elem.key()
	}
	return fmt.Sprintf("%+v", bare(t))
}

// ParseType reads a type as scripts and actions write it: `text`, `list of visit`, `number 0..10`,
// `date past`, `day | hours`.
func ParseType(s string) (Type, error) {
	s = strings.TrimSpace(s)
	if of, ok := strings.CutPrefix(s, "list of "); ok {
		elem, err := ParseType(of)
		return Type{Kind: ListKind, Elem: &elem}, err
	}
	if strings.Contains(s, "|") {
		words := strings.Split(s, "|")
		for i, w := range words {
			words[i] = strings.TrimSpace(w)
			if !source.IsName(words[i]) {
				return Type{}, fmt.Errorf("%q is no word", words[i])
			}
		}
		return Type{Kind: Word, Words: words}, nil
	}
	head, rest, _ := strings.Cut(s, " ")
	t := Type{Kind: Kind(head)}
	if !slices.Contains(TypeNames(), head) {
		return Type{}, fmt.Errorf("no type %s%s", head, source.DidYouMean(head, TypeNames()))
	}
	return t, t.narrow(strings.TrimSpace(rest))
}

// narrow reads what stands behind the name of a type.
func (t *Type) narrow(rest string) error {
	switch {
	case t.Kind == Rating && rest == "":
		t.Min, t.Max = 1, 5
	case rest == "":
	case t.Kind == Date && rest == "past":
		t.Past = true
	case t.Kind == Date && rest == "future":
		t.Future = true
	case t.Kind == Number || t.Kind == Rating:
		from, to, ok := strings.Cut(rest, "..")
		low, err1 := strconv.ParseFloat(from, 64)
		high, err2 := strconv.ParseFloat(to, 64)
		if !ok || err1 != nil || err2 != nil || low >= high {
			return fmt.Errorf("%q is no range; for example `0..10`", rest)
		}
		t.Min, t.Max = low, high
	default:
		return fmt.Errorf("%q cannot follow `%s`", rest, t.Kind)
	}
	return nil
}

// ParseParam reads `practitioner?` or `day | hours = day`.
func ParseParam(name, s string) (Param, error) {
	p := Param{Name: name}
	text, standard, hasDefault := strings.Cut(s, "=")
	text = strings.TrimSpace(text)
	if t, ok := strings.CutSuffix(text, "?"); ok {
		p.Optional, text = true, t
	}
	t, err := ParseType(text)
	if err != nil {
		return p, err
	}
	p.Type = t
	if !hasDefault {
		return p, nil
	}
	value, ok := literal(strings.TrimSpace(standard), t)
	if !ok {
		return p, fmt.Errorf("%q cannot stand for %s", strings.TrimSpace(standard), t)
	}
	p.Default = value
	return p, nil
}

// literal reads a value that needs no expression.
func literal(s string, t Type) (any, bool) {
	switch t.Kind {
	case Word:
		return s, source.IsName(s) && (len(t.Words) == 0 || slices.Contains(t.Words, s))
	case YesNo:
		b, ok := source.ParseBool(s)
		return b, ok
	case Duration:
		d, ok := source.ParseDuration(s)
		return d, ok
	case Number, Rating:
		n, err := strconv.ParseFloat(s, 64)
		return n, err == nil
	case Text:
		return s, true
	}
	return nil, false
}
