// Package format puts the keys of script files into the language's only order. Texts, quotes and
// comments stay as they were written; a comment goes with what it stands above or beside.
package format

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"

	"careline/dialogs/schema"
	"careline/dialogs/source"
)

// Format returns src with its keys in order. It never changes meaning: a file that is not YAML, or whose
// meaning would change, comes back with an error. A file of a kind unknown to the language stays as it is.
func Format(name string, src []byte) ([]byte, error) {
	before, err := meaning(src)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	f := split(src)
	shape, ok := schema.Of(f.kind())
	if !ok {
		return src, nil
	}
	f.lines = arrange(f.lines, shape, nil)
	out := f.bytes()
	after, err := meaning(out)
	if err != nil || !reflect.DeepEqual(before, after) {
		return nil, fmt.Errorf("formatting %s: it is written in a way that cannot be put in order safely; indent lines below the key that they belong to", name)
	}
	return out, nil
}

// Misplaced is a key that stands behind one that it should precede.
type Misplaced struct {
	source.Pos
	Key, Before string // Key stands at Pos; `careline fmt` puts it before Before
}

// Check finds the first key out of order in each mapping of a file.
func Check(name string, src []byte) []Misplaced {
	f := split(src)
	shape, ok := schema.Of(f.kind())
	if !ok {
		return nil
	}
	var found []Misplaced
	arrange(f.lines, shape, func(key, before line) {
		found = append(found, Misplaced{
			Pos: source.Pos{File: name, Line: key.n, Column: key.indent + 1},
			Key: key.key, Before: before.key,
		})
	})
	return found
}

// meaning is what the file says, without the order of keys where that is free.
func meaning(src []byte) (any, error) {
	var v any
	err := yaml.UnmarshalWithOptions(bytes.TrimPrefix(src, bom), &v)
	return v, err
}

var bom = []byte("\ufeff")

// file is the lines of a source and how they ended.
type file struct {
	lines []line
	bom   bool
	crlf  bool
}

// line of the source. A line without a key has key "".
type line struct {
	n      int // from 1
	text   string
	indent int
	key    string
}

func (l line) blank() bool   { return strings.TrimSpace(l.text) == "" }
func (l line) comment() bool { return strings.HasPrefix(strings.TrimSpace(l.text), "#") }

func split(src []byte) *file {
	f := &file{bom: bytes.HasPrefix(src, bom), crlf: bytes.Contains(src, []byte("\r\n"))}
	text := strings.TrimSuffix(string(bytes.TrimPrefix(src, bom)), "\n")
	for i, s := range strings.Split(text, "\n") {
		f.lines = append(f.lines, newLine(i+1, strings.TrimRight(s, "\r")))
	}
	return f
}

func newLine(n int, s string) line {
	l := line{n: n, text: s, indent: len(s) - len(strings.TrimLeft(s, " "))}
	if body := s[l.indent:]; !strings.HasPrefix(body, "#") {
		l.key = keyOf(body)
	}
	return l
}

// keyOf is the plain key that a line begins with.
func keyOf(body string) string {
	end := strings.Index(body, ":")
	if end <= 0 || (end+1 < len(body) && body[end+1] != ' ') {
		return ""
	}
	return strings.TrimSpace(body[:end])
}

func (f *file) kind() string {
	for _, l := range f.lines {
		if l.key != "" {
			return l.key
		}
	}
	return ""
}

func (f *file) bytes() []byte {
	var b bytes.Buffer
	if f.bom {
		b.Write(bom)
	}
	end := "\n"
	if f.crlf {
		end = "\r\n"
	}
	for _, l := range f.lines {
		b.WriteString(l.text)
		b.WriteString(end)
	}
	return b.Bytes()
}
