package check

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/dialogs/translate"
	"careline/locales"
)

func (c *checker) readTranslations() {
	c.others = map[string]translatedSet{}
	names, _ := fs.Glob(c.fsys, "locales/*.yaml") // a wrong pattern is the only error
	for _, name := range names {
		lang := strings.TrimSuffix(path.Base(name), ".yaml")
		src, err := fs.ReadFile(c.fsys, name)
		if err != nil || lang == c.language {
			continue // told by the loader
		}
		messages, _ := locales.Read(src) // told by the loader
		c.others[lang] = translatedSet{}
		for _, m := range messages {
			c.others[lang][m.ID] = m
		}
	}
}

// translations finds texts that another language lacks: 63, has for another original: 64, fills otherwise: 65.
// Those of a file with errors wait for it.
func (c *checker) translations() {
	for _, lang := range sortedKeys(c.others) {
		var lacking []*dialogs.ScriptText
		for _, t := range c.set.Texts {
			if t.Role == dialogs.NoteRole || c.broken[t.Pos().File] {
				continue
			}
			m, begun := c.others[lang][t.ID]
			pos := placeIn(lang, m)
			switch {
			case !begun:
				lacking = append(lacking, t)
			case untranslated(m, lang):
				c.Add(pos, 63, lang, "`"+t.ID+"`", "write it under the original that `careline translate` put here")
			case m.Hash != t.Message.Fingerprint():
				c.Add(pos, 64, t.ID)
			default:
				c.values(t.ID, forms(t), c.formsIn(lang, t.ID), pos)
			}
		}
		c.lacking(lang, lacking)
	}
}

// begin is what to do about a text that a language has no line for.
const begin = "run `careline translate`"

// lacking tells once of each file how many of its texts a language has not, at the first of them.
func (c *checker) lacking(lang string, texts []*dialogs.ScriptText) {
	for len(texts) > 0 {
		first := texts[0]
		rest := slices.DeleteFunc(slices.Clone(texts), func(t *dialogs.ScriptText) bool { return t.Pos().File == first.Pos().File })
		name := "`" + first.ID + "`"
		if more := len(texts) - len(rest) - 1; more > 0 {
			name += fmt.Sprintf(" and %d more of this file", more)
		}
		c.Add(first.Pos(), 63, lang, name, begin)
		texts = rest
	}
}

// phrases finds the engine's own words that a language lacks: 63.
func (c *checker) phrases() {
	for _, lang := range sortedKeys(c.others) {
		lacking, err := translate.Phrases(c.language, lang)
		if err != nil {
			c.Problem(source.Pos{File: "locales/" + lang + ".yaml", Line: 1, Column: 1}, "the engine's phrases cannot be read: %v", err)
		}
		for _, m := range lacking {
			if untranslated(c.others[lang][m.ID], lang) {
				c.Add(source.Pos{File: "locales/" + lang + ".yaml", Line: 1, Column: 1}, 63, lang, "`"+m.ID+"`", begin)
			}
		}
	}
}

// untranslated: a form is missing that the language needs.
func untranslated(m locales.Message, lang string) bool {
	for _, text := range m.Forms {
		if strings.TrimSpace(text) == "" {
			return true
		}
	}
	return len(m.Forms) == 0 || len(m.Lacking(lang)) > 0
}

// values compares the values that a text and its translation show.
func (c *checker) values(id string, original, translation []form, pos source.Pos) {
	needed, known := refs(original)
	bare, all := refs(translation)
	for _, path := range needed {
		if !slices.Contains(all, path) {
			c.Add(pos, 65, id, fmt.Sprintf("lacks `{%s}`", path))
		}
	}
	for _, path := range all {
		switch {
		case !slices.Contains(known, path):
			c.Add(pos, 65, id, fmt.Sprintf("has `{%s}` that the original has not", path))
		case slices.Contains(bare, path) && !slices.Contains(needed, path):
			c.Add(pos, 65, id, fmt.Sprintf("has `{%s}` outside of `[ ]`, where it may be empty", path))
		}
	}
}

// refs are the values of a text, sorted: those outside of [ ], and all.
func refs(forms []form) (bare, all []string) {
	for _, f := range forms {
		for _, r := range f.template.Values() {
			all = append(all, r.Path)
			if !r.Optional {
				bare = append(bare, r.Path)
			}
		}
	}
	slices.Sort(bare)
	slices.Sort(all)
	return slices.Compact(bare), slices.Compact(all)
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
