package dialogs

import (
	"slices"
	"strings"

	"careline/dialogs/source"
)

// signature is what stands behind `call` or `run`: its parameters, and whether it exists.
type signature func(at source.Pos, name string) ([]Param, bool)

func (l *loader) action(at source.Pos, name string) ([]Param, bool) {
	if a := l.set.Actions[name]; a != nil {
		return a.With, true
	}
	l.Add(at, 16, name, source.DidYouMean(name, sortedKeys(l.set.Actions)))
	return nil, false
}

func (l *loader) running(at source.Pos, name string) ([]Param, bool) {
	if d := l.set.Dialogs[name]; d != nil {
		return d.Takes, true
	}
	if !l.unread(name) {
		l.Add(at, 15, name, source.DidYouMean(name, sortedKeys(l.set.Dialogs)))
	}
	return nil, false
}

// unread: the dialog's file is there but is not YAML, which has been told already.
func (l *loader) unread(dialog string) bool {
	return slices.ContainsFunc(l.set.Files, func(f *ScriptFile) bool { return f.Root == nil && f.Name == "dialogs/"+dialog+".yaml" })
}

// call reads the name of an action or a dialog and what is handed to it; findings 15, 16, 43, 44, 45. What is
// handed comes by itself.
func (l *loader) call(n, with *source.Node, p place, find signature, handed ...Param) *Call {
	c := &Call{Pos: n.Pos, Name: l.Word(n, "name"), With: map[string]*Value{}}
	entries := l.mapping(with, "with")
	l.then(func() {
		params, ok := find(c.Pos, c.Name)
		if !ok {
			return
		}
		names := make([]string, len(params))
		for i, p := range params {
			names[i] = p.Name
		}
		for _, e := range entries {
			i := slices.Index(names, e.Key)
			if i < 0 {
				l.Add(e.KeyPos, 43, c.Name, e.Key, source.DidYouMean(e.Key, names))
				continue
			}
			l.fill(e.Value, params[i].Type, e.Key, p, func(v *Value) { c.With[e.Key] = v })
		}
		for _, param := range params {
			if !slices.ContainsFunc(entries, func(e source.Entry) bool { return e.Key == param.Name }) {
				l.lacking(c, param, handed)
			}
		}
	})
	return c
}

// lacking is for a parameter that nobody wrote: it must be optional or handed by what makes the call.
func (l *loader) lacking(c *Call, param Param, handed []Param) {
	i := slices.IndexFunc(handed, func(h Param) bool { return h.Name == param.Name })
	switch {
	case i >= 0 && !handed[i].Type.Fits(param.Type):
		l.Add(c.Pos, 45, param.Name, param.Type.wanted(), handed[i].Type)
	case i < 0 && !param.Optional && param.Default == nil:
		l.Add(c.Pos, 44, c.Name, param.Name)
	}
}

// fill reads a value by the type of what it fills; findings 40, 45, 46.
func (l *loader) fill(n *source.Node, t Type, name string, p place, use func(*Value)) {
	if n.Is(source.List) && t.Kind == Several {
		use(&Value{Type: t, Literal: l.Words(n, name)})
		return
	}
	w := strings.TrimSpace(n.Text)
	switch {
	case t.Kind == Text && w != "nil":
		if id := l.text(n, name, p.id+".with."+name, NoteRole, p); id != "" {
			use(&Value{Type: t, Text: &Message{Pos: n.Pos, ID: id}})
		}
		return
	case !n.Is(source.Scalar):
		l.Add(n.Pos, 78, name, t, n.Kind)
		return
	case t.Kind == Word && source.IsName(w) && w != "nil":
		if l.word(n, w, t, p, use) {
			return
		}
	case t.Kind == YesNo || t.Kind == Duration || t.Kind == Rating:
		if v, ok := literal(w, t); ok {
			use(&Value{Type: t, Literal: v})
			return
		}
	}
	e, findings := compile(w, n.At, p.scope())
	l.Findings = append(l.Findings, findings...)
	switch {
	case e == nil:
	case !e.Type.Fits(t):
		l.Add(e.Pos, 45, w, t.wanted(), e.Type)
	default:
		use(&Value{Type: t, Expr: e})
	}
}

// word reads an allowed word; false when it is the name of an answer.
func (l *loader) word(n *source.Node, w string, t Type, p place, use func(*Value)) bool {
	allowed := slices.Contains(t.Words, w)
	isAnswer := p.scope().has(w) || p.scope().open && !allowed
	switch {
	case isAnswer && allowed:
		l.Add(n.Pos, 46, w)
		return true
	case isAnswer:
		return false
	case !allowed && len(t.Words) > 0:
		l.Add(n.Pos, 40, w, strings.Join(t.Words, ", "), source.DidYouMean(w, t.Words))
		return true
	}
	use(&Value{Type: t, Literal: w})
	return true
}

// assigns reads `set`: answers and memory get values, nil forgets.
func (l *loader) assigns(d *Dialog, s *State, n *source.Node, p place) {
	entries := l.mapping(n, "set")
	s.Set = make([]Assign, len(entries))
	for i, e := range entries {
		a := &s.Set[i]
		a.Pos, a.Name = e.KeyPos, e.Key
		if strings.Contains(e.Key, ".") {
			l.written(e.KeyPos, e.Key)
		} else {
			l.answerName(e.KeyPos, e.Key)
			l.know(d, e.Key, e.KeyPos, func() (Type, bool) { return setType(d, e) })
		}
		if e.Value.Text == "nil" && e.Value.Style == source.Plain {
			continue
		}
		at := p
		at.id += ".set"
		l.then(func() {
			t, ok := d.Answers[e.Key]
			if strings.Contains(e.Key, ".") {
				t, ok = remembers(d.Scope, e.Key)
			}
			if !ok {
				l.Add(e.KeyPos, 38, "unknown name "+e.Key)
				return
			}
			l.fill(e.Value, t, e.Key, at, func(v *Value) { a.Value = v })
		})
	}
}

// setType is what an answer becomes that is only set: the expression's type, or a word.
func setType(d *Dialog, e source.Entry) (Type, bool) {
	if e.Value.Text == "nil" {
		return Type{}, false
	}
	if t, ok := d.Answers[e.Key]; ok {
		return t, true
	}
	if x, _ := compile(e.Value.Text, e.Value.At, d.Scope); x != nil && x.Type.Kind != "" && x.Type.Kind != Nothing {
		return x.Type, true
	}
	if source.IsName(e.Value.Text) {
		return Type{Kind: Word}, true
	}
	return Type{}, false
}
