package translate

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/locales"
)

// Update is a file of translations brought up to date.
type Update struct {
	Name    string // locales/en.yaml
	Content []byte // to be written
	Changed bool   // it differs from what is there
	Did     Did
}

// Folder brings every translation of a clinic up to date with its scripts; languages that have no file yet are
// begun. It writes nothing: the caller does.
func Folder(fsys fs.FS, set *dialogs.Set, o Options, begin ...string) ([]Update, source.Findings, error) {
	names, err := fs.Glob(fsys, "locales/*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("listing locales: %w", err)
	}
	files := map[string][]byte{}
	for _, lang := range begin {
		name := "locales/" + lang + ".yaml"
		if _, err := fs.Stat(fsys, name); err != nil {
			names = append(names, name)
			files[name] = nil
		}
	}
	originals := Originals(set)
	var updates []Update
	var found source.Findings
	for _, name := range names {
		lang := strings.TrimSuffix(path.Base(name), ".yaml")
		if lang == set.Languages[0] {
			continue // the clinic's own wording of the engine's phrases
		}
		src, begun := files[name]
		if !begun {
			if src, err = fs.ReadFile(fsys, name); err != nil {
				return nil, nil, fmt.Errorf("reading %s: %w", name, err)
			}
		}
		out, did, f := File(name, lang, src, originals, o)
		found = append(found, f...)
		if !f.Failed() {
			updates = append(updates, Update{Name: name, Content: out, Changed: string(out) != string(src), Did: did})
		}
	}
	return updates, found.Sort(), nil
}

// Originals are the texts that want a translation, in the order of the scripts. What only the desk reads does not.
func Originals(set *dialogs.Set) []locales.Message {
	var all []locales.Message
	for _, t := range set.Texts {
		if t.Role != dialogs.NoteRole {
			all = append(all, t.Message)
		}
	}
	return all
}
