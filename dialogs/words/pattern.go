package words

import (
	"math/bits"
	"strings"
)

// Pattern is words to be found inside a message: «не могу дышать», «цен*». Several words are heard in this
// order with at most three others between; a star makes a word the beginning of one.
type Pattern struct {
	words     []wanted
	letters   uint32
	forgiving bool
	slack     int // letters that typos may take away
}

type wanted struct {
	text    string
	letters uint32
	begins  bool
	size    int // in letters
}

const (
	nearBy       = 3 // words that may stand between two of a pattern
	forgivenFrom = 6 // letters a word needs before a typo in it is forgiven
)

// NewPattern reads a pattern as a script writes it. One without words is found nowhere.
func NewPattern(pattern string) Pattern {
	var p Pattern
	for f := range strings.FieldsSeq(fold(pattern)) {
		begins := strings.HasSuffix(f, "*")
		toks := scan(strings.TrimRight(f, "*"))
		for i, t := range toks {
			if t.kind == signToken {
				continue
			}
			parts := hyphenParts(t.text)
			for j, part := range parts {
				w := wanted{part, letterMask(part), begins && i == len(toks)-1 && j == len(parts)-1, letters(part)}
				p.words = append(p.words, w)
				p.letters |= w.letters
			}
		}
	}
	return p
}

// Forgiving is the pattern that also hears words of six letters and more with one typo, for danger signs.
func (p Pattern) Forgiving() Pattern {
	p.forgiving, p.slack = true, 0
	for _, w := range p.words {
		if w.size >= forgivenFrom {
			p.slack++
		}
	}
	return p
}

// In reports whether the message mentions the pattern.
func (p Pattern) In(m *Message) bool {
	if len(p.words) == 0 || len(m.words) < len(p.words) {
		return false
	}
	if bits.OnesCount32(p.letters&^m.letters) > p.slack {
		return false
	}
	return p.from(m.words, 0, len(m.words))
}

// from looks for word number i among the first within words, and for the others after it.
func (p *Pattern) from(words []seen, i, within int) bool {
	for at := 0; at < len(words) && at < within; at++ {
		if p.hears(&p.words[i], &words[at]) &&
			(i+1 == len(p.words) || p.from(words[at+1:], i+1, nearBy+1)) {
			return true
		}
	}
	return false
}

func (p *Pattern) hears(w *wanted, s *seen) bool {
	missing := bits.OnesCount32(w.letters &^ s.letters)
	if missing == 0 && (s.text == w.text || w.begins && strings.HasPrefix(s.text, w.text)) {
		return true
	}
	if !p.forgiving || w.size < forgivenFrom || missing > 1 {
		return false
	}
	if !w.begins {
		return bits.OnesCount32(s.letters&^w.letters) <= 1 && within1(s.text, w.text)
	}
	for n := w.size - 1; n <= w.size+1; n++ {
		if within1(firstLetters(s.text, n), w.text) {
			return true
		}
	}
	return false
}

// firstLetters is the first n letters of s, or all of it.
func firstLetters(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
