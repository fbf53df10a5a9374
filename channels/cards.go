package channels

import "strings"

// cardsOf are the choices with a line about them as cards, and those that remain; none when they are too few, too many,
// or one of them is too long to be shown so.
func cardsOf(choices []Choice, ask Ask, caps Caps, word func(string) string) (cards []Card, rest []Choice) {
	if caps.Cards == 0 || ask == AskSeveral {
		return nil, nil
	}
	n := 0
	for i := range choices {
		room := caps.Label
		if carded(choices[i]) {
			room = CardText
			n++
		}
		if Units(choices[i].Label) > room {
			return nil, nil
		}
	}
	if n < 2 || n > caps.Cards {
		return nil, nil
	}
	pick := shorten(word(WordPick), caps.Label)
	for i, c := range choices {
		if !carded(c) {
			rest = append(rest, c)
			continue
		}
		cards = append(cards, Card{Title: labelOf(c, i), About: brief(c.About), Button: Button{Label: pick, Data: c.Data}})
	}
	return cards, rest
}

func carded(c Choice) bool { return c.About != "" && c.Link == "" }

// brief is as many whole sentences as a card has room for, else as many words.
func brief(about string) string {
	if Units(about) <= CardText {
		return about
	}
	begins := Split(about, CardText-1)[0]
	if strings.HasSuffix(begins, ".") || strings.HasSuffix(begins, "!") || strings.HasSuffix(begins, "?") {
		return begins
	}
	return begins + "…"
}

// putCards shows the cards under the last text, and the other choices below.
func putCards(shown []Shown, texts []string, s shape, word func(string) string) []Shown {
	if len(texts) == 0 {
		texts = []string{word(WordChoose)}
	}
	shown = append(shown, say(texts)...)
	shown[len(shown)-1].Cards = s.cards
	if len(s.pages) == 0 {
		return shown
	}
	return hang(append(shown, Shown{Text: word(WordOr)}), s, word)
}
