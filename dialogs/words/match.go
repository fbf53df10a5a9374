package words

import (
	"slices"
	"strings"
)

// Option is one thing that may be chosen.
type Option struct {
	Value string   // the script's word; yes, no and back have words of their own
	Label string   // as the person sees it
	Words []string // other ways to say it
}

// How a text named an option.
type How string

// The ways, the surest first. The first two are exact.
const (
	Exact     How = "exact"     // label, value, words, known words of yes, no, back
	ByOrdinal How = "ordinal"   // «2», «второе»
	ByTime    How = "time"      // «17:20», where one label says that time
	ByTypo    How = "typo"      // one letter off, from five letters on
	ByStart   How = "beginning" // the only label that begins so
	ByWord    How = "word"      // the only label with these words inside
)

// Match finds the option that the text names; it never guesses between two.
func Match(text string, options []Option) (index int, how How, ok bool) {
	if len(text) > 1000 || len(options) == 0 {
		return 0, "", false
	}
	named := namesOf(options)
	if index, how, ok = match(text, named); ok {
		return index, how, ok
	}
	c := Clean(text)
	index, ok = only(named, func(o *names) bool { return o.holds(c) })
	return index, ByWord, ok
}

func match(text string, options []names) (index int, how How, ok bool) {
	c := Clean(text)
	if c != "" {
		if i, ok := only(options, func(o *names) bool { return slices.Contains(o.all, c) }); ok {
			return i, Exact, true
		}
	}
	if i, ok := only(options, func(o *names) bool { return knownWord(o.value, text) }); ok || c == "" {
		return i, Exact, ok
	}
	for _, said := range []string{text, c} { // signs may matter («№2»), or be in the way («второе 🙂»)
		if n, ok := Ordinal(said, len(options)); ok {
			return n - 1, ByOrdinal, true
		}
	}
	if clock := bareClock(c); clock != "" {
		i, ok := only(options, func(o *names) bool { return slices.Contains(strings.Fields(o.all[0]), clock) })
		return i, ByTime, ok
	}
	if letters(c) >= typosFrom {
		if i, ok := only(options, func(o *names) bool { return o.nearly(c) }); ok {
			return i, ByTypo, true
		}
	}
	i, ok := only(options, func(o *names) bool { return o.begins(c) })
	return i, ByStart, ok
}

// names are an option's, cleaned; the label is the first.
type names struct {
	value string
	all   []string
}

func namesOf(options []Option) []names {
	out := make([]names, len(options))
	for i, o := range options {
		all := make([]string, 0, 2+len(o.Words))
		all = append(all, Clean(o.Label))
		if o.Value != "" {
			all = append(all, o.Value)
		}
		for _, w := range o.Words {
			all = append(all, Clean(w))
		}
		out[i] = names{o.Value, all}
	}
	return out
}

// only is the one option for which test is true.
func only(options []names, test func(*names) bool) (int, bool) {
	found := -1
	for i := range options {
		if test(&options[i]) {
			if found >= 0 {
				return 0, false
			}
			found = i
		}
	}
	return found, found >= 0
}

func (o *names) nearly(cleaned string) bool {
	return slices.ContainsFunc(o.all, func(name string) bool {
		return len(name)-len(cleaned) < 5 && len(cleaned)-len(name) < 5 && letters(name) >= typosFrom && sameDigits(name, cleaned) && within1(name, cleaned)
	})
}

// begins: whole words, or at least four letters of a word begun.
func (o *names) begins(cleaned string) bool {
	rest, ok := strings.CutPrefix(o.all[0], cleaned)
	return ok && (strings.HasPrefix(rest, " ") && letters(cleaned) >= 3 || letters(cleaned) >= 4 && !isDigit(rune(cleaned[len(cleaned)-1])))
}

// holds: the words, or at least four letters of one begun, stand inside the label.
func (o *names) holds(cleaned string) bool {
	return letters(cleaned) >= 4 && strings.Contains(o.all[0], " "+cleaned)
}

// bareClock is the time that is all a text says, as labels write it; "" when it says anything else.
func bareClock(cleaned string) string {
	toks := scan(cleaned)
	if len(toks) > 0 && beforeOrdinal[toks[0].text] {
		toks = toks[1:]
	}
	if len(toks) != 3 || toks[1].text != ":" && toks[1].text != "." || len(toks[0].text) > 2 || len(toks[2].text) != 2 {
		return ""
	}
	return Clock(toks[0].n*60 + toks[2].n).String()
}

// knownWord reports whether the text is a known word of this value.
func knownWord(value, text string) bool {
	switch value {
	case "yes":
		yes, ok := YesNo(text)
		return ok && yes
	case "no":
		yes, ok := YesNo(text)
		return ok && !yes
	case "back":
		return IsBack(text)
	}
	return false
}

// sameDigits: a digit is never a typo, 17:20 is not 17:30.
func sameDigits(a, b string) bool {
	return strings.Map(onlyDigits, a) == strings.Map(onlyDigits, b)
}

func onlyDigits(r rune) rune {
	if isDigit(r) {
		return r
	}
	return -1
}
