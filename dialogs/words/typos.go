package words

import "unicode/utf8"

const (
	doubtful  wordID = -1
	typosFrom        = 5 // letters a word needs before a typo in it is corrected
)

// findTypos files every long word under itself with each letter left out, so that a misspelt one is found
// by a few look-ups. What could be two words of different meaning is nobody's.
func (g *grammar) findTypos() {
	g.typos = map[string]wordID{}
	for id, w := range g.names {
		if letters(w) < typosFrom {
			continue
		}
		g.fileTypo(w, wordID(id))
		for s := range withoutOne(w) {
			g.fileTypo(s, wordID(id))
		}
	}
}

func (g *grammar) fileTypo(s string, id wordID) {
	if was, ok := g.typos[s]; ok && was != id && !g.same(was, id) {
		id = doubtful
	}
	g.typos[s] = id
}

// same reports whether two words mean the same in every table that has one of them.
func (g *grammar) same(a, b wordID) bool {
	if a == doubtful || b == doubtful {
		return false
	}
	shared := false
	for _, t := range g.table {
		va, inA := t[a]
		vb, inB := t[b]
		if inA != inB || va != vb {
			return false
		}
		shared = shared || inA
	}
	return shared
}

// word is the grammar's word for a token; one letter may be wrong.
func (g *grammar) word(text string) (wordID, bool) {
	if id, ok := g.ids[text]; ok {
		return id, true
	}
	if letters(text) < typosFrom || neverTypo[text] {
		return 0, false
	}
	found := doubtful
	try := func(s string) bool {
		id, ok := g.typos[s]
		switch {
		case !ok || id != doubtful && !within1(g.names[id], text):
			return true
		case id == doubtful || found != doubtful && found != id && !g.same(found, id):
			found = doubtful
			return false
		}
		found = id
		return true
	}
	if !try(text) {
		return 0, false
	}
	for s := range withoutOne(text) {
		if !try(s) {
			return 0, false
		}
	}
	return found, found != doubtful
}

// withoutOne yields w with each letter left out.
func withoutOne(w string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i, r := range w {
			if !yield(w[:i] + w[i+utf8.RuneLen(r):]) {
				return
			}
		}
	}
}

// neverTypo are real words one letter away from ours.
var neverTypo = set(`завтрак завтраки среди месяцы вечерам сколько столько начало`)
