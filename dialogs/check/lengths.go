package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

	"careline/channels"
	"careline/dialogs"
	"careline/locales"
)

// lengths finds texts and labels that a messenger would cut: 59, 60.
func (c *checker) lengths() {
	for _, t := range c.set.Texts {
		if !shown(t) {
			continue
		}
		c.length(t, forms(t))
		for _, lang := range sortedKeys(c.others) {
			c.length(t, c.formsIn(lang, t.ID))
		}
	}
}

func (c *checker) length(t *dialogs.ScriptText, forms []form) {
	strictest, caps := shortest()
	vk := channels.Known()["vk"]
	for _, f := range forms {
		size := c.size(t, f.template)
		switch {
		case t.Role == dialogs.LabelRole && size.characters > vk.Label:
			c.Add(f.at(0), 60, f.text, size.characters, vk.Label)
		case t.Role != dialogs.LabelRole && size.units > caps.Text:
			c.Add(f.at(0), 59, size.units, titles[strictest], caps.Text)
		}
	}
}

// buttons finds more buttons than VK shows: 61.
func (c *checker) buttons() {
	vk := channels.Known()["vk"]
	for _, d := range c.dialogs() {
		for _, s := range d.States {
			if n := buttonsOf(s.Ask); n > vk.Inline.Total {
				c.Add(s.Ask.Pos, 61, n, vk.Inline.Total)
			}
		}
	}
}

var titles = map[channels.ID]string{"telegram": "Telegram", "vk": "VK", "whatsapp": "WhatsApp", "web": "the web chat", "console": "the console"}

// shortest is the messenger that takes the shortest texts.
func shortest() (channels.ID, channels.Caps) {
	known := channels.Known()
	ids := slices.SortedFunc(maps.Keys(known), func(a, b channels.ID) int {
		return cmp.Or(known[a].Text-known[b].Text, cmp.Compare(a, b))
	})
	return ids[0], known[ids[0]]
}

func buttonsOf(q *dialogs.Question) int {
	if q == nil {
		return 0
	}
	n := len(q.Choices)
	if q.Type.Kind == dialogs.Several {
		n++ // «Готово»
	}
	return n
}

// size of a text that is filled with long but likely values.
type size struct{ characters, units int }

func (c *checker) size(t *dialogs.ScriptText, template *locales.Template) size {
	var s size
	for _, r := range strings.ReplaceAll(template.Plain(), locales.Placeholder, "") {
		s.characters++
		s.units += max(utf16.RuneLen(r), 1)
	}
	for _, v := range template.Values() {
		n := likely(t, v.Path)
		s.characters += n
		s.units += n
	}
	return s
}

// likely is how long a value can become, in characters.
func likely(t *dialogs.ScriptText, path string) int {
	of, _, _ := t.Scope.Shown(path)
	last := path[strings.LastIndexByte(path, '.')+1:]
	switch {
	case last == "lines" || last == "or" || last == "and":
		return 400
	case of.Kind == dialogs.Story:
		return 3000
	case of.Kind == dialogs.Text && !strings.Contains(path, "."):
		return 1000
	}
	return 40
}
