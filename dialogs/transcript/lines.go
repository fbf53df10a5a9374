package transcript

import (
	"slices"
	"strings"

	"careline/channels"
	"careline/dialogs/source"
)

// deeds are the keys that make a line; the others go with one of them.
var deeds = []Does{
	Writes, Taps, Presses, Forges, Photo, File, Sticker, Voice, Contact, Answers, Attaches, Silent, Passes, Next, Down,
	Clock, Taken, Booked, Moved, Operator, Desk, Expects,
}

// companions are what may go with a deed.
var companions = map[string][]Does{
	"buttons": {Answers},
	"twice":   {Writes, Taps, Presses, Photo, File, Sticker, Voice, Contact},
}

func (r *reader) lines(n *source.Node) []Line {
	if n == nil {
		return nil
	}
	if !n.Is(source.List) {
		r.Add(n.Pos, 78, "lines", source.List, n.Kind)
		return nil
	}
	var lines []Line
	for _, item := range n.Items {
		if l, ok := r.line(item); ok {
			lines = append(lines, l)
		}
	}
	return lines
}

func (r *reader) line(n *source.Node) (Line, bool) {
	f := r.Fields(n, "a line", file.Key("lines").Item().Keys()...)
	l := Line{Pos: n.Pos}
	for _, key := range f.Keys() {
		does := Does(key)
		switch {
		case !slices.Contains(deeds, does):
			continue
		case l.Does != "":
			r.Add(f.KeyPos(key), 83, "a line does one thing; write `"+string(l.Does)+"` and `"+key+"` as two lines")
			return l, false
		}
		l.Does = does
	}
	if l.Does == "" {
		if n.Is(source.Mapping) {
			r.Add(n.Pos, 83, "nothing happens in this line; let somebody do something: patient, tap, bot, pass, expect")
		}
		return l, false
	}
	for key, with := range companions {
		if f.Has(key) && !slices.Contains(with, l.Does) {
			r.Add(f.KeyPos(key), 83, "`"+key+"` does not go with `"+string(l.Does)+"`; remove it")
		}
	}
	l.Twice = f.Bool("twice")
	if b := f.Node("buttons"); b != nil {
		l.Buttons = append([]string{}, r.Words(b, "buttons")...)
	}
	r.deed(&l, f)
	return l, true
}

func (r *reader) deed(l *Line, f source.Fields) {
	key := string(l.Does)
	n := f.Node(key)
	switch l.Does {
	case Sticker, Voice, Silent, Next:
		if !f.Bool(key) && n.Is(source.Scalar) {
			r.Add(n.Pos, 83, "`"+key+"` is only ever `true`; write that or remove the line")
		}
	case Contact:
		c := r.Fields(n, "a contact", file.Key("lines").Item().Key("contact").Keys()...)
		c.Need("phone")
		l.Shared = &channels.Shared{Phone: c.Word("phone"), Name: c.Text("name"), Own: c.Bool("own")}
	case Attaches:
		l.Text = r.OneOf(n, key, "calendar", "place", "photo", "file")
	case Desk:
		l.Text = r.OneOf(n, key, "return", "close", "arrived", "done", "noshow", "cancelled")
	case Booked:
		l.Visit = r.visit(n)
	case Passes, Down:
		l.Pass = f.Duration(key)
	case Clock, Taken, Moved:
		l.At = r.moment(n, key)
	case Expects:
		r.expect(l, n)
	default:
		l.Text = strings.TrimRight(r.Text(n, key), "\n")
	}
}

func (r *reader) expect(l *Line, n *source.Node) {
	s := r.Word(n, "expect")
	if s == "" {
		return
	}
	e, err := ParseExpect(s)
	if err != nil {
		r.Add(n.Pos, 79, s, "something to expect", "`"+strings.Join(expectations, "`, `")+"`")
		return
	}
	l.Expect = e
}
