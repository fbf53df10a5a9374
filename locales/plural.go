package locales

import (
	"maps"
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

var formNames = map[plural.Form]Form{
	plural.Zero: Zero, plural.One: One, plural.Two: Two, plural.Few: Few, plural.Many: Many, plural.Other: Other,
}

// Forms are the plural forms that counting in the language needs: ru one, few, many; en one, other.
func Forms(language string) []Form {
	tag := tagOf(language)
	met := map[Form]bool{}
	for n := range 201 {
		met[formOf(tag, n)] = true
	}
	return slices.DeleteFunc(slices.Clone(AllForms[:]), func(f Form) bool { return !met[f] })
}

// Lacking are the plural forms that the message should have in the language and does not.
func (m Message) Lacking(language string) []Form {
	if !m.Plural() {
		return nil
	}
	return slices.DeleteFunc(Forms(language), func(f Form) bool { return m.Forms[f] != "" })
}

// filled gives a plural message its `other`, the form of fractions: in Russian it is that of `few`
// («1,5 часа», «2 часа»), which is why nobody writes it.
func (m Message) filled() Message {
	if m.Forms[Other] != "" {
		return m
	}
	for _, f := range []Form{Few, Many, Two, One, Zero} {
		if text := m.Forms[f]; text != "" {
			m.Forms = maps.Clone(m.Forms)
			m.Forms[Other] = text
			return m
		}
	}
	return m
}

func formOf(tag language.Tag, n int) Form {
	return formNames[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
}

func tagOf(lang string) language.Tag {
	tag, _ := language.Parse(lang)
	return tag
}
