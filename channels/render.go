package channels

import (
	"strconv"
	"strings"
)

// Render turns a message into what a messenger with these caps shows, in order. Nothing of it is lost:
// what has no shape there becomes lines of text. Buttons come last, so that they stay in sight.
func Render(o Outgoing, caps Caps, words Words) []Shown {
	if o.Topic != nil && (o.Topic.Only || o.Topic.Gone) {
		return nil
	}
	word := func(id string) string {
		if w := words(o.Language, id); w != "" {
			return w
		}
		return "…" // a messenger refuses an empty text
	}
	shape := arrange(o, caps, word)
	if o.Redraws != "" {
		return redraw(o, shape)
	}
	shown := put(o, caps, shape, word)
	for i := range shown {
		shown[i].Key = part(o.Key, i)
	}
	if len(shown) > 0 {
		shown[0].Closes = o.Closes
	}
	return shown
}

// put brings files, place, words and choices into the order in which they are read.
func put(o Outgoing, caps Caps, s shape, word func(string) string) []Shown {
	text := joinLines(o, caps, s.lines)
	texts := Split(text, caps.Text)
	for _, page := range s.more {
		texts = append(texts, Split(page, caps.Text)...)
	}
	hangs := len(s.pages) > 0 || s.poll != nil || s.cards != nil
	captioned := caps.Files && len(o.Files) > 0 && text != "" && len(s.more) == 0 && Units(text) <= caps.Caption && s.poll == nil && s.cards == nil
	placed := o.Place != nil && caps.Places
	var shown []Shown
	if caps.Files {
		shown = make([]Shown, 0, len(o.Files)+len(texts)+1)
		for i := range o.Files {
			shown = append(shown, Shown{File: &o.Files[i]})
		}
	}
	if captioned {
		shown[len(shown)-1].Text, texts = text, nil
	}
	if !hangs { // without buttons the words come before what they speak of
		shown = append(say(texts), shown...)
	}
	if placed {
		shown = append(shown, Shown{Place: o.Place})
	}
	switch {
	case s.poll != nil:
		return putPoll(shown, texts, s.poll, word)
	case s.cards != nil:
		return putCards(shown, texts, s, word)
	case !hangs:
		return shown
	case captioned && placed: // the captioned file goes below the place, with the buttons
		n := len(shown)
		shown[n-1], shown[n-2] = shown[n-2], shown[n-1]
	case !captioned && len(texts) == 0:
		texts = []string{word(WordChoose)}
	}
	return hang(append(shown, say(texts)...), s, word)
}

func say(texts []string) []Shown {
	shown := make([]Shown, len(texts))
	for i, t := range texts {
		shown[i].Text = t
	}
	return shown
}

// hang puts the first page of buttons under the last message and each other one under a message of its own.
func hang(shown []Shown, b shape, word func(string) string) []Shown {
	for i, rows := range b.pages {
		if i > 0 {
			shown = append(shown, Shown{Text: word(WordMore)})
		}
		last := &shown[len(shown)-1]
		last.Rows, last.Keyboard = rows, b.keyboard
	}
	return shown
}

func redraw(o Outgoing, b shape) []Shown {
	shown := make([]Shown, len(b.pages))
	for i, rows := range b.pages {
		shown[i] = Shown{Key: part(o.Key, i), Redraws: o.Redraws, Rows: rows, Keyboard: b.keyboard}
	}
	return shown
}

// part is the idempotency key of the i-th message that one Outgoing became.
func part(key string, i int) string {
	if i == 0 || key == "" {
		return key
	}
	return key + "/" + strconv.Itoa(i+1)
}

// joinLines is the text with everything under it that cannot be shown otherwise.
func joinLines(o Outgoing, caps Caps, choices string) string {
	text := strings.TrimSpace(o.Text)
	if choices == "" && (o.Place == nil || caps.Places) && (len(o.Files) == 0 || caps.Files) {
		return text
	}
	blocks := []string{text}
	if !caps.Files {
		for _, f := range o.Files {
			blocks = append(blocks, "📎 "+f.Name)
		}
	}
	if o.Place != nil && !caps.Places {
		blocks = append(blocks, o.Place.lines())
	}
	if choices != "" {
		blocks = append(blocks, choices)
	}
	return strings.TrimSpace(strings.Join(blocks, "\n\n"))
}
