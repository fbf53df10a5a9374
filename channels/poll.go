package channels

import "strings"

// pollQuestion is the longest question of a poll, UTF-16 units.
const pollQuestion = 255

// pollOf are the choices as options of a poll; nil when they make none.
func pollOf(choices []Choice, ask Ask, caps Caps) []Button {
	if caps.Polls == 0 || len(choices) < 2 || len(choices) > caps.Polls || ask != AskOne && ask != AskRating {
		return nil
	}
	options := toButtons(choices, ask)
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

// putPoll asks the last text as a poll; of a text that is too long the last line, and the rest goes before.
func putPoll(shown []Shown, texts []string, poll []Button, word func(string) string) []Shown {
	question := ""
	if n := len(texts); n > 0 {
		texts, question = texts[:n-1], texts[n-1]
	}
	if Units(question) > pollQuestion {
		before, last := question, ""
		if i := strings.LastIndexByte(question, '\n'); i >= 0 {
			before, last = strings.TrimSpace(question[:i]), question[i+1:]
		}
		if Units(last) > pollQuestion || last == "" {
			before, last = question, ""
		}
		texts, question = append(texts, before), last
	}
	if question == "" {
		question = word(WordChoose)
	}
	return append(append(shown, say(texts)...), Shown{Text: question, Poll: poll})
}
