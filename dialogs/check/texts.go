package check

import (
	"slices"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/locales"
)

// form is one way of writing a text: its only one, or a plural form.
type form struct {
	text     string
	template *locales.Template
	node     *source.Node // nil in a translation
	pos      source.Pos
}

// at is the place of the text's byte.
func (f form) at(offset int) source.Pos {
	if f.node == nil {
		return f.pos
	}
	return f.node.At(offset)
}

// forms of a text as the script has them; those that cannot be parsed are told by the loader.
func forms(t *dialogs.ScriptText) []form {
	var all []form
	for _, name := range locales.AllForms {
		if template := t.Templates[name]; template != nil {
			all = append(all, form{t.Message.Forms[name], template, t.Nodes[name], t.Pos()})
		}
	}
	return all
}

// formsIn are the forms of a translation.
func (c *checker) formsIn(lang, id string) []form {
	m, ok := c.others[lang][id]
	if !ok {
		return nil
	}
	var all []form
	for _, name := range locales.AllForms {
		if text := m.Forms[name]; strings.TrimSpace(text) != "" {
			if template, err := locales.Parse(text); err == nil {
				all = append(all, form{text: text, template: template, pos: placeIn(lang, m)})
			}
		}
	}
	return all
}

func placeIn(lang string, m locales.Message) source.Pos {
	return source.Pos{File: "locales/" + lang + ".yaml", Line: max(m.Line, 1), Column: max(m.Column, 1)}
}

// shown reports whether patients read the text as it stands.
func shown(t *dialogs.ScriptText) bool {
	return t.Role == dialogs.SayRole || t.Role == dialogs.LabelRole || t.Role == dialogs.RetryRole || t.Role == dialogs.AdviceRole
}

// item is the message of a state that says the text.
func item(t *dialogs.ScriptText) *dialogs.Message {
	if t.State == nil {
		return nil
	}
	for _, m := range t.State.Say {
		if m.ID == t.ID || slices.Contains(sorted(m.Variants), t.ID) {
			return m
		}
	}
	return nil
}

// label is the text of a button.
func (c *checker) label(choice *dialogs.Choice) string {
	for _, t := range c.set.Texts {
		if t.ID == choice.Label {
			return t.Message.Forms[locales.Other]
		}
	}
	return ""
}
