package dialogs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"careline/dialogs/source"
	"careline/locales"
)

// buildTexts puts the scripts' own texts, the translations and the engine's phrases into one catalogue.
func (l *loader) buildTexts() {
	b := locales.NewBuilder(l.options.Language)
	for _, s := range l.set.Texts {
		if len(s.Templates) == len(s.Message.Forms) {
			b.Add(l.options.Language, s.Message)
		}
	}
	l.addLocales(b)
	if l.Findings.Failed() {
		return
	}
	c, err := b.Build()
	if err != nil {
		l.Problem(source.Pos{File: "locales", Line: 1, Column: 1}, "%v", err)
		return
	}
	l.set.texts = &texts{catalogue: c}
	l.set.Languages = c.Languages()
}

func (l *loader) addLocales(b *locales.Builder) {
	names, _ := fs.Glob(l.fsys, "locales/*.yaml")
	for _, name := range names {
		data, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.Problem(source.Pos{File: name, Line: 1, Column: 1}, "cannot be read: %v", err)
			continue
		}
		messages, err := locales.Read(data)
		l.localeErrors(name, err)
		for _, m := range messages {
			l.translation(name, m)
		}
		b.Add(strings.TrimSuffix(path.Base(name), ".yaml"), slices.DeleteFunc(messages, untranslated)...)
	}
}

// untranslated: the entry waits for its translator; the reader gets the scripts' own language meanwhile.
func untranslated(m locales.Message) bool {
	for _, text := range m.Forms {
		if strings.TrimSpace(text) == "" {
			return true
		}
	}
	return false
}

func (l *loader) localeErrors(name string, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			l.localeErrors(name, e)
		}
		return
	}
	at := source.Pos{File: name, Line: 1, Column: 1}
	var wrong *locales.FileError
	switch {
	case err == nil:
		return
	case errors.As(err, &wrong):
		at.Line, at.Column = max(wrong.Line, 1), max(wrong.Column, 1)
		l.Add(at, 1, wrong.Reason)
	default:
		l.Add(at, 1, err.Error())
	}
}

// translation checks that its templates can be read.
func (l *loader) translation(file string, m locales.Message) {
	at := source.Pos{File: file, Line: max(m.Line, 1), Column: max(m.Column, 1)}
	for _, form := range slices.Sorted(formsOf(m)) {
		var fault *locales.SyntaxError
		if _, err := locales.Parse(m.Forms[form]); errors.As(err, &fault) {
			l.fault(at, fault)
		}
	}
}

func (l *loader) fault(at source.Pos, fault *locales.SyntaxError) {
	switch fault.Fault {
	case locales.EmptyPiece, locales.UnclosedPiece:
		l.Add(at, 52)
	case locales.NestedPiece:
		l.Add(at, 83, "`[…]` does not nest; write two pieces side by side")
	default:
		l.Add(at, 50, fault.Near, fmt.Sprintf(" (%s)", fault.Fault))
	}
}
