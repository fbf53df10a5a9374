package words

import "unicode/utf8"

// within1 reports whether one inserted, lost, changed or swapped letter leads from a to b.
func within1(a, b string) bool {
	if a == b {
		return true
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && (i < len(a) && !utf8.RuneStart(a[i]) || i < len(b) && !utf8.RuneStart(b[i])) {
		i--
	}
	a, b = a[i:], b[i:]
	ra, na := utf8.DecodeRuneInString(a)
	rb, nb := utf8.DecodeRuneInString(b)
	if a[na:] == b[nb:] || a[na:] == b || a == b[nb:] {
		return true
	}
	sa, ma := utf8.DecodeRuneInString(a[na:])
	sb, mb := utf8.DecodeRuneInString(b[nb:])
	return ra == sb && rb == sa && a[na+ma:] == b[nb+mb:]
}

// letters counts runes.
func letters(s string) int { return utf8.RuneCountInString(s) }
