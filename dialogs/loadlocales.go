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

	"golang.org/x/text/language"
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
	c, err := b.Build()
	if err != nil {
		l.Problem(source.Pos{File: "locales", Line: 1, Column: 1}, "%v", err)
		c, _ = locales.NewBuilder(l.options.Language).Build()
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
		lang := strings.TrimSuffix(path.Base(name), ".yaml")
		if _, err := language.Parse(lang); err != nil {
			l.Add(source.Pos{File: name, Line: 1, Column: 1}, 83, "a translation is named by its language, for example locales/en.yaml")
			continue
		}
		b.Add(lang, slices.DeleteFunc(messages, func(m locales.Message) bool { return untranslated(m) || !l.readable(name, m) })...)
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

// readable tells what is wrong in the templates of a translation.
func (l *loader) readable(file string, m locales.Message) bool {
	at, ok := source.Pos{File: file, Line: max(m.Line, 1), Column: max(m.Column, 1)}, true
	for _, form := range slices.Sorted(formsOf(m)) {
		var fault *locales.SyntaxError
		if _, err := locales.Parse(m.Forms[form]); errors.As(err, &fault) {
			l.fault(at, fault)
			ok = false
		}
	}
	return ok
}

func (l *loader) fault(at source.Pos, fault *locales.SyntaxError) {
	switch fault.Fault {
	case locales.EmptyPiece, locales.UnclosedPiece:
		l.Add(at, 52)
	case locales.NestedPiece:
		l.Add(at, 83, "`[` inside of another `[…]`; close the first with `]`")
	case locales.UnclosedValue:
		l.Add(at, 83, "`{` is never closed; write `}` behind the value")
	default:
		l.Add(at, 83, fmt.Sprintf("«%s» is no value; write `{name}`, or `\\{` for the brace itself", fault.Near))
	}
}
