package channels

import (
	"strconv"
	"strings"
)

// Render turns a message into what a messenger with these caps shows, in order. Nothing of it is lost:
// what has no shape there becomes lines of text. Buttons come last, so that they stay in sight.
func Render(o Outgoing, caps Caps, words Words) []Shown {
	word := func(id string) string {
		if w := words(o.Language, id); w != "" {
			return w
		}
		return "…" // a messenger refuses an empty text
	}
	buttons := arrange(o, caps, word)
	if o.Redraws != "" {
		return redraw(o, buttons)
	}
	text := joinLines(o, caps, buttons.lines)

	var shown []Shown
	files := o.Files
	if !caps.Files {
		files = nil
	}
	captioned := len(files) > 0 && text != "" && Units(text) <= caps.Caption
	texts := Split(text, caps.Text)
	for i := range files {
		shown = append(shown, Shown{File: &files[i]})
	}
	if captioned {
		shown[len(shown)-1].Text, texts = text, nil
	}
	if len(buttons.pages) == 0 { // without buttons the words come before what they speak of
		shown = append(say(texts), shown...)
	}
	if o.Place != nil && caps.Places {
		shown = append(shown, Shown{Place: o.Place})
	}
	if len(buttons.pages) > 0 {
		if captioned && o.Place != nil && caps.Places { // the captioned file goes below the place, with the buttons
			n := len(shown)
			shown[n-1], shown[n-2] = shown[n-2], shown[n-1]
		} else if !captioned && len(texts) == 0 {
			texts = []string{word(WordChoose)}
		}
		shown = hang(append(shown, say(texts)...), buttons, word)
	}
	for i := range shown {
		shown[i].Key = part(o.Key, i)
	}
	if len(shown) > 0 {
		shown[0].Closes = o.Closes
	}
	return shown
}

func say(texts []string) []Shown {
	shown := make([]Shown, len(texts))
	for i, t := range texts {
		shown[i].Text = t
	}
	return shown
}

// hang puts the first page of buttons under the last message and each other one under a message of its own.
func hang(shown []Shown, b buttons, word func(string) string) []Shown {
	for i, rows := range b.pages {
		if i > 0 {
			shown = append(shown, Shown{Text: word(WordMore)})
		}
		last := &shown[len(shown)-1]
		last.Rows, last.Keyboard = rows, b.keyboard
	}
	return shown
}

func redraw(o Outgoing, b buttons) []Shown {
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
