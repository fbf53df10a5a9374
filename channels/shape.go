package channels

import (
	"slices"
	"strings"
)

// shape is how the choices of a message are shown: as one of pages, poll and cards, or as lines.
type shape struct {
	pages    [][][]Button
	keyboard bool
	poll     []Button
	cards    []Card
	lines    string   // under the text
	more     []string // in messages of their own
}

// arrange finds the shape for the choices: cards or a poll where the messenger has them and they serve, else buttons
// under the message, else a keyboard if every label fits on it whole, else a list to be answered in words. A keyboard
// also carries the button that shares a phone.
func arrange(o Outgoing, caps Caps, word func(string) string) shape {
	phone := o.Ask == AskPhone && caps.Contact && caps.Keyboard.Total > 0
	if len(o.Choices) == 0 && !phone {
		return shape{}
	}
	inline := caps.Inline.Total > 0 && !phone
	links, answers := linkLines(o.Choices, caps, phone)
	if poll := pollOf(answers, o, caps); poll != nil && links == "" {
		return shape{poll: poll}
	}
	if cards, rest := cardsOf(answers, o.Ask, caps, word); inline && cards != nil {
		return shape{cards: cards, lines: links, pages: caps.Inline.pages(toButtons(rest, o.Ask), o.Ask)}
	}
	answers = unsaid(answers, o.Text)
	var shared []Button
	if phone {
		shared = []Button{{Label: shorten(word(WordSharePhone), caps.Label), Phone: true}}
	}
	all := append(shared, toButtons(answers, o.Ask)...)
	fit := fits(all, caps.Label)
	if inline {
		pages := caps.Inline.pages(all, o.Ask)
		if split := len(pages) > 1 && fit && scaleOf(all, o.Ask) > 0; split { // a scale is read as one
			inline = len(caps.Keyboard.pages(all, o.Ask)) != 1
		}
		if inline {
			return shape{pages: caps.Inline.pages(all, o.Ask), lines: paragraphs(links, inFull(all, answers, o, caps.Label))}
		}
	}
	if pages := caps.Keyboard.pages(all, o.Ask); len(pages) == 1 && fit {
		return shape{pages: pages, keyboard: true, lines: paragraphs(links, abouts(answers))}
	}
	s := list(o, answers, links, word)
	if phone {
		s.pages, s.keyboard = [][][]Button{{shared}}, true
	}
	return s
}

func paragraphs(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// abouts are the lines about the choices, for a messenger that shows the choices themselves as buttons.
func abouts(choices []Choice) string {
	var lines []string
	for _, c := range choices {
		if c.About != "" {
			lines = append(lines, described(c))
		}
	}
	return strings.Join(lines, "\n")
}

// unsaid leaves out what the text itself says about the choices.
func unsaid(choices []Choice, text string) []Choice {
	for i, c := range choices {
		if c.About == "" || !strings.Contains(text, c.About) {
			continue
		}
		choices = slices.Clone(choices)
		for j := i; j < len(choices); j++ {
			if strings.Contains(text, choices[j].About) {
				choices[j].About = ""
			}
		}
		return choices
	}
	return choices
}

// described is a choice with the line about it.
func described(c Choice) string {
	if c.About == "" {
		return c.Label
	}
	return c.Label + " — " + c.About
}
