package translate

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"careline/dialogs/source"
	"careline/locales"
)

const (
	original = "#. "      // the text to be translated
	stale    = "#, stale" // made for another text
	obsolete = "#~ "      // kept, but no longer used
)

// file is a locale file as lines, so that what the translator wrote stays as it is.
type file struct {
	head    []string // comments above the first entry, parted by a blank line
	entries []*entry
	gone    []*entry // to be written behind #~
	tail    []string // comments below the last entry
	crlf    bool
}

// entry is one translation.
type entry struct {
	id, hash string
	blank    bool     // no text yet
	lead     []string // comments and blank lines above, without our marks
	marks    []string // our marks
	lines    []string
	retired  bool // stood behind #~
	taken    bool
}

func (e *entry) translated() bool { return !e.blank }
func (e *entry) engine() bool     { return strings.HasPrefix(e.id, "engine.") }

// read cuts a file into entries; what stands behind #~ is read like the rest.
func read(name string, src []byte) (*file, source.Findings) {
	f := &file{crlf: bytes.Contains(src, []byte("\r\n"))}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(src), "\ufeff"))
	var live, gone []string
	for l := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.HasPrefix(l, "#~") {
			for strings.HasPrefix(l, "#~") {
				l = strings.TrimPrefix(strings.TrimPrefix(l, "#~"), " ")
			}
			gone = append(gone, l)
			continue
		}
		live = append(live, l)
	}
	if anything(live) || !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		if _, found := source.Read(name, []byte(strings.Join(live, "\n")+"\n")); found.Failed() {
			return nil, found
		}
	}
	f.add(live, false)
	f.add(gone, true)
	for _, e := range f.entries {
		e.read(name)
	}
	f.parted()
	return f, nil
}

func (f *file) add(lines []string, retired bool) {
	var pending []string
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			l = ""
		}
		switch {
		case strings.HasPrefix(l, "#.") || strings.HasPrefix(l, stale):
		case l == "" || l[0] == '#':
			pending = append(pending, l)
		case l[0] == ' ' && len(f.entries) > 0:
			last := f.entries[len(f.entries)-1]
			last.lines = append(append(last.lines, pending...), l)
			pending = nil
		default:
			id, _, _ := strings.Cut(l, ":")
			f.entries = append(f.entries, &entry{id: id, lead: pending, lines: []string{l}, retired: retired})
			pending = nil
		}
	}
	for len(pending) > 0 && pending[len(pending)-1] == "" {
		pending = pending[:len(pending)-1]
	}
	f.tail = append(f.tail, pending...)
}

func anything(lines []string) bool {
	for _, l := range lines {
		if l != "" && l[0] != '#' {
			return true
		}
	}
	return false
}

func (e *entry) read(name string) {
	doc, _ := source.Read(name, []byte(strings.Join(e.lines, "\n")+"\n"))
	n := doc.Get(e.id)
	if n.Is(source.Scalar) {
		e.blank = strings.TrimSpace(n.Text) == ""
		return
	}
	e.blank = true
	if n == nil {
		return
	}
	for _, kv := range n.Entries {
		switch {
		case kv.Key == "hash":
			e.hash = kv.Value.Text
		case strings.TrimSpace(kv.Value.Text) != "":
			e.blank = false
		}
	}
}

// parted takes the head of the file from the first entry: the comments above the last blank line.
func (f *file) parted() {
	if len(f.entries) == 0 {
		f.head, f.tail = f.tail, nil
		return
	}
	first := f.entries[0]
	for i := len(first.lead) - 1; i >= 0; i-- {
		if first.lead[i] == "" {
			f.head, first.lead = first.lead[:i+1], first.lead[i+1:]
			return
		}
	}
}

var hashKey = regexp.MustCompile(`\bhash:\s*["']?[0-9a-f]+["']?`)

// setHash writes the fingerprint of the original, and nothing else of the entry.
func (e *entry) setHash(hash string) {
	if e.hash == hash {
		return
	}
	for i, l := range e.lines {
		if e.hash != "" && hashKey.MatchString(l) {
			e.lines[i] = hashKey.ReplaceAllString(l, "hash: "+hash)
			e.hash = hash
			return
		}
	}
	key, value, _ := strings.Cut(e.lines[0], ":")
	value = strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(value, "{"):
		e.lines[0] = fmt.Sprintf("%s: {hash: %s, %s", key, hash, strings.TrimLeft(value[1:], " "))
	case value == "" || value[0] == '#':
		e.lines = append([]string{e.lines[0], "  hash: " + hash}, e.lines[1:]...)
	default:
		rest := e.lines[1:]
		for i := range rest {
			rest[i] = "  " + rest[i]
		}
		e.lines = append([]string{key + ":", "  hash: " + hash, "  other: " + value}, rest...)
	}
	e.hash = hash
}

func (e *entry) rename(id string) {
	e.lines[0] = id + strings.TrimPrefix(e.lines[0], e.id)
	e.id, e.retired = id, false
}

func newEntry(m locales.Message, lang string) *entry {
	e := &entry{id: m.ID, hash: m.Fingerprint(), blank: true, lines: []string{m.ID + ":", "  hash: " + m.Fingerprint()}}
	forms := []locales.Form{locales.Other}
	if m.Plural() {
		forms = locales.Forms(lang)
	}
	for _, f := range forms {
		e.lines = append(e.lines, fmt.Sprintf("  %s: \"\"", f))
	}
	return e
}

// marked shows the translator the original above the entry.
func (e *entry) marked(old bool, m locales.Message) *entry {
	e.marks = nil
	if old {
		e.marks = append(e.marks, stale)
	}
	for _, f := range locales.AllForms {
		text, ok := m.Forms[f]
		if !ok {
			continue
		}
		if m.Plural() {
			text = string(f) + ": " + text
		}
		for l := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			e.marks = append(e.marks, strings.TrimRight(original+l, " "))
		}
	}
	return e
}

func (e *entry) unmarked() *entry {
	e.marks = nil
	return e
}

func (f *file) bytes() []byte {
	var lines []string
	lines = append(lines, f.head...)
	for _, e := range f.entries {
		lines = append(append(append(lines, e.lead...), e.marks...), e.lines...)
	}
	lines = append(lines, f.tail...)
	if len(f.gone) > 0 && len(lines) > 0 {
		lines = append(lines, "")
	}
	for _, e := range f.gone {
		comments := slices.DeleteFunc(slices.Clone(e.lead), func(l string) bool { return l == "" })
		for _, l := range append(comments, e.lines...) {
			lines = append(lines, strings.TrimRight(obsolete+l, " "))
		}
	}
	end := "\n"
	if f.crlf {
		end = "\r\n"
	}
	return []byte(strings.Join(lines, end) + end)
}
