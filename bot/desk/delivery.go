package desk

import (
	"cmp"
	"strings"

	"careline/channels"
	"careline/locales"
	"careline/store"
)

// Delivery is what became of a line that was said to a patient.
type Delivery string

// The deliveries; the words for them are desk.delivery.…
const (
	Queued  Delivery = "queued"
	Retried Delivery = "retried" // it did not go, and is tried again
	Sent    Delivery = "sent"
	Missed  Delivery = "missed"  // the messenger will not take it, or it came too late
	Refused Delivery = "refused" // the patient does not take our messages
)

// DeliveryOf a line; empty for what the patient wrote.
func DeliveryOf(l store.Line) Delivery {
	switch {
	case l.Incoming:
		return ""
	case l.State == "sent":
		return Sent
	case l.State == "dropped" && strings.HasPrefix(l.Reason, channels.Blocked.String()):
		return Refused
	case l.State == "dropped":
		return Missed
	case l.Reason != "":
		return Retried
	}
	return Queued
}

// DeliveryWords say it, with a reason where one is known.
func DeliveryWords(words *locales.Catalogue, language string, l store.Line) string {
	said := words.Word(language, "desk.delivery."+string(DeliveryOf(l)))
	kind, _, _ := strings.Cut(cmp.Or(l.Reason, " "), " ")
	if why := words.Word(language, "desk.delivery.why."+strings.TrimSuffix(kind, ":")); why != "" && DeliveryOf(l) != Refused && DeliveryOf(l) != Sent {
		return said + ". " + why
	}
	return said
}
