package words

import "unicode/utf8"

const typosFrom = 5 // letters a word needs before a typo in it is corrected

// findTypos files every long word under itself and under itself with each letter left out, so that what a
// misspelt one may be is found by a few look-ups.
func (g *grammar) findTypos() {
	g.typos = map[string][]wordID{}
	for id, w := range g.names {
		if letters(w) < typosFrom {
			continue
		}
		for s := range near(w) {
			g.typos[s] = append(g.typos[s], wordID(id))
		}
	}
}

// same reports whether two words mean the same in every table that has one of them.
func (g *grammar) same(a, b wordID) bool {
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

// word is the grammar's word for a token. One letter may be wrong, where all that it could be mean the same.
func (g *grammar) word(text string) (wordID, bool) {
	if id, ok := g.ids[text]; ok {
		return id, true
	}
	if letters(text) < typosFrom || neverTypo[text] {
		return 0, false
	}
	found := digitsID
	for s := range near(text) {
		for _, id := range g.typos[s] {
			if id == found || !within1(g.names[id], text) {
				continue
			}
			if found != digitsID && !g.same(found, id) {
				return 0, false
			}
			found = id
		}
	}
	return found, found != digitsID
}

// near yields w, and w without each of its letters.
func near(w string) func(func(string) bool) {
	return func(yield func(string) bool) {
		if !yield(w) {
			return
		}
		for i, r := range w {
			if !yield(w[:i] + w[i+utf8.RuneLen(r):]) {
				return
			}
		}
	}
}

// neverTypo are real words one letter away from ours.
var neverTypo = set(`завтрак завтраки среди месяцы вечерам сколько столько начало`)
