package engine

import (
	"careline/channels"
	"careline/dialogs"
)

// question is one that a dialog stands at, with what is needed to show it and to read an answer.
type question struct {
	*step
	task  *dialogs.Task
	frame *dialogs.Frame
	state *dialogs.State
	*dialogs.Question
	kind kind
}

// kind is what is special about a type of question.
type kind interface {
	// hint tells the channel what answer is wanted.
	hint() channels.Ask
	// offers are the buttons that the type brings itself.
	offers(q *question) []button
	// understand reads what a person wrote or sent, beyond the buttons.
	understand(q *question, in *channels.Incoming) (value any, ok bool)
	// retry is the id of the engine's phrase for an answer that was not understood.
	retry(q *question, in *channels.Incoming) string
}

// written is what most types have in common: an answer in words, no buttons, a phrase named after the type.
type written struct{}

func (written) hint() channels.Ask        { return channels.AskText }
func (written) offers(*question) []button { return nil }

func (written) retry(q *question, _ *channels.Incoming) string {
	return "engine.retry." + string(q.Type.Kind)
}

// reading is what an answer was understood as.
type reading struct {
	name    string // of the answer that gets the value; empty when the outcome is another way out
	value   any
	outcome string
}

// question is the one that a dialog rests at; nil when it rests at something else.
func (s *step) question(t *dialogs.Task, f *dialogs.Frame) *question {
	st := s.state(f)
	if st.Doing != dialogs.Asks {
		return nil
	}
	return &question{s, t, f, st, st.Ask, kindOf(st.Ask.Type)}
}

// openQuestion is the question of the top task, if it has one.
func (s *step) openQuestion() *question {
	t, f := s.top()
	if f == nil {
		return nil
	}
	return s.question(t, f)
}

// isWord: the script's choices are the answer's values, not other ways out.
func (q *question) isWord() bool {
	return q.Type.Kind == dialogs.Word || q.Type.Kind == dialogs.Several
}

// readAs tries to read what came as another type: `also`.
func (q *question) readAs(t dialogs.Type, in *channels.Incoming) (any, bool) {
	other := *q
	other.Question = &dialogs.Question{Answer: q.Answer, Type: t}
	other.kind = kindOf(t)
	return other.kind.understand(&other, in)
}

// kindOf finds the subject of a type. Records are only chosen from lists, so they have no reading of their own.
func kindOf(t dialogs.Type) kind {
	switch t.Kind {
	case dialogs.Several:
		return several{}
	case dialogs.Text:
		return text{}
	case dialogs.Story:
		return story{}
	case dialogs.Number:
		return number{}
	case dialogs.Rating:
		return rating{}
	case dialogs.YesNo:
		return yesNo{}
	case dialogs.Date:
		return date{}
	case dialogs.Time:
		return clock{}
	case dialogs.Period:
		return period{}
	case dialogs.Phone:
		return phone{}
	case dialogs.Name:
		return name{}
	case dialogs.Email:
		return email{}
	case dialogs.Photo, dialogs.File:
		return file{}
	}
	return choice{}
}
