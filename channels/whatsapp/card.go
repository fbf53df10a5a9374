package whatsapp

import (
	"regexp"
	"strings"

	"careline/channels"
	"careline/channels/wire"

	"go.mau.fi/whatsmeow/proto/waE2E"
)

var (
	ofAccount = regexp.MustCompile(`(?im)^[^:\r\n]*;waid=([0-9]{7,15})[;:]`)
	dialled   = regexp.MustCompile(`(?im)^(?:[a-z0-9]+\.)?tel[^:\r\n]*:\s*(\+?[0-9 ()\-.]{7,25})`)
)

// card reads a contact's vCard: the phone of the account, else the first one that is written there.
func card(m *waE2E.ContactMessage) *channels.Shared {
	phone := ""
	if found := ofAccount.FindStringSubmatch(m.GetVcard()); found != nil {
		phone = "+" + found[1]
	} else if found := dialled.FindStringSubmatch(m.GetVcard()); found != nil {
		phone = digits(found[1])
	}
	if phone == "" {
		return nil
	}
	return &channels.Shared{Phone: phone, Name: wire.Clean(m.GetDisplayName())}
}

// digits keeps a plus in front.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}
