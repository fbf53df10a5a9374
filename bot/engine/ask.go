package engine

import (
	"strings"

	"careline/channels"
	"careline/dialogs"
)

// known finds the answer of a question about a person that need not be put again, and its outcome.
func (s *step) known(t *dialogs.Task, st *dialogs.State) (outcome string, ok bool) {
	scope, name, inMemory := strings.Cut(st.Ask.Answer, ".")
	if !inMemory || st.Ask.Again {
		return "", false
	}
	value := dialogs.ReadField(s.env(t, nil).Value(scope), name)
	if a, undecoded := value.(*dialogs.Answer); undecoded {
		if decoded, err := a.Value(st.Ask.Type, s.scene.Catalog); err == nil {
			value = decoded
		}
	}
	if value == nil {
		return "", false
	}
	if word, isWord := value.(string); isWord && st.Ask.Type.Kind == dialogs.Word {
		return word, true
	}
	return "", true
}

// ask puts a question, unless memory knows the answer; the conversation rests at it.
func (s *step) ask(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) (string, error) {
	if outcome, known := s.known(t, st); known {
		return s.edge(t, f, st, outcome)
	}
	return rests, s.putNew(t, f, st)
}

// putNew puts a question for the first time, or anew.
func (s *step) putNew(t *dialogs.Task, f *dialogs.Frame, st *dialogs.State) error {
	if s.muted {
		return nil
	}
	f.Visit++
	f.Kind = st.Ask.Type.Kind
	f.Misses, f.Page, f.Picked, f.Told, f.ToldAt = 0, 0, nil, nil, 0
	q := s.question(t, f)
	if q.Type.Kind == dialogs.Story {
		if err := q.beginWithHeld(); err != nil {
			return err
		}
	}
	s.event(stateAsked, t, f, "")
	return q.put()
}

// put says what the state says, the question last.
func (q *question) put() error {
	if q.sealed && q.frame.Dialog == consentDialog { // what was written is not lost, it waits for consent
		if err := q.phrase("engine.sealed"); err != nil {
			return err
		}
	}
	said, err := q.compose(q.task, q.frame, q.state.Say)
	if err != nil {
		return err
	}
	return q.show(said)
}

// putAgain repeats the question alone.
func (q *question) putAgain() error {
	said, err := q.compose(q.task, q.frame, q.state.Say)
	if err != nil {
		return err
	}
	return q.show(said[max(0, len(said)-1):])
}

// askAgain answers what was not understood.
func (q *question) askAgain(in *channels.Incoming) error {
	text, err := q.retryPhrase(in)
	if err != nil {
		return err
	}
	return q.show([]channels.Outgoing{{Text: text}})
}

// show sends messages, the last of which carries the buttons. A question that came out blank says what
// kind of answer it wants.
func (q *question) show(said []channels.Outgoing) error {
	if len(said) == 0 {
		return q.askAgain(nil)
	}
	all, err := q.buttons()
	if err != nil {
		return err
	}
	last := &said[len(said)-1]
	last.Choices, last.Ask = q.choices(all), q.hint()
	q.frame.Asked = q.now()
	q.step.asked = true
	return q.send(q.frame, said...)
}

// hint tells the channel what answer is wanted: beside a list, an element of it.
func (q *question) hint() channels.Ask {
	hint := q.kind.hint()
	if q.List != "" && (hint == channels.AskText || hint == channels.AskNumber) {
		return channels.AskOne
	}
	return hint
}

func (q *question) retryPhrase(in *channels.Incoming) (string, error) {
	if q.Retry != "" {
		return q.set.Text(q.Retry, 0, q.env(q.task, q.frame), q.view)
	}
	return q.set.Text(q.kind.retry(q, in), 0, bounds{q.Type}, q.view)
}

// bounds is what the phrases about a type may name.
type bounds struct{ dialogs.Type }

func (b bounds) Value(name string) any {
	switch {
	case name == "min":
		return b.Min
	case name == "max" && b.Kind == dialogs.Text:
		return float64(maxText)
	case name == "max":
		return b.Max
	}
	return nil
}
