package channels_test

import (
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
			Ask: rapid.SampledFrom([]channels.Ask{"", channels.AskOne, channels.AskSeveral, channels.AskRating, channels.AskPhone, channels.AskText}).Draw(t, "ask"),
		}
		for i := range o.Choices {
			if rapid.IntRange(0, 9).Draw(t, "link") == 0 {
				o.Choices[i].Link = "https://link.example/" + o.Choices[i].Data
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

func TestRenderKeepsEveryLimitAndLosesNothing(t *testing.T) {
	for id, caps := range channels.Known() {
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
	if s.Keyboard {
		grid = caps.Keyboard
	}
	if n := channels.Units(s.Text); n > limit {
		t.Errorf("text of %d units, limit %d", n, limit)
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
		for _, b := range row {
			if n := channels.Units(b.Label); n > caps.Label || n == 0 {
				t.Errorf("label of %d units, limit %d", n, caps.Label)
			}
		}
	}
	if len(s.Rows) > grid.Rows || total > grid.Total {
		t.Errorf("%d buttons in %d rows, grid %+v", total, len(s.Rows), grid)
	}
}

// keepsChoices: every choice is a button with its data, or stands in the text; in their order.
func keepsChoices(t *rapid.T, o channels.Outgoing, shown []channels.Shown, text string) {
	var data []string
	keyboard := false
	for _, s := range shown {
		keyboard = keyboard || s.Keyboard
		for _, row := range s.Rows {
			for _, b := range row {
				if !b.Phone {
					data = append(data, b.Data)
				}
				if strings.HasSuffix(b.Label, "…") && !b.Phone && b.Link == "" && !strings.Contains(text, bare(strings.TrimSuffix(b.Label, "…"))) {
					t.Errorf("the full text of the shortened %q is nowhere", b.Label)
				}
			}
		}
	}
	for _, c := range o.Choices {
		if len(data) > 0 && data[0] == c.Data {
			data = data[1:]
		} else if want := bare(c.Label); !strings.Contains(text, want) {
			t.Errorf("choice %q is lost", c.Label)
		}
	}
	if len(data) > 0 {
		t.Errorf("buttons out of order or from nowhere: %v", data)
	}
}
