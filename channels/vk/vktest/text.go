package vktest

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const maxText = 4096 // UTF-16 units

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// words checks the text of a message.
func words(p *params) (string, *refusal) {
	text := strings.TrimSpace(p.text("message"))
	switch {
	case !utf8.ValidString(text):
		return "", bad("message should be in UTF-8")
	case units(text) > maxText:
		return "", &refusal{914, "Message is too long"}
	}
	return text, nil
}
