package desk

import (
	"cmp"

	"careline/locales"
)

// TicketTitle is what a kind of ticket is called; one that only the clinic's scripts know is shown as they write it.
func TicketTitle(words *locales.Catalogue, language, kind string) string {
	return cmp.Or(words.Word(language, "desk.ticket."+kind), kind)
}

// ReasonTitle is what a reason why a human was needed is called; the clinic's own are shown as they are written.
func ReasonTitle(words *locales.Catalogue, language, reason string) string {
	return cmp.Or(words.Word(language, "desk.reason."+reason), reason)
}
