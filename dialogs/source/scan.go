package source

import (
	"regexp"
	"strings"
)

// scan looks at the lines before YAML does, because the parser stops at its first difficulty and speaks
// of tokens, where a writer needs to know which text to put in quotes.
type scan struct {
	Report
	file  string
	lines []string
	seen  []int // numbers of the lines that are YAML, not the inside of a text
	deep  bool
}

var (
	blockHead = regexp.MustCompile(`^[|>][-+0-9]*\s*(#.*)?$`)
	word      = regexp.MustCompile(`^[\pL]`)
)

const maxDepth = 40

func (s *scan) run() {
	for i := 0; i < len(s.lines); {
		s.seen = append(s.seen, i)
		i = s.line(i)
	}
}

// line looks at one line and gives the number of the next one to look at.
func (s *scan) line(i int) int {
	line := s.lines[i]
	body := strings.TrimLeft(line, " ")
	at := len(line) - len(body)
	switch {
	case strings.TrimSpace(body) == "" || body[0] == '#':
		return i + 1
	case body[0] == '\t':
		s.Add(s.pos(i, at), 8, "a tab", "indent with spaces, two a level")
		return i + 1
	case at == 0 && (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || line[0] == '%'):
		s.Add(s.pos(i, at), 8, "`"+strings.TrimSpace(line)+"`", "remove the line")
		return i + 1
	}
	indent, dashes := at, 0
	for strings.HasPrefix(body, "- ") {
		trimmed := strings.TrimLeft(body[1:], " ")
		at += len(body) - len(trimmed)
		body = trimmed
		dashes++
	}
	if indent > 4*maxDepth || dashes > maxDepth || depth(body) > maxDepth {
		s.deep = true
	}
	if body != "" && (body[0] == '"' || body[0] == '\'') && s.quotedKey(i, at, body) {
		return i + 1
	}
	if key := separator(body); key >= 0 && !strings.ContainsRune("{[", rune(body[0])) {
		if strings.HasPrefix(body, "<<") {
			s.Add(s.pos(i, at), 8, "`<<`", quoteIt)
		}
		value := strings.TrimLeft(body[key+1:], " ")
		return s.value(i, len(line)-len(value), indent, value)
	}
	return s.value(i, at, indent, body)
}

// value looks at what stands behind a key or a dash.
func (s *scan) value(i, at, indent int, v string) int {
	if v == "" {
		return i + 1
	}
	switch v[0] {
	case '|', '>':
		if !blockHead.MatchString(v) {
			s.structure(i, at, v)
			return i + 1
		}
		return s.afterBlock(i, indent)
	case '"', '\'':
		return s.afterQuote(i, at, v)
	case '&', '*', '!':
		s.Add(s.pos(i, at), 8, "`"+v[:1]+"`", quoteIt)
	case '@', '%', '`':
		s.structure(i, at, v)
	case '{', '[':
		if end := closing(v); end >= 0 {
			if rest := strings.TrimSpace(v[end+1:]); rest != "" && rest[0] != '#' {
				s.structure(i, at, v)
			}
		}
	default:
		plain, _, _ := strings.Cut(v, " #")
		if colon := separator(plain); colon >= 0 && word.MatchString(plain) {
			s.add(i, at+colon, 3)
		}
	}
	return i + 1
}

// quotedKey tells of a condition that begins with a quote; YAML reads the quoted part as the whole key.
func (s *scan) quotedKey(i, at int, body string) bool {
	end := quoteEnd(body)
	if end < 0 {
		return false
	}
	rest := strings.TrimSpace(body[end+1:])
	if rest == "" || rest[0] == ':' || rest[0] == '#' || separator(rest) < 0 {
		return false
	}
	s.add(i, at, 41)
	return true
}

func (s *scan) afterBlock(i, indent int) int {
	for i++; i < len(s.lines); i++ {
		body := strings.TrimLeft(s.lines[i], " ")
		if body != "" && len(s.lines[i])-len(body) <= indent {
			break
		}
	}
	return i
}

func (s *scan) afterQuote(i, at int, v string) int {
	if end := quoteEnd(v); end >= 0 {
		if rest := strings.TrimSpace(v[end+1:]); rest != "" && !strings.ContainsRune("#:,}]", rune(rest[0])) {
			s.Add(s.pos(i, at+end+1), 1, "the quotes end before the text does; write «» inside a text, or the whole text under `|`")
		}
		return i + 1
	}
	for j := i + 1; j < len(s.lines); j++ {
		if quoteEnd(v[:1]+s.lines[j]) >= 0 {
			return j + 1
		}
	}
	return len(s.lines)
}

func (s *scan) structure(i, at int, v string) {
	shown, _, _ := strings.Cut(v, " #")
	if r := []rune(shown); len(r) > 40 {
		shown = string(r[:40]) + "…"
	}
	s.Add(s.pos(i, at), 2, v[:1], strings.TrimSpace(shown))
}

func (s *scan) add(i, at, number int) { s.Report.Add(s.pos(i, at), number) }

func (s *scan) pos(i, at int) Pos {
	return Pos{File: s.file, Line: i + 1, Column: runes(s.lines[i][:at]) + 1}
}

// separator is the index of the first colon outside quotes that YAML takes for the end of a key.
func separator(s string) int {
	var quote byte
	for i := range len(s) {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"':
			quote = c
		case c == '#' && i > 0 && s[i-1] == ' ':
			return -1
		case c == ':' && (i+1 == len(s) || s[i+1] == ' '):
			return i
		}
	}
	return -1
}

// closing is the index of the bracket that closes the one at the beginning, -1 if it is not in the line.
func closing(s string) int {
	open := 0
	var quote byte
	for i := range len(s) {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{' || c == '[':
			open++
		case c == '}' || c == ']':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

// quoteEnd is the index of the quote that ends the quoted text at the beginning, -1 if there is none.
func quoteEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[0] == '\'' && s[i] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == s[0]:
			return i
		}
	}
	return -1
}

// depth is how deep brackets stand in a line.
func depth(s string) int {
	deepest, open := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{', '[':
			open++
		case '}', ']':
			open--
		}
		deepest = max(deepest, open)
	}
	return deepest
}
