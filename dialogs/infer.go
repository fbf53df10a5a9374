package dialogs

import (
	"slices"

	"careline/dialogs/source"
)

// fact is where an answer gets a value, and so its type.
type fact struct {
	dialog *Dialog
	name   string
	pos    source.Pos
	find   func() (Type, bool) // false: not known yet
	all    func() []Param      // instead of name and find: several at once
}

func (l *loader) know(d *Dialog, name string, pos source.Pos, find func() (Type, bool)) {
	l.facts = append(l.facts, &fact{dialog: d, name: name, pos: pos, find: find})
}

// infer finds the type of every answer. What a dialog gives may depend on another dialog, a list's element
// on an action, a `set` on an answer: it goes round until nothing new is learnt, then compares; finding 47.
func (l *loader) infer() {
	l.lost()
	for range len(l.facts) + 1 {
		learnt := false
		for _, f := range l.facts {
			for _, p := range f.params() {
				before, known := f.dialog.Answers[p.Name]
				merged, ok := before.merge(p.Type)
				if ok && (!known || len(merged.Words) != len(before.Words)) && (p.Type.Kind != "") {
					f.dialog.Answers[p.Name] = merged
					learnt = true
				}
			}
		}
		if !learnt {
			break
		}
	}
	l.contradictions()
}

// lost opens the scopes of dialogs that get values from what could not be read: that was told once, and every
// name it would have given is not told as well.
func (l *loader) lost() {
	for learnt := true; learnt; {
		learnt = false
		for _, d := range l.set.Dialogs {
			if !d.Scope.open && slices.ContainsFunc(d.States, l.losing) {
				d.Scope.open, learnt = true, true
			}
		}
	}
}

// losing: what the state calls or runs is unknown, or does not know itself what it gives.
func (l *loader) losing(s *State) bool {
	switch s.Doing {
	case Calls:
		return l.set.Actions[s.Call.Name] == nil
	case Runs:
		sub := l.set.Dialogs[s.Run.Name]
		return sub == nil || sub.Scope.open && len(sub.Gives) > 0
	}
	return false
}

func (f *fact) params() []Param {
	if f.all != nil {
		return f.all()
	}
	t, ok := f.find()
	if _, inMemory := remembers(f.dialog.Scope, f.name); !ok || inMemory {
		return nil
	}
	return []Param{{Name: f.name, Type: t}}
}

func (l *loader) contradictions() {
	type key struct {
		dialog *Dialog
		name   string
	}
	lines := map[key]int{}
	for _, f := range l.facts {
		for _, p := range f.params() {
			k := key{f.dialog, p.Name}
			known := f.dialog.Answers[p.Name]
			if _, ok := known.merge(p.Type); !ok {
				l.Add(f.pos, 47, p.Name, Type{Kind: known.Kind, Elem: known.Elem}, lines[k], Type{Kind: p.Type.Kind, Elem: p.Type.Elem})
			}
			if lines[k] == 0 {
				lines[k] = f.pos.Line
			}
		}
	}
}
