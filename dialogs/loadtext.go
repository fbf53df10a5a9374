package dialogs

import (
	"errors"
	"iter"
	"maps"
	"strings"

	"careline/dialogs/source"
	"careline/locales"
)

func formsOf(m locales.Message) iter.Seq[locales.Form] { return maps.Keys(m.Forms) }

// place is where texts and expressions stand: it gives them their ids and their names.
type place struct {
	id     string // beginning of message ids: booking.booked
	class  Class
	scope  func() Scope // known after inference
	dialog *Dialog
	state  *State
}

// text registers the text of a node under an id and gives the id back; "" when there is no text.
func (l *loader) text(n *source.Node, key, id string, role Role, p place) string {
	text := strings.TrimRight(l.Text(n, key), "\n")
	if strings.TrimSpace(text) == "" {
		if n != nil && (n.Is(source.Empty) || n.Is(source.Scalar)) {
			l.Add(n.Pos, 78, key, "a text", source.Empty)
		}
		return ""
	}
	return l.forms(locales.Plain(id, text), map[locales.Form]*source.Node{locales.Other: n}, role, p)
}

// forms registers a message with its nodes.
func (l *loader) forms(m locales.Message, nodes map[locales.Form]*source.Node, role Role, p place) string {
	s := &ScriptText{ID: m.ID, Role: role, Class: p.class, Message: m, Nodes: nodes, Templates: map[locales.Form]*locales.Template{}, Dialog: p.dialog, State: p.state}
	l.set.Texts = append(l.set.Texts, s)
	for form, text := range m.Forms {
		t, err := locales.Parse(text)
		if fault := (*locales.SyntaxError)(nil); errors.As(err, &fault) {
			l.fault(nodes[form].At(fault.Offset), fault)
			continue
		}
		s.Templates[form] = t
	}
	l.then(func() {
		s.Scope = p.scope()
		for form, t := range s.Templates {
			for _, ref := range t.Values() {
				l.value(ref, nodes[form].At(ref.Offset), s.Scope)
			}
		}
	})
	return m.ID
}

// value checks a path in braces: findings 50 and 51.
func (l *loader) value(ref locales.Ref, at source.Pos, scope Scope) {
	t, hint, ok := scope.Shown(ref.Path)
	switch {
	case !ok && hint != "":
		l.Add(at, 50, ref.Path, "; did you mean {"+hint+"}?")
	case !ok:
		l.Add(at, 50, ref.Path, "")
	case t.Kind == ListKind || t.Kind == Several:
		l.Add(at, 51, ref.Path)
	}
}

// expr compiles the expression of a node when all types are known and hands it to use.
func (l *loader) expr(n *source.Node, key string, p place, use func(*Expr)) {
	text := l.Word(n, key)
	if n == nil || !n.Is(source.Scalar) {
		return
	}
	l.exprAt(text, n.At, p, use)
}

func (l *loader) exprAt(text string, at func(int) source.Pos, p place, use func(*Expr)) {
	l.then(func() {
		e, findings := compile(text, at, p.scope())
		l.Findings = append(l.Findings, findings...)
		if e != nil {
			use(e)
		}
	})
}

// condition is expr for what must be true or false; finding 39.
func (l *loader) condition(n *source.Node, key string, p place, use func(*Expr)) {
	l.expr(n, key, p, l.yesno(use))
}

func (l *loader) yesno(use func(*Expr)) func(*Expr) {
	return func(e *Expr) {
		if e.Type.Kind != YesNo && e.Type.Kind != "" {
			l.Add(e.Pos, 39, e.Type, e.Source)
			return
		}
		use(e)
	}
}
