package check

import (
	"regexp"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
)

var (
	promotion = regexp.MustCompile(`(?i)(?:^|[^\pL])(скид(?:к|оч)\pL*|акци(?:я|и|ю|ей|ями|ях|ям|онн\pL*)|бонус\pL*|распродаж\pL*|промокод\pL*|кешб[эе]к\pL*|спецпредложен\pL*|в подарок|discounts?|bonus(?:es)?|promo ?codes?|special offers?|cashback)(?:[^\pL]|$)|(\d+ ?%|%)`)
	diagnosis = regexp.MustCompile(`(?i)(?:^|[^\pL\d])(\d+(?:[.,]\d+)? ?(?:мг|мкг|мл|mg|ml)|(?:мг|mg)|\d+ таблет\pL*|по таблетке|(?:кариес|пульпит|периодонтит|пародонтит|гингивит|абсцесс|перелом|воспаление|инфекция) у вас|у вас (?:кариес|пульпит|периодонтит|пародонтит|гингивит|абсцесс|перелом|воспаление|инфекция|инсульт|инфаркт|грыжа)|ваш диагноз|вам поставлен диагноз|you have (?:caries|pulpitis|periodontitis|gingivitis|an abscess|a fracture|an infection)|your diagnosis)(?:[^\pL\d]|$)`)
)

// advertising finds words of advertising in messages that are not: 55.
func (c *checker) advertising() {
	for _, t := range c.set.Texts {
		if t.Class != dialogs.AdvertisingClass && shown(t) {
			c.look(t, promotion, func(at source.Pos, word string) { c.Add(at, 55, word, string(t.Class)) })
		}
	}
}

// diagnosis finds the words of a diagnosis or a dose in what we send first: 57.
func (c *checker) diagnosis() {
	for _, t := range c.set.Texts {
		first := t.Role == dialogs.AdviceRole || t.Dialog == nil && strings.HasPrefix(t.ID, "journey.") || t.Dialog != nil && c.first[t.Dialog.Name]
		if first && shown(t) {
			c.look(t, diagnosis, func(at source.Pos, word string) { c.Add(at, 57, word) })
		}
	}
}

// look tells the first thing that the pattern finds in a text, and in each of its translations.
func (c *checker) look(t *dialogs.ScriptText, pattern *regexp.Regexp, tell func(source.Pos, string)) {
	find(forms(t), pattern, tell)
	for _, lang := range sortedKeys(c.others) {
		find(c.formsIn(lang, t.ID), pattern, tell)
	}
}

func find(forms []form, pattern *regexp.Regexp, tell func(source.Pos, string)) {
	for _, f := range forms {
		m := pattern.FindStringSubmatchIndex(f.text)
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 {
				tell(f.at(m[i]), strings.TrimSpace(f.text[m[i]:m[i+1]]))
				return
			}
		}
	}
}

// consents finds free answers that are asked without consent: 58.
func (c *checker) consents() {
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			if s.Ask != nil && !given(d, c.wanted(s.Ask)) {
				c.Add(s.Ask.Pos, 58)
			}
		}
	}
}

// wanted is the consent that a question needs; "" when none.
func (c *checker) wanted(q *dialogs.Question) string {
	mark := "plain"
	switch q.Type.Kind {
	case dialogs.Text, dialogs.Story, dialogs.Name, dialogs.Phone, dialogs.Email, dialogs.Photo, dialogs.File:
		mark = "personal"
	}
	if m := c.remembered(q.Answer); m != nil {
		mark = m.Mark
	}
	if q.Answer == "me.birth" || q.Answer == "patient.birth" {
		mark = "personal"
	}
	for _, a := range q.Also {
		if a.Type.Kind == dialogs.Text && mark == "plain" {
			mark = "personal"
		}
	}
	if mark == "plain" {
		return ""
	}
	return mark
}

func (c *checker) remembered(name string) *dialogs.Remembered {
	scope, field, _ := strings.Cut(name, ".")
	switch {
	case c.set.Memory == nil:
	case scope == "me" || scope == "patient":
		return c.set.Memory.Patient[field]
	case scope == "contact":
		return c.set.Memory.Contact[field]
	}
	return nil
}

func given(d *dialogs.Dialog, consent string) bool {
	if consent == "" {
		return true
	}
	for _, n := range d.Needs {
		if n == consent {
			return true
		}
	}
	return false
}
