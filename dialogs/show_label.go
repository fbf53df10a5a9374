package dialogs

import (
	"strings"

	"careline/dialogs/words"
)

// label is a record in a few words.
func (v View) label(value any, city string) string {
	switch x := value.(type) {
	case *Slot:
		return v.slotLabel(x)
	case *Visit:
		return v.with(v.soon(x.Start, x.Branch.City), v.shortNames(x.Doctors, x.Doctor))
	case *words.Period:
		return v.period(x)
	case *Service:
		return x.Title
	case *Practitioner:
		return x.Name
	case *Branch:
		return x.Title
	case *Patient:
		return either(x.Name, x.FullName)
	case *Contact:
		return x.Name
	case *Part:
		return v.with(v.words().Time(v.moment(x.Start, city)), shortName(x.Practitioner.Name))
	case *Offer:
		return x.Title
	case *Waiting:
		return x.Service.Title
	case *CourseStep:
		return x.Title
	case *Flag:
		return x.Title
	case *Group:
		return x.Title
	case *Price:
		price, _ := v.Show(x.Price)
		return v.with(x.Title, price)
	case *Review:
		return x.Title
	case *Clinic:
		return x.Name
	case *ConsentDocument:
		return x.URL
	}
	return ""
}

// slotLabel tells the time, and the doctor and the branch only where the list has several.
func (v View) slotLabel(x *Slot) string {
	var who []string
	if x.WithDoctor {
		who = append(who, v.shortNames(x.Doctors, Practitioner{}))
	}
	if x.WithBranch {
		who = append(who, x.Branch.Title)
	}
	return v.with(v.soon(x.Start, x.Branch.City), strings.Join(who, ", "))
}

func (v View) soon(x MomentValue, city string) string {
	if x.At.IsZero() {
		return ""
	}
	return v.words().Soon(v.moment(x, city))
}

// with is «text — who», or the one that is not empty.
func (v View) with(text, who string) string {
	if text == "" || who == "" {
		return text + who
	}
	return v.words().Phrase("with", "text", text, "who", who)
}

func (v View) shortNames(several []Practitioner, one Practitioner) string {
	if len(several) == 0 {
		return shortName(one.Name)
	}
	names := make([]string, len(several))
	for i, p := range several {
		names[i] = shortName(p.Name)
	}
	return v.words().And(names)
}

// shortName leaves the family name and initials of a full Russian name, in either order: it is the
// patronymic that tells which word is which. Any other name stays whole.
func shortName(name string) string {
	parts := strings.Fields(name)
	if len(parts) != 3 {
		return name
	}
	switch { // the middle first: «Анна Петровна Маркович» ends like a patronymic too
	case isPatronymic(parts[1]):
		return parts[2] + " " + initial(parts[0]) + " " + initial(parts[1])
	case isPatronymic(parts[2]):
		return parts[0] + " " + initial(parts[1]) + " " + initial(parts[2])
	}
	return name
}

func isPatronymic(word string) bool {
	return strings.HasSuffix(word, "ич") || strings.HasSuffix(word, "вна") || strings.HasSuffix(word, "ична")
}

func initial(word string) string {
	for _, r := range word {
		return string(r) + "."
	}
	return ""
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
