package channels

import (
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

// toButtons marks the chosen ones of several; the last of several is «Готово» and has no mark.
func toButtons(choices []Choice, ask Ask) []Button {
	made := make([]Button, len(choices))
	for i, c := range choices {
		b := Button{Label: labelOf(c, i), Data: c.Data, Link: c.Link, Chosen: c.Chosen}
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

// labelOf is the choice's label on one line; one without a label is called by its place.
func labelOf(c Choice, i int) string {
	label := c.Label
	if label == "" || strings.ContainsAny(label, "\n\t") {
		label = strings.Join(strings.Fields(label), " ")
	}
	if label == "" {
		return strconv.Itoa(i + 1)
	}
	return label
}

func fits(all []Button, limit int) bool {
	for i := range all {
		if limit > 0 && Units(all[i].Label) > limit {
			return false
		}
	}
	return true
}

// inFull shortens labels that are too long and returns as lines for the text what the buttons do not say and the text
// does not: the labels in full, and what stands about choices.
func inFull(all []Button, choices []Choice, o Outgoing, limit int) string {
	if fits(all, limit) {
		return abouts(choices)
	}
	var marks []string
	if alike(all, limit) {
		marks = Marks(choices, o.Ask, o.Language)
	}
	var lines []string
	for i := range all {
		full, long := all[i].Label, Units(all[i].Label) > limit
		if long && marks != nil {
			full = marked(marks[i], full)
		}
		if about := choices[i].About; about != "" || long && !strings.Contains(o.Text, full) {
			lines = append(lines, described(Choice{Label: full, About: about}))
		}
		if long {
			all[i].Label = shorten(full, limit)
		}
	}
	return strings.Join(lines, "\n")
}

// toldBy is how many units before the end of a shortened label have to tell it from the others.
const toldBy = 8

// alike reports whether labels would begin alike when they are shortened: then their marks tell them apart, and may be
// typed.
func alike(all []Button, limit int) bool {
	begins := map[string]bool{}
	for i := range all {
		if Units(all[i].Label) <= limit {
			continue
		}
		begin := shorten(all[i].Label, limit-toldBy)
		if begins[begin] {
			return true
		}
		begins[begin] = true
	}
	return false
}

func marked(mark, label string) string {
	if mark == "" {
		return label
	}
	return mark + ". " + label
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
