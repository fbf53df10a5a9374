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
	memo  []remembered // by kind and place
}

type heard struct {
	id     wordID
	text   string
	n      int // of digits
	digits int // how many; 0 = a word
}

type remembered struct {
	known bool
	end   int // 0 = no match
	m     meaning
}

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
	p.memo = make([]remembered, len(g.kinds)*len(p.words))
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
	if at >= len(p.words) || !p.g.first[k][p.words[at].id] {
		return meaning{}, 0
	}
	if t := p.g.table[k]; t != nil {
		w := p.words[at]
		if w.digits > 0 {
			return meaning{said: true, n: w.n, digits: w.digits, zero: w.text[0] == '0'}, at + 1
		}
		return meaning{said: true, n: t[w.id]}, at + 1
	}
	r := &p.memo[int(k)*len(p.words)+at]
	if !r.known {
		r.known = true
		var got [6]meaning
		for i := range p.g.rules[k] {
			if rule := &p.g.rules[k][i]; rule.first[p.words[at].id] {
				p.follow(rule, rule.atoms, at, got[:0], r)
			}
		}
	}
	return r.m, r.end
}

// follow matches the rest of a rule and keeps the result when it is the longest yet.
func (p *parse) follow(rule *compiled, atoms []atom, at int, got []meaning, best *remembered) {
	if len(atoms) == 0 {
		if at > best.end {
			if m, ok := rule.mean(p, got); ok {
				m.said = true
				best.m, best.end = m, at
			}
		}
		return
	}
	a := atoms[0]
	if a.words != nil {
		if at < len(p.words) && hasWord(a.words, p.words[at].id) {
			p.follow(rule, atoms[1:], at+1, got, best)
		}
		if a.optional {
			p.follow(rule, atoms[1:], at, got, best)
		}
		return
	}
	if m, end := p.phrase(a.kind, at); end > 0 {
		p.follow(rule, atoms[1:], end, append(got, m), best)
	}
	if a.optional {
		p.follow(rule, atoms[1:], at, append(got, meaning{}), best)
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
