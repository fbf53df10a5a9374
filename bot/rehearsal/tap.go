package rehearsal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"careline/channels"
	"careline/dialogs/transcript"
)

// open is the index of the last message with buttons.
func (p *play) open() int {
	for i, h := range slices.Backward(p.said) {
		if len(h.Choices) > 0 {
			return i
		}
	}
	return -1
}

// tap presses the newest button with this label among the messages; where the messenger has no buttons, the
// person types the number that stands before it.
func (p *play) tap(label string, among []heard) (channels.Incoming, error) {
	for _, h := range slices.Backward(among) {
		i := slices.IndexFunc(h.Choices, func(c channels.Choice) bool { return c.Label == label })
		if i < 0 {
			continue
		}
		in := h.press(i)
		if h.counts(i) && h.Ask == channels.AskSeveral {
			in.Text, p.marked = strings.Join(p.marked, ", "), nil
		}
		return in, nil
	}
	return channels.Incoming{}, p.mistake(fmt.Sprintf("a button «%s»", label), p.story())
}

func (h *heard) press(i int) channels.Incoming {
	choice := h.Choices[i]
	for _, s := range h.shown {
		for _, b := range s.Buttons() {
			if b.Data == choice.Data && s.Keyboard {
				return channels.Incoming{Text: b.Label}
			} else if b.Data == choice.Data {
				return channels.Incoming{Choice: b.Data}
			}
		}
	}
	if choice.Link != "" {
		return channels.Incoming{Choice: choice.Data}
	}
	return channels.Incoming{Text: h.typed(i)}
}

// typed is what a person types for a choice where the messenger has no buttons: its mark in the list, or itself.
func (h *heard) typed(i int) string {
	answers := slices.DeleteFunc(slices.Clone(h.Choices), func(c channels.Choice) bool { return c.Link != "" })
	at := slices.IndexFunc(answers, func(c channels.Choice) bool { return c.Data == h.Choices[i].Data })
	return cmp.Or(channels.Marks(answers, h.Ask, h.Language)[at], h.Choices[i].Label)
}

// counts reports whether the messenger shows this choice in the text.
func (h *heard) counts(i int) bool { return h.Choices[i].Link == "" && h.press(i).Text == h.typed(i) }

// marks notes a tap on one of several where choices are numbers: they are typed together at «Готово», the
// last button.
func (p *play) marks(label string) bool {
	if p.open() < 0 {
		return false
	}
	h := p.said[p.open()]
	i := slices.IndexFunc(h.Choices, func(c channels.Choice) bool { return c.Label == label })
	if i < 0 || i == len(h.Choices)-1 || h.Ask != channels.AskSeveral || !h.counts(i) {
		return false
	}
	p.marked = append(p.marked, h.typed(i))
	return true
}

// Possible reports whether a person can do all this in that messenger: where choices are numbers there is no
// button to be pressed late, twice or forged.
func Possible(t *transcript.Transcript, id channels.ID) bool {
	if channels.Known()[id].Inline.Total > 0 {
		return true
	}
	return !slices.ContainsFunc(t.Lines, func(l transcript.Line) bool {
		return l.Does == transcript.Presses || l.Does == transcript.Forges || l.Does == transcript.Taps && l.Twice
	})
}
