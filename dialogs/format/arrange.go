package format

import (
	"slices"
	"strings"

	"careline/dialogs/schema"
)

// entry is a key of a block mapping (or a dash of a list) with everything that belongs to it.
type entry struct {
	lead []line // comments and blank lines above
	head line
	body []line // lines indented deeper
}

// arrange orders the block that lines hold, and all blocks inside. With tell it only tells what is out
// of order, and the result means nothing.
func arrange(lines []line, shape schema.Shape, tell func(key, before line)) []line {
	entries, tail := entriesOf(lines)
	if len(entries) == 0 {
		return lines
	}
	if isItem(entries[0].head) {
		for i := range entries {
			arrangeItem(&entries[i], shape.Item(), tell)
		}
		return join(entries, tail)
	}
	for i := range entries {
		e := &entries[i]
		if e.nested() {
			e.body = arrange(e.body, shape.Key(e.head.key), tell)
		}
	}
	if keys := shape.Keys(); keys != nil {
		entries = order(entries, keys, tell)
	}
	return join(entries, tail)
}

// nested reports whether the value is a block on the lines below, not a text.
func (e *entry) nested() bool {
	_, value, _ := strings.Cut(e.head.text[e.head.indent:], ":")
	value = strings.TrimSpace(value)
	return value == "" || strings.HasPrefix(value, "#")
}

// arrangeItem looks inside `- key: …`: the dash counts as indentation.
func arrangeItem(e *entry, shape schema.Shape, tell func(key, before line)) {
	rest := e.head.text[e.head.indent+1:]
	inner := e.head.indent + 1 + len(rest) - len(strings.TrimLeft(rest, " "))
	first := newLine(e.head.n, strings.Repeat(" ", inner)+strings.TrimLeft(rest, " "))
	if first.key == "" || shape.Keys() == nil {
		return
	}
	dash := e.head.text[:inner]
	lines := arrange(append([]line{first}, e.body...), shape, tell)
	// A comment that came to stand above the first key goes above the dash.
	for lines[0].comment() {
		e.lead = append(e.lead, newLine(lines[0].n, strings.Repeat(" ", e.head.indent)+strings.TrimSpace(lines[0].text)))
		lines = lines[1:]
	}
	e.head = line{n: lines[0].n, text: dash + lines[0].text[inner:], indent: e.head.indent}
	e.body = lines[1:]
}

func isItem(l line) bool {
	body := l.text[l.indent:]
	return body == "-" || strings.HasPrefix(body, "- ")
}

// entriesOf cuts a block at the lines of its own indentation. What stands under the last entry with less
// or equal indentation is the tail.
func entriesOf(lines []line) (entries []entry, tail []line) {
	var pending []line
	indent := -1
	for _, l := range lines {
		switch {
		case l.blank() || l.comment() && (indent < 0 || l.indent <= indent):
			pending = append(pending, l)
		case indent < 0 || l.indent <= indent:
			indent = l.indent
			entries = append(entries, entry{lead: pending, head: l})
			pending = nil
		default:
			e := &entries[len(entries)-1]
			e.body = append(append(e.body, pending...), l)
			pending = nil
		}
	}
	return entries, pending
}

// order sorts entries by keys; keys that the language does not know stay behind those it knows. Blank
// lines stay in their places, and the head of the block keeps the comment that opens it.
func order(entries []entry, keys []string, tell func(key, before line)) []entry {
	rank := func(e entry) int {
		if i := slices.Index(keys, e.head.key); i >= 0 {
			return i
		}
		return len(keys)
	}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b entry) int { return rank(a) - rank(b) })
	for i := range sorted {
		if sorted[i].head.n == entries[i].head.n {
			continue
		}
		if tell != nil {
			tell(sorted[i].head, entries[i].head)
			return entries
		}
		return separate(sorted, entries[0])
	}
	return entries
}

// separate puts the blank lines of a reordered block right: none above its first key, one above a key that
// holds a block of its own when the author parts them so.
func separate(sorted []entry, wasFirst entry) []entry {
	parted := false
	for i := range sorted {
		if len(sorted[i].lead) > 0 && sorted[i].lead[0].blank() {
			parted = true
		}
		sorted[i].lead = slices.DeleteFunc(slices.Clone(sorted[i].lead), line.blank)
	}
	for i := range sorted {
		if e := &sorted[i]; parted && i > 0 && e.head.indent == 0 && e.nested() && len(e.body) > 0 && sorted[i].head.n != wasFirst.head.n {
			e.lead = append([]line{{}}, e.lead...)
		}
	}
	return sorted
}

func join(entries []entry, tail []line) []line {
	var out []line
	for _, e := range entries {
		out = append(out, e.lead...)
		out = append(out, e.head)
		out = append(out, e.body...)
	}
	return append(out, tail...)
}
