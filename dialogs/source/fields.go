package source

import (
	"slices"
	"strings"
	"time"
)

// Fields reads a mapping whose keys are known. owner is what finding 9 calls it: «a state». A node of
// another kind is told and gives no fields; nil gives none in silence.
func (r *Report) Fields(n *Node, owner string, known ...string) Fields {
	f := Fields{report: r, owner: owner}
	if n == nil {
		return f
	}
	f.Pos = n.Pos
	if n.Kind != Mapping {
		r.Add(n.Pos, 78, strings.Trim(owner, "`"), Mapping, n.Kind)
		return f
	}
	for _, e := range n.Entries {
		if !slices.Contains(known, e.Key) {
			meant := r.Unknown(e.KeyPos, e.Key, owner, known)
			if meant == "" || n.Get(meant) != nil {
				continue
			}
			e.Key = meant // one mistake is told once: what follows from it is not
		}
		f.entries = append(f.entries, e)
	}
	return f
}

// Fields is a mapping with known keys. Its readers tell a wrong shape and give the zero value.
type Fields struct {
	Pos     Pos
	report  *Report
	owner   string
	entries []Entry
}

// Has reports whether the key was written.
func (f Fields) Has(key string) bool { return f.Node(key) != nil }

// Node behind the key; nil when it was not written.
func (f Fields) Node(key string) *Node {
	for _, e := range f.entries {
		if e.Key == key {
			return e.Value
		}
	}
	return nil
}

// KeyPos is where the key stands; the mapping's place when it does not.
func (f Fields) KeyPos(key string) Pos {
	for _, e := range f.entries {
		if e.Key == key {
			return e.KeyPos
		}
	}
	return f.Pos
}

// Keys in the order of the file.
func (f Fields) Keys() []string {
	keys := make([]string, len(f.entries))
	for i, e := range f.entries {
		keys[i] = e.Key
	}
	return keys
}

// Need tells the keys that are missing; finding 80.
func (f Fields) Need(keys ...string) {
	for _, k := range keys {
		if f.report != nil && f.Pos.Line > 0 && !f.Has(k) {
			f.report.Add(f.Pos, 80, f.owner, k)
		}
	}
}

// Text of the key, for people.
func (f Fields) Text(key string) string { return f.report.Text(f.Node(key), key) }

// Word of the key.
func (f Fields) Word(key string) string { return f.report.Word(f.Node(key), key) }

// Words of the key: `[a, b]`, one a line, or a single one.
func (f Fields) Words(key string) []string { return f.report.Words(f.Node(key), key) }

// OneOf reads a word that must be one of the allowed; absent = the first.
func (f Fields) OneOf(key string, allowed ...string) string {
	n := f.Node(key)
	if n == nil {
		return allowed[0]
	}
	return f.report.OneOf(n, key, allowed...)
}

// Duration of the key.
func (f Fields) Duration(key string) time.Duration { return f.report.Duration(f.Node(key), key) }

// Bool of the key: yes, no, true, false.
func (f Fields) Bool(key string) bool { return f.report.Bool(f.Node(key), key) }

// Int of the key.
func (f Fields) Int(key string) int { return int(f.report.Number(f.Node(key), key)) }
