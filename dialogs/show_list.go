package dialogs

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listField is a list written out; nil when nothing is in it.
func (v View) listField(list []any, name, city string) any {
	text := ""
	switch name {
	case "or":
		text = v.words().Or(v.labels(list, city))
	case "and":
		text = v.words().And(v.labels(list, city))
	case "lines":
		text = v.lines(list, city)
	}
	if text == "" {
		return nil
	}
	return text
}

func (v View) labels(list []any, city string) []string {
	labels := make([]string, 0, len(list))
	for _, e := range list {
		if label, ok := v.show(e, city); ok {
			labels = append(labels, label)
		}
	}
	return labels
}

// lines writes one element a line, each with what one wants to read in a list: a branch with its
// address, a service with its price, a doctor with their experience, visits told apart.
func (v View) lines(list []any, city string) string {
	visits := visitsOf(list)
	lines := make([]string, 0, len(list))
	for _, e := range list {
		line, _ := v.show(e, city)
		switch x := e.(type) {
		case *Visit:
			line = v.visitLine(x, visits)
		case *Branch:
			line = strings.Trim(x.Title+", "+x.Address, ", ")
		case *Service:
			price, _ := v.Show(x.Price)
			line = v.with(x.Title, price)
		case *Practitioner:
			line = v.with(x.Name, x.About)
		}
		if line != "" {
			lines = append(lines, capital(line))
		}
	}
	return strings.Join(lines, "\n")
}

// visitLine leaves out the day and the patient where all visits have the same.
func (v View) visitLine(x *Visit, all []*Visit) string {
	sameDay, samePatient := true, true
	first := all[0]
	for _, o := range all {
		sameDay = sameDay && day(v.moment(o.Start, "").At) == day(v.moment(first.Start, "").At)
		samePatient = samePatient && o.Patient.ID == first.Patient.ID
	}
	time := v.soon(x.Start, x.Branch.City)
	if sameDay && len(all) > 1 {
		time = v.words().Time(v.moment(x.Start, x.Branch.City))
	}
	if samePatient {
		return v.with(time, x.Service.Title)
	}
	return v.with(time, either(x.Patient.Name, x.Patient.FullName))
}

func visitsOf(list []any) (visits []*Visit) {
	for _, e := range list {
		if x, ok := e.(*Visit); ok {
			visits = append(visits, x)
		}
	}
	return visits
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
