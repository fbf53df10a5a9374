package dialogs

import (
	"slices"
	"strings"

	"careline/dialogs/source"
)

// outcomes compares `on` with what the state can end with: findings 19 to 24.
func (l *loader) outcomes(d *Dialog, s *State, f source.Fields) {
	var own []string // declared by a question, an action or a dialog
	switch s.Doing {
	case Asks:
		own = slices.Concat(choiceValues(s.Ask), alsoNames(s.Ask))
		l.askOutcomes(s, f)
	case Calls:
		a := l.set.Actions[s.Call.Name]
		if a == nil {
			return
		}
		own = a.Outcomes
		l.named(s, own, func(o string) { l.Add(s.Call.Pos, 19, s.Call.Name, o, o) })
	case Runs:
		sub := l.set.Dialogs[s.Run.Name]
		if sub == nil {
			return
		}
		own = sub.Ends
		l.named(s, own, func(o string) { l.Add(s.Run.Pos, 20, s.Run.Name, o) })
	}
	also := l.impliedOf(s)
	for _, e := range f.Node("on").Pairs() {
		if e.Key != "else" && !slices.Contains(own, e.Key) && !slices.Contains(also, e.Key) {
			l.Add(e.KeyPos, 21, e.Key, strings.Join(append(slices.Clone(own), also[:min(1, len(also))]...), ", "))
		}
	}
}

// named tells every outcome but the good one that has no way.
func (l *loader) named(s *State, outcomes []string, tell func(string)) {
	if s.Else != nil || len(outcomes) == 0 {
		return
	}
	for _, o := range outcomes[1:] {
		if _, ok := s.On[o]; !ok {
			tell(o)
		}
	}
}

func (l *loader) askOutcomes(s *State, f source.Fields) {
	q := s.Ask
	if _, silence := s.On["silence"]; silence != f.Has("wait") {
		l.Add(s.Pos, 24)
	}
	if s.Else != nil {
		return
	}
	for _, a := range q.Also {
		if _, ok := s.On[a.Answer]; !ok {
			l.Add(f.KeyPos("also"), 23, a.Answer, a.Answer)
		}
	}
	if q.Closed() || q.Type.Kind == "" {
		return
	}
	beside := q.Type.String()
	if q.List != "" {
		beside = "a list"
	}
	for _, c := range q.Choices {
		if _, ok := s.On[c.Value]; !ok {
			l.Add(c.Pos, 22, c.Value, beside, c.Value)
		}
	}
}

// Closed: the choices are the answer's values, not other ways out.
func (q *Question) Closed() bool {
	return q.List == "" && (q.Type.Kind == Word || q.Type.Kind == Several)
}

func alsoNames(q *Question) []string {
	names := make([]string, len(q.Also))
	for i, a := range q.Also {
		names[i] = a.Answer
	}
	return names
}

// impliedOf are the outcomes that the state can have though nobody declares them, the usual one first.
func (l *loader) impliedOf(s *State) []string {
	switch s.Doing {
	case Asks:
		return []string{"unclear", "silence", "quit", "expired", "no_consent"}
	case Runs:
		return []string{"quit", "expired", "no_consent", "failed"}
	case Calls:
		if a := l.set.Actions[s.Call.Name]; a != nil && a.Later {
			return []string{"failed", "quit", "expired", "no_consent"}
		}
		return []string{"failed"}
	}
	return nil
}
