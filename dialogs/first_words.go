package dialogs

import (
	"strings"
	"unicode"

	"careline/locales"
)

// FirstWords of a text are its first line that is not only values; they show as dots. One that is not translated begins in the
// scripts' own language.
func (s *Set) FirstWords(language, id string) string {
	m, ok := s.Catalogue().Message(language, id)
	if !ok {
		if m, ok = s.Catalogue().Message(s.Languages[0], id); !ok {
			return ""
		}
	}
	t, err := locales.Parse(m.Forms[locales.Other])
	if err != nil {
		return ""
	}
	for line := range strings.Lines(t.Plain()) {
		if strings.ContainsFunc(line, unicode.IsLetter) {
			return strings.Join(strings.Fields(strings.ReplaceAll(line, locales.Placeholder, "…")), " ")
		}
	}
	return ""
}
