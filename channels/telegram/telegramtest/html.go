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

type openTag struct {
	name, url string
	offset    int
}

// parseHTML is strict in what the real one is strict in: a tag must be known and closed in order, a bare < must
// be written &lt;. A bare & is let through.
func parseHTML(s string) (string, []Entity, *refusal) {
	var text strings.Builder
	var open []openTag
	var entities []Entity
	for at := 0; at < len(s); {
		next := strings.IndexByte(s[at:], '<')
		if next < 0 {
			text.WriteString(html.UnescapeString(s[at:]))
			break
		}
		text.WriteString(html.UnescapeString(s[at : at+next]))
		at += next
		end := strings.IndexByte(s[at:], '>')
		if end < 0 {
			return "", nil, entityError("Unclosed start tag at byte offset %d", at)
		}
		inside := s[at+1 : at+end]
		if name, closing := strings.CutPrefix(inside, "/"); closing {
			if len(open) == 0 {
				return "", nil, entityError("Unexpected end tag at byte offset %d", at)
			}
			last := open[len(open)-1]
			if name := strings.ToLower(strings.TrimSpace(name)); name != "" && name != last.name {
				return "", nil, entityError("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, last.name, name)
			}
			open = open[:len(open)-1]
			if length := units(text.String()) - last.offset; length > 0 {
				entities = append(entities, Entity{Type: htmlTags[last.name], Offset: last.offset, Length: length, URL: last.url})
			}
		} else {
			name, rest, _ := strings.Cut(inside, " ")
			name = strings.ToLower(name)
			if _, known := htmlTags[name]; !known {
				return "", nil, entityError("Unsupported start tag \"%s\" at byte offset %d", name, at)
			}
			open = append(open, openTag{name: name, url: href(rest), offset: units(text.String())})
		}
		at += end + 1
	}
	if len(open) > 0 {
		return "", nil, entityError("Can't find end tag corresponding to start tag \"%s\"", open[len(open)-1].name)
	}
	return text.String(), entities, nil
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
