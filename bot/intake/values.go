package intake

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"careline/dialogs/words"
)

var (
	rounded = regexp.MustCompile(`^[0-9]+([.,][0-9]+)?[eEеЕ]\+?[0-9]+$`) // 7,91235E+10
	whole0  = regexp.MustCompile(`^([0-9]+)[.,]0+$`)                     // 79123456789.0
)

// phone is the first of the numbers in a cell that is one.
func phone(cell string) (string, *Reason) {
	if cell == "" {
		return "", nil
	}
	if rounded.MatchString(cell) {
		return "", &Reason{ID: "rounded", Value: cell}
	}
	if m := whole0.FindStringSubmatch(cell); m != nil {
		cell = m[1]
	}
	if p, ok := words.Phone(cell); ok {
		return p, nil
	}
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;/\n", r) }) {
		if p, ok := words.Phone(part); ok {
			return p, nil
		}
	}
	return "", &Reason{ID: "phone", Value: short(cell)}
}

// fullName is a person's name in the usual order; empty for none.
func (l line) fullName() (string, *Reason) {
	written := l.cell("name")
	if written == "" {
		written = strings.Join(strings.Fields(l.cell("last_name")+" "+l.cell("first_name")+" "+l.cell("middle_name")), " ")
	}
	if written == "" {
		return "", nil
	}
	name, ok := words.Name(written)
	if !ok {
		return "", &Reason{ID: "name", Value: short(written)}
	}
	return name, nil
}

// Day comes before month, wherever both could be meant.
var dayLayouts = []string{"2.1.2006", "2006-1-2", "2/1/2006", "2-1-2006", "2006.1.2", "2006/1/2", "20060102", "2.1.06", "2/1/06"}

// day reads a date of the calendar.
func day(cell string) (time.Time, bool) {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, cell); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// date reads a cell that holds a date, with a time of the day or without: what is after it is cut off.
func date(cell string) (t time.Time, rest string, ok bool) {
	if t, ok := day(cell); ok {
		return t, "", true
	}
	first, rest, found := strings.Cut(strings.Replace(cell, "T", " ", 1), " ")
	if !found {
		return t, "", false
	}
	t, ok = day(strings.TrimSuffix(first, ","))
	return t, strings.TrimSpace(rest), ok
}

var hourLayouts = []string{"15:04", "15:04:05", "15.04", "15:04:05.999", "15-04", "3:04 PM", "3:04:05 PM"}

// hour reads a time of the day.
func hour(cell string) (time.Duration, bool) {
	if first, _, found := strings.Cut(cell, " - "); found { // 14:30 - 15:00
		cell = first
	}
	for _, layout := range hourLayouts {
		if t, err := time.Parse(layout, strings.ToUpper(cell)); err == nil {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, true
		}
	}
	return 0, false
}

// birth reads a birthday: 2006-01-02.
func birth(cell string, now time.Time) (string, *Reason) {
	if cell == "" {
		return "", nil
	}
	t, _, ok := date(cell)
	if ok && t.After(now) && !strings.Contains(cell, t.Format("2006")) { // the year has two digits
		t = t.AddDate(-100, 0, 0)
	}
	if !ok || t.After(now) || t.Year() < 1900 {
		return "", &Reason{ID: "birth", Value: short(cell)}
	}
	return t.Format(time.DateOnly), nil
}

// tags of a cell, in small letters, each once.
func tags(cell string) []string {
	var list []string
	for _, t := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",;|\n", r) }) {
		t = strings.ToLower(strings.Join(strings.Fields(t), " "))
		if t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

var (
	yes = []string{"да", "д", "yes", "y", "1", "true", "истина", "есть", "x", "х", "согласен", "согласна", "дано", "получено", "on"}
	no  = []string{"нет", "н", "no", "n", "0", "false", "ложь", "отказ", "не согласен", "не согласна", "отозвано", "off"}
)

// answered is a yes or a no, with the day on which it was said where the cell tells it.
type answered struct {
	given bool
	on    time.Time
}

// answer reads a cell with a yes, a no, or the date of a yes; nil = nothing was said.
func answer(cell string) (*answered, *Reason) {
	switch c := strings.ToLower(cell); {
	case c == "" || c == "?":
		return nil, nil
	case c == "+" || c == "✓" || slices.Contains(yes, c):
		return &answered{given: true}, nil
	case c == "-" || slices.Contains(no, c):
		return &answered{}, nil
	}
	if t, _, ok := date(cell); ok {
		return &answered{given: true, on: t}, nil
	}
	return nil, &Reason{ID: "answer", Value: short(cell)}
}

// short is so much of a cell as fits into a sentence.
func short(cell string) string {
	r := []rune(strings.Join(strings.Fields(cell), " "))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}
