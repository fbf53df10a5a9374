package words

import (
	"iter"
	"strings"
	"unicode"
)

// fold brings a text to the one form that everything here compares: lower case, е for ё, plain spaces,
// hyphens and apostrophes, no invisible marks.
func fold(text string) string { return strings.Map(foldRune, text) }

func foldRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r >= 'а' && r <= 'я', r == ' ':
		return r
	case r == 'ё', r == 'Ё':
		return 'е'
	case r >= 'А' && r <= 'Я':
		return r + 'а' - 'А'
	case r == '’', r == 'ʼ', r == '‘', r == '`':
		return '\''
	case r == '−', r == '‐', r == '‑', r == '‒', r == '–', r == '—', r == '―':
		return '-'
	case r >= '！' && r <= '～': // full width
		return foldRune(r - '！' + '!')
	case unicode.IsSpace(r):
		return ' '
	case invisible(r):
		return -1
	}
	return unicode.ToLower(r)
}

// invisible covers direction marks, joiners, variation selectors, skin tones and the keycap's frame.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Cc, r) ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF || r == 0x20E3 || r == unicode.ReplacementChar
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'а' && r <= 'я' || unicode.IsLetter(r) || unicode.Is(unicode.M, r)
}

// table turns {value: "its spellings, separated by spaces"} round.
func table[V any](rows []row[V]) map[string]V {
	m := make(map[string]V, 8*len(rows))
	for _, r := range rows {
		for w := range strings.FieldsSeq(fold(r.words)) {
			m[w] = r.value
		}
	}
	return m
}

type row[V any] struct {
	value V
	words string
}

// set is the words of a text.
func set(words string) map[string]bool { return table([]row[bool]{{true, words}}) }

// splitBars yields the folded, trimmed pieces between bars.
func splitBars(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for p := range strings.SplitSeq(fold(text), "|") {
			if p = strings.Join(strings.Fields(p), " "); p != "" && !yield(p) {
				return
			}
		}
	}
}
