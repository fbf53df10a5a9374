package check

import (
	"slices"

	"careline/dialogs"
)

// graph is a dialog as states and the ways between them.
type graph struct {
	d     *dialogs.Dialog
	set   *dialogs.Set
	waits waiting
	ways  map[string][]way // from a state
}

// kind of a way tells what happens between its two states.
type kind int

const (
	skipped  kind = iota // `if` was false
	answered             // the person did something
	silently             // nobody was asked
	lapsed               // the person said nothing for a while
)

// way from one state to another or to an end.
type way struct {
	from  *dialogs.State
	event string // the outcome, "skip", "next…", "else"
	to    *dialogs.State
	end   string // when to is nil
	kind  kind
	cond  *dialogs.Expr   // of a fork or a skipped state
	above []*dialogs.Expr // conditions that were false
	// outcomes that lead here by `next` or `else`.
	outcomes []string
}

func graphsOf(set *dialogs.Set) map[string]*graph {
	all := map[string]*graph{}
	waits := waiting{set, map[string]bool{}}
	for name, d := range set.Dialogs {
		all[name] = &graph{d: d, set: set, waits: waits, ways: map[string][]way{}}
	}
	for _, g := range all {
		for _, s := range g.d.States {
			g.ways[s.Name] = g.from(s)
		}
	}
	return all
}

// from lists the ways that can really be taken from a state.
func (g *graph) from(s *dialogs.State) []way {
	var out []way
	add := func(w way, t dialogs.Target) {
		w.from, w.to, w.end = s, g.d.State(t.State), t.End
		if w.to != nil || w.end != "" {
			out = append(out, w)
		}
	}
	if s.If != nil {
		add(way{event: "skip", kind: skipped, cond: s.If}, below(g.d, s))
	}
	moves := silently
	if g.waits.surely(s) {
		moves = answered
	}
	for _, o := range sortedKeys(s.On) {
		k := moves
		if o == "silence" || o == "expired" {
			k = lapsed
		}
		add(way{event: o, kind: k, outcomes: []string{o}}, s.On[o])
	}
	rest := g.unnamed(s)
	switch {
	case len(rest) == 0:
	case s.Else != nil:
		add(way{event: "else", kind: moves, outcomes: rest}, *s.Else)
	default:
		g.next(s, moves, rest, add)
	}
	g.always(s, add)
	if passedWhenKnown(s) && s.Else == nil {
		g.next(s, silently, []string{"answered"}, add)
	}
	return out
}

func (g *graph) next(s *dialogs.State, k kind, rest []string, add func(way, dialogs.Target)) {
	var above []*dialogs.Expr
	for _, n := range s.Next {
		add(way{event: n.Event, kind: k, cond: n.If, above: slices.Clone(above), outcomes: rest}, n.To)
		if n.If != nil {
			above = append(above, n.If)
		}
	}
}

// always adds the ways that the dialog's own `on` gives to every state.
func (g *graph) always(s *dialogs.State, add func(way, dialogs.Target)) {
	rests := s.Doing == dialogs.Asks || s.Doing == dialogs.Runs || g.waits.later(s)
	for _, o := range sortedKeys(g.d.On) {
		if _, own := s.On[o]; own {
			continue
		}
		switch {
		case o == "failed" && s.Doing == dialogs.Calls:
			add(way{event: o, kind: silently, outcomes: []string{o}}, g.d.On[o])
		case o == "expired" && rests:
			add(way{event: o, kind: lapsed, outcomes: []string{o}}, g.d.On[o])
		case o != "failed" && o != "expired" && rests:
			add(way{event: o, kind: answered, outcomes: []string{o}}, g.d.On[o])
		}
	}
}

// below is where a passed-over state goes.
func below(d *dialogs.Dialog, s *dialogs.State) dialogs.Target {
	if s.Index+1 < len(d.States) {
		return dialogs.Target{State: d.States[s.Index+1].Name}
	}
	return dialogs.Target{End: d.Ends[0]}
}

// unnamed are the outcomes of a state that `on` does not name.
func (g *graph) unnamed(s *dialogs.State) []string {
	return slices.DeleteFunc(outcomes(g.set, s), func(o string) bool {
		_, named := s.On[o]
		return named
	})
}
