package source

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
)

// quoteIt is what to do with a sign that YAML has a meaning for.
const quoteIt = "put a text in quotes"

var (
	keyAlone   = regexp.MustCompile(`^([a-z0-9_.]+):\S`)
	keyBare    = regexp.MustCompile(`^([a-z0-9_.]+)( |$)`)
	dashAlone  = regexp.MustCompile(`^-[^\s-]`)
	unclosed   = "could not find end character of"
	lookAround = "; look at the quotes and indents near here"
)

// explain tells why the document does not parse, unless the lines have told it already. The parser speaks of
// tokens; whoever writes needs to know what is wrong with the line.
func (s *scan) explain(err error) {
	if s.Findings.Failed() {
		return
	}
	at, reason := Pos{File: s.file, Line: 1, Column: 1}, err.Error()
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) {
		reason = syntax.Message
		if t := syntax.Token; t != nil && t.Position != nil {
			at.Line, at.Column = t.Position.Line, t.Position.Column
		}
	}
	if strings.HasPrefix(reason, unclosed) {
		s.Report.Add(at, 1, "the quote that opens here is never closed")
		return
	}
	if i, why := s.crooked(at.Line); why != "" {
		s.Report.Add(s.pos(i, spaces(s.lines[i])), 1, why)
		return
	}
	if at.Line <= len(s.lines) {
		if v := s.plainValue(at.Line - 1); v != "" && strings.ContainsRune("{[", rune(v[0])) {
			s.structure(at.Line-1, strings.Index(s.lines[at.Line-1], v), v)
			return
		}
	}
	s.Report.Add(at, 1, reason+lookAround)
}

// crooked finds the first line, up to the one after the given, that does not fit those above it, and says why.
func (s *scan) crooked(until int) (int, string) {
	levels, open := []int{0}, true // columns where lines may begin; whether the line above may have lines under it
	for _, i := range s.seen {
		line := strings.TrimRight(s.lines[i], " ")
		body := line[spaces(line):]
		if body == "" || body[0] == '#' {
			continue
		}
		if i > until || strings.ContainsRune("{[", rune(body[0])) {
			break
		}
		indent, popped := spaces(line), []int(nil)
		for levels[len(levels)-1] > indent {
			popped = append(popped, levels[len(levels)-1])
			levels = levels[:len(levels)-1]
		}
		top := levels[len(levels)-1]
		switch why := misshapen(body); {
		case indent > top && len(popped) > 0:
			return i, fmt.Sprintf("this line begins in column %d, those above in column %d or %d; line it up", indent+1, popped[len(popped)-1]+1, top+1)
		case indent > top && !open && separator(body) >= 0:
			return i, "this line is indented deeper than the line above, which has its value already"
		case why != "" && (indent == top || open):
			return i, why
		case indent > top:
			levels = append(levels, indent)
		}
		for strings.HasPrefix(body, "- ") {
			rest := strings.TrimLeft(body[1:], " ")
			indent += len(body) - len(rest)
			body = rest
			if separator(body) >= 0 {
				levels = append(levels, indent)
			}
		}
		open = body == "-" || opens(body)
	}
	return 0, ""
}

// opens reports whether a line is a key whose value is to come below; a comment may stand behind it.
func opens(body string) bool {
	at := separator(body)
	if at < 0 {
		return false
	}
	rest := strings.TrimLeft(body[at+1:], " ")
	return rest == "" || rest[0] == '#'
}

// misshapen tells what a line lacks to be a key with a value or an item of a list; "" when nothing.
func misshapen(body string) string {
	if dashAlone.MatchString(body) {
		return "a dash is followed by a space: `- " + first(body[1:]) + "`"
	}
	if separator(body) >= 0 || strings.HasPrefix(body, "-") {
		return ""
	}
	if m := keyAlone.FindStringSubmatch(body); m != nil {
		return "a colon is followed by a space: `" + m[1] + ": `"
	}
	if m := keyBare.FindStringSubmatch(body); m != nil {
		return "there is no colon after `" + m[1] + "`; write `" + m[1] + ": `"
	}
	return ""
}

// first word of what stands in a line.
func first(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

func (s *scan) plainValue(i int) string {
	body := strings.TrimLeft(s.lines[i], " -")
	if key := separator(body); key >= 0 {
		return strings.TrimLeft(body[key+1:], " ")
	}
	return body
}

// mark is the sign of YAML that stands at a place, as a sentence names it.
func mark(lines []string, at Pos) string {
	if at.Line <= len(lines) {
		line := []rune(lines[at.Line-1])
		if strings.HasPrefix(string(line[min(at.Column-1, len(line)):]), "<<") {
			return "`<<`"
		}
		if at.Column <= len(line) {
			return "`" + string(line[at.Column-1]) + "`"
		}
	}
	return "this sign"
}

func spaces(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
