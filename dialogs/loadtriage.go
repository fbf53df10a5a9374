package dialogs

import (
	"slices"
	"strings"

	"careline/dialogs/source"
	"careline/dialogs/words"
)

func (l *loader) triage(f source.Fields) {
	t := l.set.Triage
	f.Need("levels", "rules", "routes")
	for _, e := range l.mapping(f.Node("levels"), "levels") {
		level := l.Fields(e.Value, "a level", "within", "today_first")
		level.Need("within")
		t.Levels = append(t.Levels, &Level{Name: l.Name(e.KeyPos, e.Key), Within: level.Duration("within"), TodayFirst: level.Bool("today_first")})
	}
	for _, e := range l.mapping(f.Node("flags"), "flags") {
		t.Flags = append(t.Flags, l.flag(e))
	}
	p := place{id: "triage", class: ServiceClass, scope: l.triageScope}
	rules := l.mapping(f.Node("rules"), "rules")
	for _, e := range rules {
		t.Rules = append(t.Rules, l.rule(e, p))
	}
	l.otherwise(rules, f.KeyPos("rules"))
	routes := l.mapping(f.Node("routes"), "routes")
	for _, e := range routes {
		t.Routes = append(t.Routes, l.route(e, p))
	}
	l.otherwise(routes, f.KeyPos("routes"))
	approved := l.Fields(f.Node("approved"), "`approved`", "by", "on")
	t.Approved.By, t.Approved.On = approved.Word("by"), approved.Word("on")
}

// triageScope is what rules can name: the parameters of triage.assess.
func (l *loader) triageScope() Scope {
	names := map[string]Type{"story": {Kind: Story}, "since": {Kind: Word}, "pain": {Kind: Number}, "limits": {Kind: Several}}
	if a := l.set.Actions["triage.assess"]; a != nil {
		for _, p := range a.With {
			names[p.Name] = p.Type
		}
	}
	return Scope{names: names, memory: l.set.Memory}
}

func (l *loader) flag(e source.Entry) *RedFlag {
	f := l.Fields(e.Value, "a flag", "title", "mentions", "unless", "advice", "source")
	f.Need("title", "advice")
	p := place{id: "triage." + e.Key, class: ServiceClass, scope: func() Scope { return Scope{memory: l.set.Memory} }}
	flag := &RedFlag{
		Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Mentions: f.Words("mentions"), Unless: f.Words("unless"), Source: f.Word("source"),
	}
	if f.Has("title") {
		flag.Title = strings.TrimSpace(f.Node("title").Text)
		flag.TitleID = l.text(f.Node("title"), "title", p.id+".title", TitleRole, p)
	}
	if f.Has("advice") {
		flag.Advice = l.text(f.Node("advice"), "advice", p.id+".advice", AdviceRole, p)
	}
	l.sourced(f, e)
	return flag
}

// sourced tells a rule of triage that does not say where it comes from; finding 72.
func (l *loader) sourced(f source.Fields, e source.Entry) {
	if f.Word("source") == "" {
		l.Add(e.KeyPos, 72)
	}
}

func (l *loader) rule(e source.Entry, p place) *Rule {
	f := l.Fields(e.Value, "a rule", "if", "level", "flag", "source")
	f.Need("level")
	r := &Rule{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Source: f.Word("source"), Level: f.Word("level"), Flag: f.Word("flag")}
	l.condition(f.Node("if"), "if", p, func(x *Expr) { r.If = x })
	if e.Key != "otherwise" && !f.Has("if") {
		l.Add(e.KeyPos, 80, "a rule", "if")
	}
	l.sourced(f, e)
	l.then(func() {
		t := l.set.Triage
		l.known(f.Node("level"), namesOf(t.Levels, func(v *Level) string { return v.Name }))
		l.known(f.Node("flag"), namesOf(t.Flags, func(v *RedFlag) string { return v.Name }))
	})
	return r
}

func (l *loader) route(e source.Entry, p place) *Route {
	f := l.Fields(e.Value, "a route", "mentions", "if", "service", "together")
	f.Need("service")
	r := &Route{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Mentions: f.Words("mentions"), Service: f.Word("service"), Together: f.Bool("together")}
	for _, m := range r.Mentions {
		r.patterns = append(r.patterns, words.NewPattern(m))
	}
	l.condition(f.Node("if"), "if", p, func(x *Expr) { r.If = x })
	if e.Key != "otherwise" && !f.Has("if") && !f.Has("mentions") {
		l.Add(e.KeyPos, 80, "a route", "mentions")
	}
	if l.options.Services != nil {
		l.known(f.Node("service"), l.options.Services)
	}
	return r
}

// otherwise must stand last and once; findings 27 and 28.
func (l *loader) otherwise(entries []source.Entry, at source.Pos) {
	i := slices.IndexFunc(entries, func(e source.Entry) bool { return e.Key == "otherwise" })
	switch {
	case len(entries) == 0:
	case i < 0:
		l.Add(at, 83, "the last one must be `otherwise`, for everybody else")
	case i != len(entries)-1:
		l.Add(entries[i+1].KeyPos, 83, "lines after `otherwise` are never reached; move it to the end")
	}
}

// known tells a word that names nothing; finding 82.
func (l *loader) known(n *source.Node, names []string) {
	if n != nil && n.Text != "" && !slices.Contains(names, n.Text) {
		l.Add(n.Pos, 82, n.Text, strings.Join(names, ", "), source.DidYouMean(n.Text, names))
	}
}

func namesOf[T any](list []T, name func(T) string) []string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = name(v)
	}
	return names
}
