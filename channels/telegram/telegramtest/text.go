package telegramtest

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxText    = 4096 // UTF-16 units, after the tags are taken out
	maxCaption = 1024
)

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// words checks a text and takes its tags out.
func words(p *params, name string, longest int) (string, []Entity, *refusal) {
	text, entities := p.text(name), []Entity(nil)
	if !utf8.ValidString(text) {
		return "", nil, bad("strings must be encoded in UTF-8")
	}
	switch p.text("parse_mode") {
	case "":
		if err := p.object(strings.TrimPrefix(name+"_entities", "text_"), &entities); err != nil {
			return "", nil, bad("can't parse entities")
		}
	case "HTML":
		var refused *refusal
		if text, entities, refused = parseHTML(text); refused != nil {
			return "", nil, refused
		}
	default:
		return "", nil, bad("unsupported parse_mode")
	}
	text = strings.TrimSpace(text)
	if units(text) > longest {
		if name == "caption" {
			return "", nil, bad("message caption is too long")
		}
		return "", nil, bad("message is too long")
	}
	return text, entities, nil
}
