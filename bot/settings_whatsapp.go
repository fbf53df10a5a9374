package bot

import (
	"regexp"

	"careline/channels"
)

// WhatsAppSettings connect the clinic's own number.
type WhatsAppSettings struct {
	On    bool
	Phone string // E.164 of the account that may be linked; empty = any
	Rates channels.Rates
}

var (
	whatsappVar       = variable{"CARELINE_WHATSAPP", "on or off; the phone is linked by `careline link whatsapp`", "off"}
	whatsappPhoneVar  = variable{"CARELINE_WHATSAPP_PHONE", "the clinic's number in WhatsApp, +79991234567: no other can be linked by mistake", ""}
	whatsappLimitsVar = variable{"CARELINE_WHATSAPP_LIMITS", "messages a second in all, a second to one chat; 0 is no limit. More than the default invites a ban", "1,0.5"}
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`)

func (r *reader) whatsapp() WhatsAppSettings {
	n := r.numbers(whatsappLimitsVar, 2)
	w := WhatsAppSettings{Phone: r.read(whatsappPhoneVar), Rates: channels.Rates{PerSecond: n[0], PerChat: between(n[1])}}
	switch value := r.read(whatsappVar); value {
	case "on":
		w.On = true
	case "off":
	default:
		r.bad(whatsappVar, "%q is neither", value)
	}
	switch {
	case w.Phone != "" && !e164.MatchString(w.Phone):
		r.bad(whatsappPhoneVar, "not a phone with a plus and the country's code")
	case w.Phone == "" && w.On:
		r.bad(whatsappPhoneVar, "not set, and whoever scans the code would link a phone of their own")
	}
	return w
}
