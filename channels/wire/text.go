// Package wire is what the channels to networks have in common below their own protocols: text that may be kept, links,
// receipts, failures, pauses.
package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean drops what is no text, and what nobody sees.
func Clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' || unseen(r) {
			return -1
		}
		return r
	}, s))
}

// unseen characters turn the words around them, or make two names that look the same differ. The joiners stay: emoji and
// Persian are written with them.
func unseen(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u200b', r == '\u200e', r == '\u200f', r == '\u2060', r == '\ufeff':
		return true
	}
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// Cut shortens s to limit bytes between whole characters.
func Cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
