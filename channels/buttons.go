package channels

import (
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// buttons is how the choices of a message are shown: as pages of rows, and as lines under the text.
type buttons struct {
	pages    [][][]Button
	lines    string
	keyboard bool
}

// arrange finds the shape for the choices: buttons under the message, else a keyboard if every label fits
// on it whole, else a numbered list. A keyboard also carries the button that shares a phone.
func arrange(o Outgoing, caps Caps, word func(string) string) buttons {
	phone := o.Ask == AskPhone && caps.Contact && caps.Keyboard.Total > 0
	if len(o.Choices) == 0 && !phone {
		return buttons{}
	}
	links, answers := linkLines(o.Choices, caps, phone)
	var shared []Button
	if phone {
		shared = []Button{{Label: shorten(word(WordSharePhone), caps.Label), Phone: true}}
	}
	inline := caps.Inline.Total > 0 && !phone
	all := append(shared, toButtons(answers, o.Ask)...)
	if inline {
		full := number(all, caps.Label)
		return buttons{pages: caps.Inline.pages(all, o.Ask), lines: paragraphs(links, full)}
	}
	if pages := caps.Keyboard.pages(all, o.Ask); len(pages) == 1 && fits(all, caps.Label) {
		return buttons{pages: pages, lines: links, keyboard: true}
	}
	b := buttons{lines: paragraphs(links, numbered(all[len(shared):], o.Ask, word))}
	if phone {
		b.pages, b.keyboard = [][][]Button{{shared}}, true
	}
	return b
}

// linkLines takes out the links that cannot be buttons, as lines of text.
func linkLines(choices []Choice, caps Caps, keyboard bool) (lines string, rest []Choice) {
	asButtons := caps.Links && caps.Inline.Total > 0 && !keyboard
	for i, c := range choices {
		if c.Link == "" || asButtons {
			if rest != nil {
				rest = append(rest, c)
			}
			continue
		}
		if rest == nil {
			rest = append(make([]Choice, 0, len(choices)), choices[:i]...)
		}
		line := c.Link
		if c.Label != "" {
			line = c.Label + ": " + c.Link
		}
		lines = strings.TrimSpace(lines + "\n" + line)
	}
	if rest == nil {
		return "", choices
	}
	return lines, rest
}

// toButtons marks the chosen ones of several; the last of several is «Готово» and has no mark.
func toButtons(choices []Choice, ask Ask) []Button {
	made := make([]Button, len(choices))
	for i, c := range choices {
		b := Button{Label: c.Label, Data: c.Data, Link: c.Link, Chosen: c.Chosen}
		if strings.ContainsAny(b.Label, "\n\t") || b.Label == "" {
			b.Label = strings.Join(strings.Fields(b.Label), " ")
		}
		if b.Label == "" {
			b.Label = strconv.Itoa(i + 1)
		}
		if ask == AskSeveral && c.Link == "" && i < len(choices)-1 {
			b.Toggle = true
			if c.Chosen {
				b.Label = "☑ " + b.Label
			} else {
				b.Label = "☐ " + b.Label
			}
		}
		made[i] = b
	}
	return made
}

func fits(all []Button, limit int) bool {
	for i := range all {
		if limit > 0 && Units(all[i].Label) > limit {
			return false
		}
	}
	return true
}

// number shortens labels that are too long and returns them in full as lines for the text. The number in
// front tells two alike beginnings apart, and may be typed.
func number(all []Button, limit int) (full string) {
	if fits(all, limit) {
		return ""
	}
	var lines []string
	n := 0
	for i := range all {
		long := all[i].Label
		if all[i].Link == "" {
			n++
			long = strconv.Itoa(n) + ". " + long
		}
		if Units(all[i].Label) <= limit {
			continue
		}
		lines = append(lines, long)
		all[i].Label = shorten(long, limit)
	}
	return strings.Join(lines, "\n")
}

// shorten cuts s to limit UTF-16 units between whole characters and ends it with «…».
func shorten(s string, limit int) string {
	if limit <= 0 || Units(s) <= limit {
		return s
	}
	end, used, state := 0, 1, -1
	for rest := s; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += Units(cluster); used > limit {
			break
		}
		end += len(cluster)
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// numbered writes the choices as a list to be answered by number. Choices that are numbers themselves, as on
// a scale from 0 to 10, get none before them: what is typed is the answer, not its position.
func numbered(all []Button, ask Ask, word func(string) string) string {
	if len(all) == 0 {
		return ""
	}
	scale := 0
	for scale < len(all) && isNumber(all[scale].Label) {
		scale++
	}
	var lines []string
	if scale > 1 {
		lines = append(lines, all[0].Label+" – "+all[scale-1].Label)
	} else {
		scale = 0
	}
	for i, b := range all[scale:] {
		if scale == 0 {
			b.Label = strconv.Itoa(i+1) + ". " + b.Label
		}
		lines = append(lines, b.Label)
	}
	list := strings.Join(lines, "\n")
	hint := WordNumber
	if ask == AskSeveral {
		hint = WordNumbers
	}
	return list + "\n\n" + word(hint)
}

func isNumber(label string) bool {
	_, err := strconv.Atoi(label)
	return err == nil
}

func paragraphs(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}
