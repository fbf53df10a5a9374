package whatsapp

import (
	"net/url"
	"regexp"
	"strings"

	"careline/channels"
)

// Invite is a link that opens the chat with the clinic's number, with words to be sent there that name the source. ""
// when the number is not in the options.
func (w *WhatsApp) Invite(source string) string {
	number := strings.TrimPrefix(w.options.Phone, "+")
	if number == "" || len(w.options.Languages) == 0 {
		return ""
	}
	lang := w.options.Languages[0]
	text := w.options.Words(lang, channels.WordHello) + " (" + w.options.Words(lang, channels.WordCode) + " " + source + ")"
	return "https://wa.me/" + number + "?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

var invited = regexp.MustCompile(`\s*\((\p{L}+) ([A-Za-z0-9_-]{1,64})\)\s*$`)

// start is what the person says who sent the words of a link as they were: those are not their own.
const start = "/start"

// came takes the source out of words that a link wrote; anybody can write such.
func (o *Options) came(text string) (said, source string) {
	found := invited.FindStringSubmatch(text)
	if found == nil {
		return text, ""
	}
	for _, lang := range o.Languages {
		if !strings.EqualFold(found[1], o.Words(lang, channels.WordCode)) {
			continue
		}
		said = strings.TrimSuffix(text, found[0])
		if said == "" || said == o.Words(lang, channels.WordHello) {
			said = start
		}
		return said, found[2]
	}
	return text, ""
}
