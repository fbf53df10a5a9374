package dialogs

import (
	"fmt"
	"slices"
	"strings"

	"careline/dialogs/source"
	"careline/locales"
)

const maxMessages = 5 // of one `say`

// say reads one text, one item, or a list of them.
func (l *loader) say(n *source.Node, p place) []*Message {
	if n == nil {
		return nil
	}
	items := []*source.Node{n}
	if n.Is(source.List) && !n.Flow {
		items = n.Items
	}
	if len(items) > maxMessages {
		l.Add(n.Pos, 78, "say", fmt.Sprintf("at most %d messages", maxMessages), fmt.Sprint(len(items)))
	}
	var messages []*Message
	for i, item := range items {
		id := p.id
		if i > 0 {
			id += fmt.Sprintf(".%d", i+1)
		}
		if m := l.message(item, id, p); m != nil {
			if m.Else && (i == 0 || items[i-1].Get("if") == nil) {
				l.Add(item.Pos, 83, "`else` needs an item with `if` right above it")
			}
			messages = append(messages, m)
		}
	}
	return messages
}

var plurals = []string{"zero", "one", "two", "few", "many", "other"}

func (l *loader) message(n *source.Node, id string, p place) *Message {
	m := &Message{Pos: n.Pos}
	if !n.Is(source.Mapping) || n.Flow {
		m.ID = l.text(n, "say", id, SayRole, p)
		return m
	}
	if e := n.Entries; len(e) == 1 && !slices.Contains([]string{"text", "attach", "else"}, e[0].Key) && !source.IsName(e[0].Key) {
		l.Add(e[0].KeyPos, 3)
		return nil
	}
	known := slices.Concat([]string{"if", "else", "text", "count"}, plurals, []string{"test"})
	test := n.Get("test") != nil
	if test {
		for _, e := range n.Entries {
			if !slices.Contains(known, e.Key) && e.Key != "attach" {
				known = append(known, e.Key)
			}
		}
	}
	f := l.Fields(n, "a message", append(known, "attach")...)
	l.condition(f.Node("if"), "if", p, func(e *Expr) { m.If = e })
	m.Attach = f.Word("attach")
	l.attachment(m, f.Node("attach"), p)
	switch {
	case f.Has("else"):
		m.Else = true
		m.ID = l.text(f.Node("else"), "else", id, SayRole, p)
	case test:
		l.variants(m, f, id, p)
	case f.Has("count"):
		l.counted(m, f, id, p)
	case f.Has("text"):
		m.ID = l.text(f.Node("text"), "text", id, SayRole, p)
	case m.Attach == "":
		l.Add(n.Pos, 80, "a message", "text")
	}
	return m
}

func (l *loader) counted(m *Message, f source.Fields, id string, p place) {
	m.Count = f.Word("count")
	message := locales.Message{ID: id, Forms: map[locales.Form]string{}}
	nodes := map[locales.Form]*source.Node{}
	for _, form := range plurals {
		if n := f.Node(form); n != nil {
			message.Forms[locales.Form(form)] = strings.TrimRight(l.Text(n, form), "\n")
			nodes[locales.Form(form)] = n
		}
	}
	language := l.options.Language
	if lacking := message.Lacking(language); len(lacking) > 0 {
		l.Add(f.KeyPos("count"), 66, joined(lacking), language, joined(locales.Forms(language)))
	}
	if len(message.Forms) > 0 {
		m.ID = l.forms(message, nodes, SayRole, p)
	}
	l.exprAt(m.Count, f.Node("count").At, p, func(e *Expr) {
		if e.Type.Kind != Number && e.Type.Kind != Rating && e.Type.Kind != "" {
			l.Add(e.Pos, 45, m.Count, Type{Kind: Number}, e.Type)
		}
		m.CountOf = e
	})
}

func (l *loader) variants(m *Message, f source.Fields, id string, p place) {
	m.Test, m.Variants = f.Word("test"), map[string]string{}
	var stand []string
	for _, key := range f.Keys() {
		if slices.Contains([]string{"if", "test", "attach"}, key) {
			continue
		}
		stand = append(stand, key)
		m.Variants[key] = l.text(f.Node(key), key, id+"."+key, SayRole, p)
	}
	at := f.Node("test").Pos
	l.then(func() { l.checkTest(at, m.Test, stand) })
}

// checkTest compares variants with the declared ones; finding 67.
func (l *loader) checkTest(at source.Pos, name string, stand []string) {
	test := l.set.Journey.Tests[name]
	if test == nil {
		if l.set.Unread("journey") {
			return
		}
		l.Add(at, 82, name, "tests of journey.yaml", source.DidYouMean(name, sortedKeys(l.set.Journey.Tests)))
		return
	}
	sorted := slices.Sorted(slices.Values(stand))
	if !slices.Equal(sorted, slices.Sorted(slices.Values(test.Variants))) {
		l.Add(at, 67, name, strings.Join(test.Variants, ", "), strings.Join(stand, ", "))
	}
}

// attachment checks the path of a file or a place.
func (l *loader) attachment(m *Message, n *source.Node, p place) {
	if n == nil || m.Attach == "" || strings.HasPrefix(m.Attach, "media/") {
		return
	}
	l.then(func() {
		t, hint, ok := p.scope().Shown(m.Attach)
		switch {
		case !ok && hint != "":
			l.Add(n.Pos, 50, m.Attach, "; did you mean "+hint+"?")
		case !ok:
			l.Add(n.Pos, 50, m.Attach, "; a file of your own lies under media/")
		case t.Kind != File && t.Kind != Photo && t.Kind != Calendar && t.Kind != Place && t.Kind != "":
			l.Add(n.Pos, 45, m.Attach, "a photo, a file, a calendar file or a place", t)
		}
	})
}

func joined(forms []locales.Form) string {
	words := make([]string, len(forms))
	for i, f := range forms {
		words[i] = string(f)
	}
	return strings.Join(words, ", ")
}
