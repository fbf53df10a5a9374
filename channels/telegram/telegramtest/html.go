package telegramtest

import (
	"fmt"
	"html"
	"strings"
)

// htmlTags are those that Telegram knows, with the kind of entity each makes.
var htmlTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "a": "text_link", "code": "code", "pre": "pre",
	"blockquote": "blockquote", "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
}

// parser takes the tags out of a text.
type parser struct {
	text     strings.Builder
	open     []openTag
	entities []Entity
}

type openTag struct {
	name, url string
	offset    int // UTF-16 units of the text before it
}

// parseHTML is strict in what the real one is strict in: a tag must be known and closed in order, a bare < must
// be written &lt;. A bare & is let through.
func parseHTML(s string) (string, []Entity, *refusal) {
	var p parser
	for at := 0; at < len(s); {
		next := strings.IndexByte(s[at:], '<')
		if next < 0 {
			next = len(s) - at
		}
		p.text.WriteString(html.UnescapeString(s[at : at+next]))
		if at += next; at == len(s) {
			break
		}
		end := strings.IndexByte(s[at:], '>')
		if end < 0 {
			return "", nil, entityError("Unclosed start tag at byte offset %d", at)
		}
		if refused := p.tag(s[at+1:at+end], at); refused != nil {
			return "", nil, refused
		}
		at += end + 1
	}
	if n := len(p.open); n > 0 {
		return "", nil, entityError("Can't find end tag corresponding to start tag \"%s\"", p.open[n-1].name)
	}
	return p.text.String(), p.entities, nil
}

// tag opens or closes one; at is its place in the source.
func (p *parser) tag(inside string, at int) *refusal {
	if name, closing := strings.CutPrefix(inside, "/"); closing {
		return p.close(strings.ToLower(strings.TrimSpace(name)), at)
	}
	name, attributes, _ := strings.Cut(inside, " ")
	name = strings.ToLower(name)
	if _, known := htmlTags[name]; !known {
		return entityError("Unsupported start tag \"%s\" at byte offset %d", name, at)
	}
	p.open = append(p.open, openTag{name: name, url: href(attributes), offset: units(p.text.String())})
	return nil
}

func (p *parser) close(name string, at int) *refusal {
	if len(p.open) == 0 {
		return entityError("Unexpected end tag at byte offset %d", at)
	}
	last := p.open[len(p.open)-1]
	if name != "" && name != last.name {
		return entityError("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, last.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if length := units(p.text.String()) - last.offset; length > 0 {
		p.entities = append(p.entities, Entity{Type: htmlTags[last.name], Offset: last.offset, Length: length, URL: last.url})
	}
	return nil
}

func href(attributes string) string {
	_, value, found := strings.Cut(attributes, "href=")
	if !found || value == "" {
		return ""
	}
	return html.UnescapeString(strings.Trim(value, `"'`))
}

func entityError(format string, args ...any) *refusal {
	return bad("can't parse entities: " + fmt.Sprintf(format, args...))
}
