package dialogs

import (
	"careline/dialogs/source"
)

const unclearAfter = 3 // misses, when the script does not say

func (l *loader) everywhere(f source.Fields) {
	e := &Everywhere{UnclearAfter: unclearAfter}
	l.set.Everywhere = e
	scope := func() Scope { return Scope{memory: l.set.Memory} }
	for _, entry := range l.mapping(f.Node("reactions"), "reactions") {
		p := place{id: "everywhere." + entry.Key, class: ServiceClass, scope: scope}
		e.Reactions = append(e.Reactions, l.reaction(entry, p))
	}
	unclear := l.Fields(f.Node("unclear"), "`unclear`", "after", "run", "with")
	if unclear.Has("after") {
		e.UnclearAfter = max(unclear.Int("after"), 1)
	}
	p := place{id: "everywhere.unclear", class: ServiceClass, scope: scope}
	if unclear.Has("run") {
		e.Unclear = l.call(unclear.Node("run"), unclear.Node("with"), p, l.running)
	}
	unknown := l.Fields(f.Node("unknown"), "`unknown`", "run", "with")
	p.id = "everywhere.unknown"
	if unknown.Has("run") {
		e.Unknown = l.call(unknown.Node("run"), unknown.Node("with"), p, l.running)
	}
	f.Need("unclear", "unknown")
}

func (l *loader) reaction(e source.Entry, p place) *Reaction {
	f := l.Fields(e.Value, "a reaction", "flags", "says", "mentions", "title", "if", "run", "with", "say", "do")
	r := &Reaction{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Flags: f.Bool("flags"), Says: f.Words("says"), Mentions: f.Words("mentions")}
	l.exactlyOne(f, e.KeyPos, "flags", "says", "mentions")
	l.exactlyOne(f, e.KeyPos, "run", "say", "do")
	l.condition(f.Node("if"), "if", p, func(x *Expr) { r.If = x })
	if f.Has("title") {
		r.Title = l.commandTitle(f.Node("title"), r, p)
	}
	switch {
	case f.Has("run"):
		var handed []Param
		if r.Flags {
			handed = []Param{{Name: "flag", Type: Type{Kind: FlagKind}}}
		}
		r.Run = l.call(f.Node("run"), f.Node("with"), p, l.running, handed...)
	case f.Has("say"):
		p.id += ".say"
		r.Say = l.say(f.Node("say"), p)
	case f.Has("do"):
		r.Do = f.OneOf("do", "cancel", "back")
	}
	return r
}

// exactlyOne tells when none or several of the keys stand there.
func (l *loader) exactlyOne(f source.Fields, at source.Pos, keys ...string) {
	var found []string
	for _, k := range keys {
		if f.Has(k) {
			found = append(found, k)
		}
	}
	switch {
	case len(found) == 0 && f.Pos.Line > 0:
		l.Add(at, 80, "this", keys[0]+"` or `"+keys[1])
	case len(found) > 1:
		l.Add(f.KeyPos(found[1]), 83, "`"+found[0]+"` and `"+found[1]+"` do not go together; keep one")
	}
}
