// Package wire is what the channels to networks have in common below their own protocols: text that may be kept, links,
// receipts, failures, pauses.
package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean drops what is no text.
func Clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s))
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
