package dialogs

import (
	"slices"
	"strings"

	"careline/dialogs/source"
)

// question reads what an `ask` waits for.
func (l *loader) question(d *Dialog, s *State, f source.Fields, p place) {
	q := &Question{Pos: f.Node("ask").Pos, Answer: f.Word("ask"), Again: f.Bool("again"), List: f.Word("list")}
	s.Ask = q
	l.askName(q)
	l.choices(q, f.Node("choose"), p)
	if f.Has("retry") {
		q.Retry = l.text(f.Node("retry"), "retry", p.id+".retry", RetryRole, p)
	}
	for _, e := range l.mapping(f.Node("also"), "also") {
		l.also(d, q, e)
	}
	declared := l.askType(d, f.Node("type"), q)
	l.know(d, q.Answer, q.Pos, func() (Type, bool) {
		t, ok := l.questionType(d, q, declared)
		if ok {
			q.Type = t
		}
		return t, ok
	})
	l.then(func() { l.checkQuestion(d, q, f) })
}

// askName checks what is asked: an answer of the dialog, or something that memory keeps.
func (l *loader) askName(q *Question) {
	if strings.Contains(q.Answer, ".") {
		l.written(q.Pos, q.Answer)
		return
	}
	l.answerName(q.Pos, q.Answer)
}

// written checks that scripts may write what the path names.
func (l *loader) written(at source.Pos, path string) {
	owner, name, _ := strings.Cut(path, ".")
	if !writable(owner) {
		l.Add(at, 83, "only `me.`, `patient.` and `contact.` can be written, `"+owner+"` is read-only")
		return
	}
	kind := standing[owner].Kind
	if _, isField := fieldOf(kind, name); isField && !slices.Contains(writableFields[kind], name) {
		l.Add(at, 83, "`"+path+"` is read-only; of what the clinic always knows scripts write "+strings.Join(writableFields[kind], ", "))
	}
}

// writableFields are what scripts may write beside memory.yaml; the rest follows from what happens.
var writableFields = map[Kind][]string{
	PatientKind: {"full_name", "name", "phone", "birth", "tags"},
	ContactKind: {"language", "zone", "name"},
}

func (l *loader) askType(d *Dialog, n *source.Node, q *Question) Type {
	w := l.Word(n, "type")
	switch w {
	case "":
		return Type{}
	case "several":
		return Type{Kind: Several, Words: choiceValues(q)}
	}
	t, err := ParseType(w)
	if err != nil {
		l.Add(n.Pos, 83, err.Error())
		d.Scope.open = true
	}
	return t
}

// questionType is the type of the answer: as written, as memory has it, of the list's elements, or a word.
func (l *loader) questionType(d *Dialog, q *Question, declared Type) (Type, bool) {
	words := Type{Kind: Word, Words: choiceValues(q)}
	t, known := remembers(d.Scope, q.Answer)
	switch {
	case known && t.Kind == Word && len(q.Choices) > 0:
		return words, true
	case known || strings.Contains(q.Answer, "."):
		return t, known
	case declared.Kind != "":
		return declared, true
	case q.List != "":
		t, _, ok := d.Scope.Shown(q.List)
		return t.elem(), ok && t.elem().Kind != ""
	}
	for _, p := range d.Takes {
		if p.Name == q.Answer && p.Type.Kind != Word {
			return p.Type, true
		}
	}
	return words, len(q.Choices) > 0
}

// remembers is the type of `me.phone` and the like.
func remembers(s Scope, path string) (Type, bool) {
	owner, name, ok := strings.Cut(path, ".")
	if !ok || !writable(owner) {
		return Type{}, false
	}
	return s.Field(standing[owner], name)
}

// writable are the standing names into which scripts may write.
func writable(owner string) bool { return owner == "me" || owner == "patient" || owner == "contact" }

func choiceValues(q *Question) []string {
	values := make([]string, len(q.Choices))
	for i, c := range q.Choices {
		values[i] = c.Value
	}
	return values
}

func (l *loader) choices(q *Question, n *source.Node, p place) {
	for _, e := range l.mapping(n, "choose") {
		l.outcomeName(e.KeyPos, e.Key)
		c := &Choice{Pos: e.KeyPos, Value: e.Key}
		q.Choices = append(q.Choices, c)
		id := p.id + ".choose." + e.Key
		if e.Value.Is(source.Empty) {
			l.Add(e.KeyPos, 6, e.Key)
			continue
		}
		l.Name(e.KeyPos, e.Key)
		if !e.Value.Is(source.Mapping) || e.Value.Flow {
			c.Label = l.text(e.Value, e.Key, id, LabelRole, p)
			continue
		}
		f := l.Fields(e.Value, "a choice", "label", "words", "if", "link")
		f.Need("label")
		if f.Has("label") {
			c.Label = l.text(f.Node("label"), "label", id, LabelRole, p)
		}
		c.Words = f.Words("words")
		l.condition(f.Node("if"), "if", p, func(e *Expr) { c.If = e })
		if f.Has("link") {
			c.Link = l.text(f.Node("link"), "link", id+".link", LinkRole, p)
		}
	}
}

func (l *loader) also(d *Dialog, q *Question, e source.Entry) {
	l.answerName(e.KeyPos, e.Key)
	t, err := ParseType(l.Word(e.Value, e.Key))
	if err != nil {
		l.Add(e.Value.Pos, 83, err.Error())
		return
	}
	if !slices.Contains(understood, t.Kind) {
		l.Add(e.Value.Pos, 83, "nobody can type "+t.String()+"; `also` takes what can be said in words")
	}
	q.Also = append(q.Also, Also{Answer: e.Key, Type: t})
	l.know(d, e.Key, e.KeyPos, func() (Type, bool) { return t, true })
}

// understood are the kinds that an answer in words can become.
var understood = []Kind{
	Word, Several, Text, Story, Number, Rating, YesNo, Date, Time, Period, Phone, Name, Email, Photo, File,
}

// checkQuestion tells what cannot be asked that way, when all types are known.
func (l *loader) checkQuestion(d *Dialog, q *Question, f source.Fields) {
	if q.List != "" {
		t, _, ok := d.Scope.Shown(q.List)
		switch {
		case !ok:
			l.Add(f.Node("list").Pos, 38, "unknown name "+q.List+source.DidYouMean(q.List, d.Scope.Names()))
		case t.Kind != ListKind && t.Kind != "":
			l.Add(f.Node("list").Pos, 45, q.List, "a list", t)
		case !t.elem().Fits(q.Type):
			l.Add(f.Node("list").Pos, 45, q.List, Type{Kind: ListKind, Elem: &q.Type}, t)
		}
	}
	if q.Type.Kind != "" || q.List != "" || f.Has("type") {
		if q.List == "" && q.Type.Kind != "" && !slices.Contains(understood, q.Type.Kind) {
			l.Add(q.Pos, 83, "nobody can type "+q.Type.String()+"; give a `list` to choose from")
		}
		if q.Type.Kind == Several && len(q.Choices) == 0 {
			l.Add(q.Pos, 80, "`type: several`", "choose")
		}
		return
	}
	if owner, _, inMemory := strings.Cut(q.Answer, "."); inMemory {
		if !writable(owner) {
			return
		}
		_, hint, _ := d.Scope.Shown(q.Answer)
		if hint != "" {
			hint = "; did you mean {" + hint + "}?"
		}
		l.Add(q.Pos, 50, q.Answer, hint)
		return
	}
	l.Add(q.Pos, 83, "`ask: "+q.Answer+"` needs `type`, `choose` or `list`, so that the answer can be understood")
}
