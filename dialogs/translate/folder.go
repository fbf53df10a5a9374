package translate

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
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
		phrases, err := Phrases(set.Languages[0], lang)
		if err != nil {
			return nil, nil, err
		}
		out, did, f := File(name, lang, src, slices.Concat(originals, phrases), o)
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

// Phrases are the engine's own words in the scripts' language that it does not have in lang.
func Phrases(own, lang string) ([]locales.Message, error) {
	spoken, err := phrases(lang)
	if err != nil {
		return nil, err
	}
	originals, err := phrases(own)
	return slices.DeleteFunc(originals, func(m locales.Message) bool {
		return slices.ContainsFunc(spoken, func(s locales.Message) bool { return s.ID == m.ID })
	}), err
}

func phrases(lang string) ([]locales.Message, error) {
	src, err := fs.ReadFile(locales.Files(), lang+".yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the engine's phrases: %w", err)
	}
	messages, err := locales.Read(src)
	if err != nil {
		return nil, fmt.Errorf("reading the engine's phrases in %s: %w", lang, err)
	}
	return messages, nil
}
