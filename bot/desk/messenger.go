package desk

import (
	"cmp"

	"careline/locales"
)

// Messenger is what a channel is called in the language.
func Messenger(words *locales.Catalogue, language, channel string) string {
	return cmp.Or(words.Word(language, "desk.room.channel."+cmp.Or(channel, "none")), channel)
}
