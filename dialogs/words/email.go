package words

import (
	"net/mail"
	"strings"
)

// Email finds the one address in a text and returns it with a small domain.
func Email(text string) (string, bool) {
	if len(text) > 400 {
		return "", false
	}
	found := ""
	for f := range strings.FieldsSeq(strings.Map(dropInvisible, text)) {
		if !strings.Contains(f, "@") {
			continue
		}
		if found != "" {
			return "", false
		}
		f = strings.TrimPrefix(strings.Trim(f, ".,;:!?()<>[]«»\"'"), "mailto:")
		if i := strings.LastIndex(f, ":"); i >= 0 { // «почта:anna@mail.ru»
			f = f[i+1:]
		}
		found = f
	}
	at := strings.LastIndex(found, "@")
	a, err := mail.ParseAddress(found)
	if err != nil || a.Address != found || at < 1 || len(found) > 254 || !domain(found[at+1:]) {
		return "", false
	}
	return found[:at+1] + strings.ToLower(found[at+1:]), true
}

func dropInvisible(r rune) rune {
	if r == '\n' || r == '\t' {
		return ' '
	}
	if invisible(r) {
		return -1
	}
	return r
}

// domain: at least two labels of letters, digits and hyphens, the last without digits.
func domain(s string) bool {
	parts := strings.Split(strings.ToLower(s), ".")
	for _, p := range parts {
		if p == "" || p[0] == '-' || strings.HasSuffix(p, "-") {
			return false
		}
		for _, r := range p {
			if !isLetter(r) && !isDigit(r) && r != '-' {
				return false
			}
		}
	}
	top := parts[len(parts)-1]
	return len(parts) > 1 && letters(top) >= 2 && !strings.ContainsAny(top, "0123456789")
}
