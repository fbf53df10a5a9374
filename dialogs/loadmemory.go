package dialogs

import (
	"slices"

	"careline/dialogs/source"
)

func (l *loader) memory(f source.Fields) {
	l.set.Memory.Patient = l.remembered(f.Node("patient"), PatientKind)
	l.set.Memory.Contact = l.remembered(f.Node("contact"), ContactKind)
}

func (l *loader) remembered(n *source.Node, of Kind) map[string]*Remembered {
	all := map[string]*Remembered{}
	for _, e := range l.mapping(n, string(of)) {
		f := l.Fields(e.Value, "a thing to remember", "title", "type", "mark", "keep")
		f.Need("title", "type", "mark")
		l.answerName(e.KeyPos, e.Key)
		if slices.Contains(FieldNames(of), e.Key) {
			l.Add(e.KeyPos, 12, e.Key, e.Key)
		}
		r := &Remembered{Pos: e.KeyPos, Name: e.Key, Title: f.Text("title"), Keep: f.Duration("keep")}
		if f.Has("mark") {
			r.Mark = f.OneOf("mark", "health", "personal", "plain")
		}
		if f.Has("type") {
			t, err := ParseType(f.Word("type"))
			if err != nil {
				l.Add(f.Node("type").Pos, 83, err.Error())
			}
			r.Type = t
		}
		all[e.Key] = r
	}
	return all
}
