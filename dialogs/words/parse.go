package words

import (
	"strings"
	"time"
)

// parse is one text on its way through the grammar.
type parse struct {
	g     *grammar
	words []heard
	today day
	clock Clock // of now
	half  Half
	memo  []int32      // by kind and place: index in found, or neverAsked, or none
	found []remembered // phrases
	got   []meaning    // stack of phrases inside the rules being followed
}

type heard struct {
	id     wordID
	text   string
	n      int // of digits
	digits int // how many; 0 = a word
}

type remembered struct {
	end int // 0 = no match
	m   meaning
}

const (
	neverAsked int32 = 0
	none       int32 = -1
)

const longestWish = 48 // tokens; nobody wishes at greater length

// newParse cuts the text; a word that the grammar does not know refuses it.
func newParse(g *grammar, text string, now time.Time, half Half) (*parse, bool) {
	if len(text) > 600 {
		return nil, false
	}
	p := &parse{g: g, today: dayOf(now), clock: Clock(now.Hour()*60 + now.Minute()), half: half}
	toks := scan(fold(text))
	p.words = make([]heard, 0, len(toks)+2)
	for _, t := range toks {
		if !p.hear(t) {
			return nil, false
		}
	}
	if len(p.words) == 0 || len(p.words) > longestWish {
		return nil, false
	}
	p.memo = make([]int32, len(g.kinds)*len(p.words))
	p.found = make([]remembered, 1, 16)
	p.got = make([]meaning, 0, 16)
	return p, true
}

func (p *parse) hear(t token) bool {
	switch {
	case t.kind == numberToken:
		p.words = append(p.words, heard{digitsID, t.text, t.n, len(t.text)})
		return len(t.text) <= 8
	case t.kind == signToken && emoji([]rune(t.text)[0]):
		return true
	case t.kind == wordToken && strings.Contains(t.text, "-"):
		if _, ok := p.g.ids[t.text]; ok {
			break
		}
		for i, part := range strings.Split(t.text, "-") { // пн-пт, пол-седьмого
			if i > 0 {
				p.hear(token{text: "-", kind: signToken})
			}
			if !p.hear(token{text: part}) {
				return false
			}
		}
		return true
	}
	id, ok := p.g.word(t.text)
	p.words = append(p.words, heard{id: id, text: t.text})
	return ok
}

// whole is what all the words together mean as one phrase of the kind.
func (p *parse) whole(kind string) (meaning, bool) {
	m, end := p.phrase(p.g.kinds[kind], 0)
	return m, end == len(p.words)
}

// phrase is the longest phrase of the kind at a place; end 0 = none.
func (p *parse) phrase(k kindID, at int) (meaning, int) {
	if at >= len(p.words) {
		return meaning{}, 0
	}
	w := &p.words[at]
	if t := p.g.table[k]; t != nil {
		n, ok := t[w.id]
		switch {
		case !ok:
			return meaning{}, 0
		case w.digits > 0:
			return meaning{said: true, n: w.n, digits: w.digits, zero: w.text[0] == '0'}, at + 1
		}
		return meaning{said: true, n: n}, at + 1
	}
	seen := &p.memo[int(k)*len(p.words)+at]
	if *seen == neverAsked {
		*seen = none // also for a rule that would ask for itself here
		var best remembered
		for _, rule := range p.g.starts[k][w.id] {
			p.follow(rule, rule.atoms, at, len(p.got), &best)
		}
		if best.end > 0 {
			*seen = int32(len(p.found))
			p.found = append(p.found, best)
		}
	}
	if *seen == none {
		return meaning{}, 0
	}
	return p.found[*seen].m, p.found[*seen].end
}

// follow matches the rest of a rule, whose phrases stand on the stack from base on, and keeps the result
// when it is the longest yet.
func (p *parse) follow(rule *compiled, atoms []atom, at, base int, best *remembered) {
	if len(atoms) == 0 {
		if at > best.end {
			if m, ok := rule.mean(p, p.got[base:]); ok {
				m.said = true
				best.m, best.end = m, at
			}
		}
		return
	}
	a := &atoms[0]
	if a.words != nil {
		if at < len(p.words) && hasWord(a.words, p.words[at].id) {
			p.follow(rule, atoms[1:], at+1, base, best)
		}
		if a.optional {
			p.follow(rule, atoms[1:], at, base, best)
		}
		return
	}
	top := len(p.got)
	if m, end := p.phrase(a.kind, at); end > 0 {
		p.got = append(p.got, m)
		p.follow(rule, atoms[1:], end, base, best)
		p.got = p.got[:top]
	}
	if a.optional {
		p.got = append(p.got, meaning{})
		p.follow(rule, atoms[1:], at, base, best)
		p.got = p.got[:top]
	}
}

func hasWord(words []wordID, id wordID) bool {
	for _, w := range words {
		if w == id {
			return true
		}
	}
	return false
}
