package channels

import "strings"

// pollQuestion is the longest question of a poll, UTF-16 units.
const pollQuestion = 255

// pollOf are the choices as options of a poll; nil when they make none.
func pollOf(choices []Choice, o Outgoing, caps Caps) []Button {
	if caps.Polls == 0 || len(choices) < 2 || len(choices) > caps.Polls || o.Ask != AskOne && o.Ask != AskRating {
		return nil
	}
	if before, asked := question(o.Text); before != "" && asked == "" {
		return nil
	}
	options := toButtons(choices, o.Ask)
	for i, b := range options {
		if b.Link != "" || Units(b.Label) > caps.Label || choices[i].About != "" {
			return nil
		}
		for _, other := range options[:i] {
			if other.Label == b.Label {
				return nil
			}
		}
	}
	return options
}

// question cuts a text into what goes before a poll and what the poll asks: the whole text if it is short, else its
// last line if that is a question; empty when there is none.
func question(text string) (before, asked string) {
	text = strings.TrimSpace(text)
	if Units(text) <= pollQuestion {
		return "", text
	}
	i := strings.LastIndexByte(text, '\n')
	if last := text[i+1:]; i > 0 && Units(last) <= pollQuestion && strings.HasSuffix(last, "?") {
		return strings.TrimSpace(text[:i]), last
	}
	return text, ""
}

// putPoll asks the question of the last text as a poll; the rest goes before.
func putPoll(shown []Shown, texts []string, poll []Button, word func(string) string) []Shown {
	asked := word(WordChoose)
	if n := len(texts); n > 0 {
		var before string
		before, asked = question(texts[n-1])
		if texts = texts[:n-1]; before != "" {
			texts = append(texts, before)
		}
	}
	return append(append(shown, say(texts)...), Shown{Text: asked, Poll: poll})
}
