package desk

import (
	"cmp"

	"careline/locales"
)

// ReasonTitle is what a reason why a human was needed is called; the clinic's own are shown as they are written.
func ReasonTitle(words *locales.Catalogue, language, reason string) string {
	return cmp.Or(words.Word(language, "desk.reason."+reason), reason)
}
