package runner

import (
	"slices"
	"strings"
	"unicode"

	"careline/channels"
)

// enoughLetters tell a language; fewer may be anybody's: «ok».
const enoughLetters = 3

// understand guesses the person's language by the letters of their own words, where the messenger tells none: what is
// urgent has to be read before anybody can be asked.
func (c *chat) understand(m *channels.Incoming) {
	if c.row.Language != "" || m.Profile.Language != "" || m.Choice != "" || len(c.Scripts.Languages) < 2 {
		return
	}
	if guess := written(m.Text); slices.Contains(c.Scripts.Languages, guess) {
		c.row.Language, c.contact.Language, c.rowChanged = guess, guess, true
	}
}

// written is the language that the words may be in; empty = not sure. Russians write brands in Latin letters, and
// nobody else writes Cyrillic ones.
func written(text string) string {
	if strings.HasPrefix(text, "/") {
		return ""
	}
	cyrillic, latin := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case cyrillic >= enoughLetters:
		return "ru"
	case latin >= enoughLetters && cyrillic == 0:
		return "en"
	}
	return ""
}
