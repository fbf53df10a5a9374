package dialogs

import (
	"regexp"

	"careline/dialogs/source"
)

var (
	dailyForm = regexp.MustCompile(`^every day at (\d{1,2}:\d\d)$`)
	exactForm = regexp.MustCompile(`^at ([a-z][a-z0-9_.]*)$`)
	shiftForm = regexp.MustCompile(`^(\S+) (before|after) ([a-z][a-z0-9_.]*)(?: at (\d{1,2}:\d\d))?$`)
)

// when reads the moment of a timeline; finding 68.
func (l *loader) when(n *source.Node, p place) *When {
	text := l.Word(n, "when")
	w := &When{Pos: n.Pos, Source: text, At: -1}
	if m := dailyForm.FindStringSubmatch(text); m != nil {
		at, ok := clockOf(m[1])
		if w.Side, w.At = Daily, at; ok {
			return w
		}
	} else if m := exactForm.FindStringSubmatchIndex(text); m != nil {
		w.Side = Exact
		l.timed(n, text, m[2], m[3], Moment, p, func(e *Expr) { w.Anchor = e })
		return w
	} else if m := shiftForm.FindStringSubmatchIndex(text); m != nil && l.shift(w, n, text, m, p) {
		return w
	}
	l.Add(n.Pos, 68, text)
	return nil
}

// shift reads `24h before visit.start at 12:00`; false when it cannot.
func (l *loader) shift(w *When, n *source.Node, text string, m []int, p place) bool {
	w.Side = Side(text[m[4]:m[5]])
	if m[8] >= 0 {
		at, ok := clockOf(text[m[8]:m[9]])
		if w.At = at; !ok {
			return false
		}
	}
	by := text[m[2]:m[3]]
	d, ok := source.ParseDuration(by)
	switch {
	case ok:
		w.Shift = d
	case pathForm.MatchString(by):
		l.timed(n, text, m[2], m[3], Duration, p, func(e *Expr) { w.By = e })
	default:
		return false
	}
	l.timed(n, text, m[6], m[7], Moment, p, func(e *Expr) { w.Anchor = e })
	return true
}

var pathForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)

// timed compiles a path inside `when` that must be of the kind.
func (l *loader) timed(n *source.Node, text string, from, to int, kind Kind, p place, use func(*Expr)) {
	path := text[from:to]
	before := len([]rune(text[:from]))
	l.exprAt(path, func(c int) source.Pos { return n.At(before + c) }, p, func(e *Expr) {
		if !e.Type.Fits(Type{Kind: kind}) {
			l.Add(e.Pos, 45, path, Type{Kind: kind}, e.Type)
			return
		}
		use(e)
	})
}
