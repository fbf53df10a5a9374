package channels

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Units is the length of s in UTF-16 units, as messengers count.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Split cuts text into pieces of at most limit UTF-16 units: between paragraphs if it can, else between
// lines, sentences, words, and inside a word only between whole characters. White space at a cut is
// dropped. No limit: limit ≤ 0.
func Split(text string, limit int) []string {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	limit = max(limit, 0)
	if limit == 0 || len(text) <= limit || Units(text) <= limit {
		return []string{text}
	}
	var pieces []string
	for text != "" {
		cut := len(text)
		if room := prefix(text, limit); room < len(text) {
			cut = breakBefore(text, room)
		}
		if piece := strings.TrimSpace(text[:cut]); piece != "" {
			pieces = append(pieces, piece)
		}
		text = strings.TrimSpace(text[cut:])
	}
	return pieces
}

// prefix is how many bytes of text take at most limit units; at least one character.
func prefix(text string, limit int) int {
	for i, r := range text {
		if limit--; r > 0xFFFF {
			limit--
		}
		if limit < 0 && i > 0 {
			return i
		}
	}
	return len(text)
}

// cuts are the last places of each kind where a text may be cut so that at most room bytes remain
// before the cut, white space aside; 0 = none.
type cuts struct{ paragraph, line, sentence, word, character int }

// breakBefore finds where to cut text. The better kinds of cut count in the second half of the room only,
// so that no short message comes before a long one.
func breakBefore(text string, room int) int {
	c := findCuts(text, room)
	for _, cut := range []int{c.paragraph, c.line, c.sentence} {
		if cut > room/2 {
			return cut
		}
	}
	for _, cut := range []int{c.word, c.character} {
		if cut > 0 {
			return cut
		}
	}
	return room
}

func findCuts(text string, room int) cuts {
	var c cuts
	ahead := room // what follows the room tells whether it ends with a whole word
	for ahead < len(text) && (ahead < room+64 || !utf8.RuneStart(text[ahead])) {
		ahead++
	}
	newlines, at, state := 0, 0, -1
	for rest := text[:ahead]; rest != "" && at <= room; {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		at += len(cluster)
		if at <= room {
			c.character = at
		}
		if !space(cluster) {
			newlines = 0
			continue
		}
		c.word = at // right behind the room too: white space at a cut is dropped
		if newlines += strings.Count(cluster, "\n"); newlines > 1 {
			c.paragraph = at
		} else if newlines == 1 {
			c.line = at
		}
		if boundaries&uniseg.MaskSentence != 0 {
			c.sentence = at
		}
	}
	return c
}

// space is where a line may break; «1 500 ₽» with its no-break spaces stays together.
func space(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	return unicode.IsSpace(r) && r != '\u00A0' && r != '\u202F'
}
