package channels_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"careline/channels"
)

var (
	syllable = rapid.SampledFrom([]string{"зуб", "a", "боль", "ё\u0301", "👨‍👩‍👧", "🇷🇺", "😀", "שלום", "مرحبا", "🦷🏽", "https://x.example/a/b", "«", "»", "ок.", "да!", "\u00A0"})
	gap      = rapid.SampledFrom([]string{" ", " ", " ", "", "\n", "\n\n", ". ", "  "})
	prose    = rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		repeat := rapid.IntRange(0, 400).Draw(t, "repeat")
		for _, s := range rapid.SliceOfN(syllable, 0, 40).Draw(t, "syllables") {
			b.WriteString(strings.Repeat(s, 1+repeat%7))
			b.WriteString(gap.Draw(t, "gap"))
		}
		return strings.Repeat(b.String(), 1+repeat/4)
	})
	label = rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(syllable, 1, 30).Draw(t, "label"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
	})
	message = rapid.Custom(func(t *rapid.T) channels.Outgoing {
		o := channels.Outgoing{
			Key: "k", Text: prose.Draw(t, "text"), Choices: choices(rapid.SliceOfN(label, 0, 130).Draw(t, "labels")...),
			Ask: rapid.SampledFrom([]channels.Ask{"", channels.AskOne, channels.AskSeveral, channels.AskRating, channels.AskPhone, channels.AskText, channels.AskNumber}).Draw(t, "ask"),
		}
		for i := range o.Choices {
			switch rapid.IntRange(0, 9).Draw(t, "kind") {
			case 0:
				o.Choices[i].Link = "https://link.example/" + o.Choices[i].Data
			case 1, 2:
				o.Choices[i].About = label.Draw(t, "about")
			case 3:
				o.Choices[i].Label = strconv.Itoa(i)
			}
		}
		for range rapid.IntRange(0, 2).Draw(t, "files") {
			o.Files = append(o.Files, channels.File{Kind: channels.Document, Name: "visit.ics"})
		}
		if rapid.Bool().Draw(t, "place") {
			o.Place = &channels.Place{Title: "Клиника", Latitude: 55, Longitude: 37}
		}
		return o
	})
)

// messengers are the known ones, and one that shows polls.
func messengers() map[channels.ID]channels.Caps {
	known := channels.Known()
	polls := known["whatsapp"]
	polls.Polls = 12
	known["whatsapp with polls"] = polls
	return known
}

func TestRenderKeepsEveryLimitAndLosesNothing(t *testing.T) {
	for id, caps := range messengers() {
		t.Run(string(id), rapid.MakeCheck(func(t *rapid.T) {
			o := message.Draw(t, "message")
			shown := channels.Render(o, caps, words)
			var all strings.Builder
			files, places := 0, 0
			for _, s := range shown {
				all.WriteString(s.Text + "\n")
				keepsLimits(t, s, caps)
				if s.File != nil {
					files++
				}
				if s.Place != nil {
					places++
				}
			}
			if text := bare(o.Text); !strings.HasPrefix(bare(all.String()), text) {
				t.Errorf("the text changed")
			}
			if caps.Files && files != len(o.Files) || !caps.Files && strings.Count(all.String(), "📎") != len(o.Files) {
				t.Errorf("%d of %d files shown", files, len(o.Files))
			}
			if o.Place != nil && places == 0 && !strings.Contains(all.String(), o.Place.Link()) {
				t.Errorf("the place is lost")
			}
			keepsChoices(t, o, shown, bare(all.String()))
		}))
	}
}

// bare drops white space, which may change at a cut.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func keepsLimits(t *rapid.T, s channels.Shown, caps channels.Caps) {
	limit, grid := caps.Text, caps.Inline
	if s.File != nil {
		limit = caps.Caption
	}
	if s.Poll != nil {
		limit = 255
	}
	if s.Keyboard {
		grid = caps.Keyboard
	}
	if n := channels.Units(s.Text); n > limit {
		t.Errorf("text of %d units, limit %d", n, limit)
	}
	if len(s.Poll) > caps.Polls || len(s.Poll) == 1 || len(s.Cards) > caps.Cards || len(s.Cards) == 1 {
		t.Errorf("a poll of %d, %d cards", len(s.Poll), len(s.Cards))
	}
	for _, c := range s.Cards {
		if n, m := channels.Units(c.Title), channels.Units(c.About); n == 0 || n > 80 || m > 80 {
			t.Errorf("a card of %d and %d units", n, m)
		}
	}
	for _, b := range pressable(s) {
		if n := channels.Units(b.Label); n > caps.Label || n == 0 {
			t.Errorf("label of %d units, limit %d", n, caps.Label)
		}
	}
	if s.Text == "" && s.File == nil && s.Place == nil {
		t.Errorf("an empty message")
	}
	total := 0
	for _, row := range s.Rows {
		total += len(row)
		if len(row) > grid.PerRow || len(row) == 0 {
			t.Errorf("%d buttons in a row of %d", len(row), grid.PerRow)
		}
	}
	if len(s.Rows) > grid.Rows || total > grid.Total {
		t.Errorf("%d buttons in %d rows, grid %+v", total, len(s.Rows), grid)
	}
}

// keepsChoices: every choice is a button, a card or an option of a poll with its data, or stands in the text with its
// mark; in their order, cards first.
func keepsChoices(t *rapid.T, o channels.Outgoing, shown []channels.Shown, text string) {
	pressed := map[string]bool{}
	buttons := 0
	for _, s := range shown {
		for _, b := range pressable(s) {
			buttons++
			pressed[b.Data] = true
			if strings.HasSuffix(b.Label, "…") && b.Link == "" && !strings.Contains(text, bare(strings.TrimSuffix(b.Label, "…"))) {
				t.Errorf("the full text of the shortened %q is nowhere", b.Label)
			}
		}
	}
	if buttons != len(pressed) {
		t.Errorf("%d buttons for %d answers", buttons, len(pressed))
	}
	cards := false
	for _, s := range shown {
		cards = cards || s.Cards != nil
	}
	listed := 0
	for _, c := range o.Choices {
		if c.About != "" && !cards && c.Data != done(o) && !strings.Contains(text, bare(c.About)) {
			t.Errorf("%q is lost, which is about %q", c.About, c.Label)
		}
		if !pressed[c.Data] {
			listed++
		}
		delete(pressed, c.Data)
	}
	if len(pressed) > 0 {
		t.Errorf("buttons from nowhere: %v", pressed)
	}
	if listed > 0 {
		keepsList(t, o, listed == len(o.Choices), text)
	}
}

// done is the last of several.
func done(o channels.Outgoing) (data string) {
	for _, c := range o.Choices {
		if o.Ask == channels.AskSeveral && c.Link == "" {
			data = c.Data
		}
	}
	return data
}

// pressable are the buttons of a message, wherever they are, but for the one that shares a phone.
func pressable(s channels.Shown) []channels.Button {
	return slices.DeleteFunc(s.Buttons(), func(b channels.Button) bool { return b.Phone })
}

// keepsList: what has to be typed has a mark of its own, which stands before it and is no other answer.
func keepsList(t *rapid.T, o channels.Outgoing, all bool, text string) {
	var answers []channels.Choice
	for _, c := range o.Choices {
		if c.Link == "" {
			answers = append(answers, c)
		} else if all && !strings.Contains(text, bare(c.Link)) {
			t.Errorf("the address %q is lost", c.Link)
		}
	}
	if !all { // only addresses are lines
		return
	}
	meant := map[string]bool{}
	for i, mark := range channels.Marks(answers, o.Ask, o.Language) {
		label := answers[i].Label
		_, err := strconv.Atoi(label)
		last := answers[i].Data == done(o)
		switch {
		case mark != "" && !strings.Contains(text, bare(mark+". "+label)):
			t.Errorf("%q is not listed as %q", label, mark)
		case mark != "" && meant[mark] || err == nil && meant[label]:
			t.Errorf("%q or %q means two things", mark, label)
		case mark == "" && err != nil && !last && !strings.Contains(text, bare(label)):
			t.Errorf("%q is lost", label)
		}
		meant[mark] = true
		if err == nil {
			meant[label] = true
		}
	}
}
