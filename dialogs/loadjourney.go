package dialogs

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"careline/dialogs/source"
)

const (
	anchorLate = 24 * time.Hour // how late an `after` may be, when the script does not say
	seriesMax  = 12
)

func (l *loader) journey(f source.Fields) {
	j := l.set.Journey
	j.Tests = map[string]*Test{}
	l.polite(&j.Polite, l.Fields(f.Node("polite"), "`polite`", "quiet", "cap", "one_campaign_a_day", "busy"))
	for _, e := range l.mapping(f.Node("tests"), "tests") {
		t := l.Fields(e.Value, "a test", "variants", "goal", "within")
		t.Need("variants", "goal", "within")
		j.Tests[e.Key] = &Test{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Variants: t.Words("variants"), Goal: t.Word("goal"), Within: t.Duration("within")}
		for _, v := range j.Tests[e.Key].Variants {
			l.Name(t.KeyPos("variants"), v)
		}
	}
	for _, e := range l.mapping(f.Node("timelines"), "timelines") {
		j.Timelines = append(j.Timelines, l.timeline(e))
	}
}

var classes = []string{"service", "care", "advertising"}

var (
	hoursForm = regexp.MustCompile(`^(\d{1,2}:\d\d)-(\d{1,2}:\d\d)$`)
	capForm   = regexp.MustCompile(`^(\d{1,3}) per (\S+)$`)
)

func (l *loader) polite(p *Polite, f source.Fields) {
	p.Quiet, p.Cap = map[Class]Hours{}, map[Class]Cap{}
	p.OneCampaignPerDay, p.Busy = f.Bool("one_campaign_a_day"), f.Duration("busy")
	quiet := l.Fields(f.Node("quiet"), "`quiet`", classes...)
	for _, class := range quiet.Keys() {
		w := quiet.Word(class)
		m := hoursForm.FindStringSubmatch(w)
		from, ok := 0, m != nil
		to := 0
		if ok {
			from, ok = clockOf(m[1])
		}
		if ok {
			to, ok = clockOf(m[2])
		}
		if !ok {
			l.Add(quiet.Node(class).Pos, 79, w, "hours", "`21:00-09:00`")
			continue
		}
		p.Quiet[Class(class)] = Hours{From: from, To: to}
	}
	caps := l.Fields(f.Node("cap"), "`cap`", classes...)
	for _, class := range caps.Keys() {
		w := caps.Word(class)
		m := capForm.FindStringSubmatch(w)
		if m != nil {
			if per, ok := source.ParseDuration(m[2]); ok && per > 0 {
				times, _ := strconv.Atoi(m[1])
				p.Cap[Class(class)] = Cap{Times: times, Per: per}
				continue
			}
		}
		l.Add(caps.Node(class).Pos, 79, w, "a limit", "`3 per 7d`")
	}
}

// clockOf reads HH:MM as minutes after midnight.
func clockOf(s string) (int, bool) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, false
	}
	return t.Hour()*60 + t.Minute(), true
}

var things = map[string]Kind{
	"visit": VisitKind, "patient": PatientKind, "contact": ContactKind, "step": CourseStepKind, "wait": WaitingKind, "branch": BranchKind,
}

func (l *loader) timeline(e source.Entry) *Timeline {
	f := l.Fields(e.Value, "a timeline", "about", "when", "if", "until", "class", "together", "again", "late", "run", "call", "with", "say", "series")
	f.Need("about", "when", "class")
	t := &Timeline{Pos: e.KeyPos, Name: l.Name(e.KeyPos, e.Key), Late: anchorLate}
	about := f.OneOf("about", "visit", "patient", "contact", "step", "wait", "branch")
	if t.About = Thing(about); about == "" {
		t.About = AboutVisit
	}
	t.Class = Class(f.OneOf("class", classes...))
	if f.Has("late") {
		t.Late = f.Duration("late")
	}
	if f.Has("together") {
		t.Together = f.OneOf("together", "day") == "day"
	}
	if f.Has("again") {
		again := l.Fields(f.Node("again"), "`again`", "every", "times")
		again.Need("every", "times")
		t.Again = &Again{Every: again.Duration("every"), Times: again.Int("times")}
	}
	scope := Scope{names: map[string]Type{string(t.About): {Kind: things[string(t.About)]}}, memory: l.set.Memory}
	if t.Together {
		scope.names["visits"] = ListOf(VisitKind)
	}
	p := place{id: "journey." + t.Name, class: t.Class, scope: func() Scope { return scope }}
	l.whens(t, f.Node("when"), p)
	l.condition(f.Node("if"), "if", p, func(x *Expr) { t.If = x })
	l.condition(f.Node("until"), "until", p, func(x *Expr) { t.Until = x })
	l.deed(t, f, p)
	return t
}

// deed reads the one thing that a timeline does.
func (l *loader) deed(t *Timeline, f source.Fields, p place) {
	l.exactlyOne(f, t.Pos, "run", "call", "say", "series")
	handed := Param{Name: string(t.About), Type: Type{Kind: things[string(t.About)]}}
	if t.Together {
		handed = Param{Name: "visits", Type: ListOf(VisitKind)}
	}
	said := p
	said.id += ".say"
	switch {
	case f.Has("run"):
		t.Run = l.call(f.Node("run"), f.Node("with"), p, l.running, handed)
	case f.Has("call"):
		t.Call = l.call(f.Node("call"), f.Node("with"), p, l.action, handed)
	case f.Has("say"):
		t.Say = l.say(f.Node("say"), said)
	case f.Has("series"):
		t.Series = l.series(f.Node("series"), p)
	}
}

func (l *loader) series(n *source.Node, p place) []Chapter {
	if !n.Is(source.List) {
		l.Add(n.Pos, 78, "series", source.List, n.Kind)
		return nil
	}
	if len(n.Items) > seriesMax {
		l.Add(n.Pos, 78, "series", "at most "+strconv.Itoa(seriesMax)+" messages", strconv.Itoa(len(n.Items)))
	}
	chapters := make([]Chapter, len(n.Items))
	for i, item := range n.Items {
		f := l.Fields(item, "an item of a series", "wait", "say")
		f.Need("say")
		if i > 0 {
			f.Need("wait")
		}
		said := p
		said.id += "." + strconv.Itoa(i+1)
		chapters[i] = Chapter{Wait: f.Duration("wait"), Say: l.say(f.Node("say"), said)}
	}
	return chapters
}

// whens reads `when`: one time, or a time for each variant of a test.
func (l *loader) whens(t *Timeline, n *source.Node, p place) {
	switch {
	case n == nil:
		return
	case !n.Is(source.Mapping):
		t.When = l.when(n, p)
		return
	}
	t.Whens = map[string]*When{}
	var stand []string
	for _, e := range n.Entries {
		if e.Key == "test" {
			t.WhenTest = l.Word(e.Value, "test")
			continue
		}
		stand = append(stand, e.Key)
		t.Whens[e.Key] = l.when(e.Value, p)
	}
	if t.WhenTest == "" {
		l.Add(n.Pos, 80, "`when` with variants", "test")
		return
	}
	l.then(func() { l.checkTest(n.Get("test").Pos, t.WhenTest, slices.Clone(stand)) })
}
