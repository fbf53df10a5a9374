package picture

import (
	"strings"
	"unicode"

	"careline/dialogs"
	"careline/locales"
)

// Glosses are the first words that each state of the dialog says, in the language, or the dialog that it runs by its title.
func Glosses(scripts *dialogs.Set, d *dialogs.Dialog, language string, title func(dialog string) string) map[string]string {
	all := map[string]string{}
	for _, s := range d.States {
		switch {
		case len(s.Say) > 0 && s.Say[0].ID != "":
			all[s.Name] = FirstWords(scripts, language, s.Say[0].ID)
		case s.Doing == dialogs.Runs:
			all[s.Name] = "→ " + title(s.Run.Name)
		}
	}
	return all
}

// FirstWords of a text: its first line that is not only values, they show as dots.
func FirstWords(scripts *dialogs.Set, language, id string) string {
	catalogue := scripts.Catalogue()
	m, ok := catalogue.Message(language, id)
	if !ok {
		if m, ok = catalogue.Message(scripts.Languages[0], id); !ok {
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
