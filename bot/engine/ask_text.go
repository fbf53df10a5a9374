package engine

import (
	"strings"
	"unicode/utf8"

	"careline/channels"
)

// maxText is the longest text answer in characters.
const maxText = 1000

// text is one message in the person's own words.
type text struct{ written }

func (text) understand(_ *question, in *channels.Incoming) (any, bool) {
	said := strings.TrimSpace(in.Text)
	return said, said != "" && utf8.RuneCountInString(said) <= maxText
}

func (text) retry(_ *question, in *channels.Incoming) string {
	if in != nil && utf8.RuneCountInString(in.Text) > maxText {
		return "engine.retry.too_long"
	}
	return "engine.retry.text"
}

// clip cuts a text after so many characters.
func clip(text string, most int) string {
	for i := range text {
		if most == 0 {
			return text[:i]
		}
		most--
	}
	return text
}
