package words

import (
	"maps"
	"slices"
	"strings"
)

// A grammar is a table of rules. Each kind of phrase has several; a rule is the words as people say them and
// a function that tells what they mean:
//
//	"через <count> <unit>"     words stand for themselves, <kind> for a phrase of that kind
//	"не раньше|ранее чем? <days>"   | between spellings, ? after what may be left out
//
// The longest match wins, and of equals the first. A kind may also be a table of words with their numbers.
type grammar struct {
	ids    map[string]wordID
	typos  map[string][]wordID // every long word, also with one letter lost
	kinds  map[string]kindID
	rules  [][]compiled             // by kind
	table  []map[wordID]int         // by kind; nil = rules
	starts []map[wordID][]*compiled // by kind: the rules that a word can begin; of a table: none
	names  []string                 // of words, by id
	idle   map[wordID]bool          // words that say nothing in any place
}

type (
	wordID int
	kindID int
)

const digitsID wordID = 0 // any number in digits

// rule is one way to say something. A nil mean passes on the first phrase inside.
type rule struct {
	say  string
	mean sense
}

// sense is what a rule means, given the phrases inside it in their order; false = it cannot mean anything.
type sense = func(p *parse, got []meaning) (meaning, bool)

type compiled struct {
	atoms []atom
	mean  sense
}

type atom struct {
	words    []wordID // nil = kind
	kind     kindID
	optional bool
}

// compile checks nothing that a test of the grammar would not find: an unknown kind panics.
func compile(tables map[string]map[string]int, rules map[string][]rule) *grammar {
	g := &grammar{ids: map[string]wordID{"<digits>": digitsID}, names: []string{"<digits>"}, kinds: map[string]kindID{}, idle: map[wordID]bool{}}
	g.kinds["digits"] = 0
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		g.kinds[name] = kindID(len(g.kinds))
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		g.kinds[name] = kindID(len(g.kinds))
	}
	g.rules = make([][]compiled, len(g.kinds))
	g.table = make([]map[wordID]int, len(g.kinds))
	g.table[0] = map[wordID]int{digitsID: 0}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		t := map[wordID]int{}
		for _, w := range slices.Sorted(maps.Keys(tables[name])) {
			t[g.id(w)] = tables[name][w]
		}
		g.table[g.kinds[name]] = t
	}
	for _, name := range slices.Sorted(maps.Keys(rules)) {
		k := g.kinds[name]
		for _, r := range rules[name] {
			g.rules[k] = append(g.rules[k], g.compileRule(r))
		}
	}
	for w := range splitBars(idle) {
		g.idle[g.id(w)] = true
	}
	g.findStarts()
	g.findTypos()
	return g
}

func (g *grammar) id(word string) wordID {
	id, ok := g.ids[word]
	if !ok {
		id = wordID(len(g.names))
		g.ids[word] = id
		g.names = append(g.names, word)
	}
	return id
}

func (g *grammar) compileRule(r rule) compiled {
	c := compiled{mean: r.mean}
	if c.mean == nil {
		c.mean = func(_ *parse, got []meaning) (meaning, bool) { return got[0], true }
	}
	for f := range strings.FieldsSeq(fold(r.say)) {
		var a atom
		f, a.optional = strings.CutSuffix(f, "?")
		if name, ok := strings.CutPrefix(f, "<"); ok {
			k, known := g.kinds[strings.TrimSuffix(name, ">")]
			if !known {
				panic("grammar: no kind " + f + " in " + r.say)
			}
			a.kind = k
		} else {
			for w := range strings.SplitSeq(f, "|") {
				a.words = append(a.words, g.id(w))
			}
		}
		c.atoms = append(c.atoms, a)
	}
	return c
}

// findStarts computes which words each kind can begin with, until nothing changes, and files the rules by
// them.
func (g *grammar) findStarts() {
	first := make([]map[wordID]bool, len(g.kinds))
	for k := range first {
		first[k] = map[wordID]bool{}
		for w := range g.table[k] {
			first[k][w] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for k, rs := range g.rules {
			before := len(first[k])
			for i := range rs {
				maps.Copy(first[k], firstOf(rs[i].atoms, first))
			}
			changed = changed || len(first[k]) > before
		}
	}
	g.starts = make([]map[wordID][]*compiled, len(g.kinds))
	for k, rs := range g.rules {
		g.starts[k] = map[wordID][]*compiled{}
		for i := range rs {
			for w := range firstOf(rs[i].atoms, first) {
				g.starts[k][w] = append(g.starts[k][w], &rs[i])
			}
		}
	}
}

func firstOf(atoms []atom, kinds []map[wordID]bool) map[wordID]bool {
	first := map[wordID]bool{}
	for _, a := range atoms {
		for _, w := range a.words {
			first[w] = true
		}
		if a.words == nil {
			maps.Copy(first, kinds[a.kind])
		}
		if !a.optional {
			break
		}
	}
	return first
}
