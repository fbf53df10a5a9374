package locales

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Fault is what can be wrong in a text.
type Fault string

// The faults.
const (
	UnclosedValue Fault = "unclosed value" // `{` without `}`
	UnclosedPiece Fault = "unclosed piece" // `[` without `]`
	BadPath       Fault = "bad path"       // `{}`, `{Имя}`, `{a..b}`
	EmptyPiece    Fault = "empty piece"    // `[…]` without a value
	NestedPiece   Fault = "nested piece"   // `[` inside `[…]`
)

// SyntaxError tells the fault of a text and where it is: Offset counts characters from 0.
type SyntaxError struct {
	Fault  Fault
	Offset int
	Near   string // the piece or the path at fault
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("character %d: %s: %s", e.Offset+1, e.Fault, e.Near)
}

// Parse reads a text. The error is a *SyntaxError.
func Parse(text string) (*Template, error) {
	p := reader{text: text, t: &Template{}}
	parts, err := p.parts(false)
	if err != nil {
		return nil, err
	}
	p.t.parts, p.t.plain = parts, p.plain.String()
	p.t.size = p.plain.Len()
	return p.t, nil
}

type reader struct {
	text  string
	at    int // byte
	t     *Template
	plain strings.Builder
}

// parts reads to the end of the text, or of the optional piece; its `]` stays unread.
func (p *reader) parts(inPiece bool) ([]part, error) {
	var parts []part
	var words strings.Builder
	flush := func() {
		if words.Len() > 0 {
			p.plain.WriteString(words.String())
			parts = append(parts, part{text: words.String()})
			words.Reset()
		}
	}
	for p.at < len(p.text) {
		c := p.text[p.at]
		switch {
		case c == '\\' && p.at+1 < len(p.text) && strings.IndexByte("{}[]", p.text[p.at+1]) >= 0:
			words.WriteByte(p.text[p.at+1])
			p.at += 2
		case c == '{':
			flush()
			path, err := p.value(inPiece)
			if err != nil {
				return nil, err
			}
			parts = append(parts, part{path: path})
		case c == '[' && inPiece:
			return nil, p.fault(NestedPiece, p.at, len(p.text))
		case c == '[':
			flush()
			piece, err := p.piece()
			if err != nil {
				return nil, err
			}
			parts = append(parts, part{piece: piece})
		case c == ']' && inPiece:
			flush()
			return parts, nil
		default:
			words.WriteByte(c)
			p.at++
		}
	}
	flush()
	return parts, nil
}

func (p *reader) value(optional bool) (string, error) {
	start := p.at
	end := strings.IndexByte(p.text[start:], '}')
	if end < 0 {
		return "", p.fault(UnclosedValue, start, len(p.text))
	}
	path := p.text[start+1 : start+end]
	p.at = start + end + 1
	if !isPath(path) {
		return "", p.fault(BadPath, start, p.at)
	}
	p.t.refs = append(p.t.refs, Ref{Path: path, Offset: utf8.RuneCountInString(p.text[:start]), Optional: optional})
	p.plain.WriteString(Placeholder)
	return path, nil
}

func (p *reader) piece() ([]part, error) {
	start, refs := p.at, len(p.t.refs)
	p.at++
	piece, err := p.parts(true)
	if err != nil {
		return nil, err
	}
	if p.at == len(p.text) {
		return nil, p.fault(UnclosedPiece, start, p.at)
	}
	p.at++
	if len(p.t.refs) == refs {
		return nil, p.fault(EmptyPiece, start, p.at)
	}
	return piece, nil
}

func (p *reader) fault(f Fault, from, to int) error {
	near := []rune(p.text[from:to])
	return &SyntaxError{Fault: f, Offset: utf8.RuneCountInString(p.text[:from]), Near: string(near[:min(len(near), 40)])}
}

// isPath: names of a-z 0-9 _ that begin with a letter, joined by dots.
func isPath(s string) bool {
	start := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z':
			start = false
		case c >= '0' && c <= '9' || c == '_':
			if start && i == 0 {
				return false
			}
			start = false
		case c == '.' && !start:
			start = true
		default:
			return false
		}
	}
	return s != "" && !start
}
