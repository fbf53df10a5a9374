package locales

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Template is a text of the language: plain words, `{path}` for a value, `[optional piece]`.
// It is immutable and safe for concurrent use.
type Template struct {
	parts []part
	refs  []Ref
	plain string
	size  int // bytes of plain words
}

// part is one of: plain words, a value, an optional piece.
type part struct {
	text  string
	path  string
	piece []part
}

// Ref is one use of a value. Offset counts characters from the beginning of the text to its `{`.
type Ref struct {
	Path     string
	Offset   int
	Optional bool
}

// Placeholder stands in Plain where a value will be written.
const Placeholder = "\uFFFC"

// Values are the values that the text uses, in their order.
func (t *Template) Values() []Ref { return t.refs }

// Plain is the words of the text without its values, each replaced by Placeholder, optional pieces included.
func (t *Template) Plain() string { return t.plain }

// Fill writes the text: optional pieces with an empty value are dropped, doubled spaces and blank lines
// vanish, the first letter becomes a capital, also that of a value which begins a line. A value outside of optional pieces that the source does
// not have leaves nothing and its path is told in missing.
func (t *Template) Fill(source Source) (text string, missing []string) {
	w := t.write(source, true)
	return string(capital(tidy(w.text))), w.missing
}

// fragment is Fill for a part of a sentence: the first letter stays as it is.
func (t *Template) fragment(source Source) string {
	return string(tidy(t.write(source, false).text))
}

// writer puts the parts of a text one after another and keeps punctuation right where they meet.
type writer struct {
	text    []byte
	source  Source
	missing []string
	whole   bool // a message, not a part of a sentence
	gap     bool // something was left out just before
	value   bool // a value was written just before
}

func (t *Template) write(source Source, whole bool) writer {
	const usual = 24 // bytes of a value
	w := writer{text: make([]byte, 0, t.size+usual*len(t.refs)), source: source, whole: whole}
	for _, p := range t.parts {
		switch {
		case p.path != "":
			if value, ok := source(p.path); ok && value != "" {
				w.put(value)
			} else {
				w.missing = append(w.missing, p.path)
				w.gap = true
			}
		case p.piece != nil:
			w.try(p.piece)
		default:
			w.words(p.text)
		}
	}
	return w
}

// try writes an optional piece when all its values are there.
func (w *writer) try(piece []part) {
	values := make([]string, 0, 4)
	for _, p := range piece {
		if p.path == "" {
			continue
		}
		value, ok := w.source(p.path)
		if !ok || value == "" {
			w.gap = true
			return
		}
		values = append(values, value)
	}
	for _, p := range piece {
		if p.path == "" {
			w.words(p.text)
			continue
		}
		w.put(values[0])
		values = values[1:]
	}
}

func (w *writer) put(value string) {
	start := len(w.text)
	w.text = append(w.text, value...)
	if w.whole && beginsLine(w.text[:start]) {
		w.text = append(w.text[:start], capital(w.text[start:])...)
	}
	w.gap, w.value = false, true
}

// beginsLine reports whether what comes next begins a line of its own and does not go on with a
// sentence from the line above.
func beginsLine(before []byte) bool {
	line := bytes.TrimRight(before, " ")
	above := bytes.TrimRight(line, " \n")
	return len(above) < len(line) && !bytes.HasSuffix(above, []byte(",")) && !bytes.HasSuffix(above, []byte("—"))
}

// words writes plain words. Punctuation that a left-out value would leave hanging goes, and a full stop
// after a value that has its own is not doubled.
func (w *writer) words(s string) {
	if w.gap && strings.ContainsRune(",.;:!?)»…", first(s)) {
		w.text = bytes.TrimRight(w.text, " ,;:")
		if atLineStart(w.text) && !strings.HasPrefix(s, "..") {
			s = strings.TrimLeft(s, ",.;:")
		}
	}
	if w.value && endsSentence(w.text) && strings.HasPrefix(s, ".") && !strings.HasPrefix(s, "..") {
		s = s[1:]
	}
	w.text = append(w.text, s...)
	w.gap, w.value = false, false
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func atLineStart(b []byte) bool { return len(b) == 0 || b[len(b)-1] == '\n' }

func endsSentence(b []byte) bool {
	r, _ := utf8.DecodeLastRune(b)
	return strings.ContainsRune(".!?…", r)
}

// tidy drops blank lines, spaces around lines and doubled spaces, in place.
func tidy(b []byte) []byte {
	out := b[:0]
	space, line := false, false
	for _, c := range b {
		switch c {
		case ' ', '\t', '\r':
			space = true
			continue
		case '\n':
			line = true
			continue
		}
		if len(out) > 0 {
			if line {
				out = append(out, '\n')
			} else if space {
				out = append(out, ' ')
			}
		}
		out = append(out, c)
		space, line = false, false
	}
	return out
}

// capital makes the first letter a capital one, unless a number, a command or an address comes first.
func capital(b []byte) []byte {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if unicode.IsLetter(r) {
			up := unicode.ToUpper(r)
			if up == r || isAddress(b[i:]) {
				return b
			}
			return slices.Replace(b, i, i+n, []byte(string(up))...)
		}
		if unicode.IsDigit(r) || r == '/' {
			return b
		}
		i += n
	}
	return b
}

// isAddress reports whether a text begins with a link or an e-mail address.
func isAddress(b []byte) bool {
	word := b
	if end := bytes.IndexAny(b, " \n"); end >= 0 {
		word = b[:end]
	}
	return bytes.Contains(word, []byte("://")) || bytes.ContainsRune(word, '@')
}
