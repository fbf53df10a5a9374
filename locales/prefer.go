package locales

import "golang.org/x/text/language"

// Prefer is the one of the offered languages that a browser likes best, by its Accept-Language header; the first when it
// likes none of them.
func Prefer(accept string, offered []string) string {
	tags := make([]language.Tag, len(offered))
	for i, l := range offered {
		tags[i] = language.Make(l)
	}
	_, i := language.MatchStrings(language.NewMatcher(tags), accept)
	return offered[i]
}
