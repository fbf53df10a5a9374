package engine

import (
	"slices"
	"strconv"
	"strings"

	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
)

// named finds the button that a text names, in a way that is good enough.
func (q *question) named(text string, good func(words.How) bool) (button, bool, error) {
	all, err := q.nameable()
	if err != nil || len(all) == 0 {
		return button{}, false, err
	}
	i, how, ok := words.Match(text, q.options(all))
	if !ok && q.List != "" {
		b, found := q.namedElsewhere(text, good)
		return b, found, nil
	}
	if !ok || !good(how) {
		return button{}, false, nil
	}
	return all[i], true, nil
}

// namedElsewhere finds an element of the list that is not on the page shown; there positions mean nothing.
func (q *question) namedElsewhere(text string, good func(words.How) bool) (button, bool) {
	items, _ := q.env(q.task, q.frame).answer(q.List).([]any)
	options := make([]words.Option, len(items))
	for i, item := range items {
		options[i].Label = q.view.Label(item)
	}
	i, how, ok := words.Match(text, options)
	if !ok || !good(how) || how == words.ByOrdinal {
		return button{}, false
	}
	return button{value: "#" + strconv.Itoa(i), label: options[i].Label, item: items[i]}, true
}

// exactly are the ways of naming a button that are no guess. A bare number is its position only where it
// cannot be the answer itself.
func (q *question) exactly(how words.How) bool {
	switch q.Type.Kind {
	case dialogs.Number, dialogs.Rating, dialogs.Phone, dialogs.Date, dialogs.Time:
		return how == words.Exact || how == words.ByOrdinal && q.List != ""
	}
	return how == words.Exact || how == words.ByOrdinal
}

// loosely are the ways that are left when the answer was not understood by its type.
func (q *question) loosely(how words.How) bool {
	return how != words.ByOrdinal || q.Type.Kind != dialogs.Number && q.Type.Kind != dialogs.Rating
}

// name does what a button does that was named in words: of several it is the whole answer.
func (q *question) name(b button, in *channels.Incoming) error {
	if q.Type.Kind == dialogs.Several && b.item == nil && b.value != doneButton {
		return q.answer(q.severalReading([]string{b.value}))
	}
	return q.press(b, in)
}

func (q *question) severalReading(picked []string) reading {
	r := reading{name: q.Answer, value: picked}
	if len(picked) == 1 {
		r.outcome = picked[0]
	}
	return r
}

// take reads a message by the type of the question.
func (q *question) take(in *channels.Incoming) (bool, error) {
	if q.Type.Kind == dialogs.Story {
		return q.collect(in), nil
	}
	if value, ok := q.kind.understand(q, in); ok {
		r := reading{name: q.Answer, value: value}
		if picked, isSeveral := value.([]string); isSeveral {
			r = q.severalReading(picked)
		}
		return true, q.answer(r)
	}
	if in.Text == "" {
		return false, nil
	}
	b, found, err := q.named(in.Text, q.loosely)
	if !found || err != nil {
		return false, err
	}
	return true, q.name(b, in)
}

// answer stores what was understood and goes on.
func (q *question) answer(r reading) error {
	t, f := q.task, q.frame
	if err := q.uncover(t); err != nil {
		return err
	}
	q.touch(t)
	if r.name != "" {
		if err := q.store(t, f, r.name, r.value); err != nil {
			return err
		}
		q.tell(t, f, r.name, r.value)
	}
	q.event(answerUnderstood, t, f, q.countable(r))
	leave(f, q.state.Name)
	event, err := q.edge(t, f, q.state, r.outcome)
	if err != nil {
		return err
	}
	return q.follow(t, f, event)
}

// countable is what the funnel may know of an answer: nothing where it is about health.
func (q *question) countable(r reading) string {
	if q.aboutHealth(q.frame) {
		return ""
	}
	if r.outcome != "" {
		return r.outcome
	}
	switch v := r.value.(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case []string:
		return strings.Join(v, ",")
	}
	return ""
}

// touch notes the person's word in every dialog of the task.
func (s *step) touch(t *dialogs.Task) {
	for _, f := range t.Frames {
		f.Since = s.now()
	}
}

// maxTrail is how many questions «назад» can go back.
const maxTrail = 20

// leave notes a question for «назад».
func leave(f *dialogs.Frame, state string) {
	if n := len(f.Trail); n > 0 && f.Trail[n-1] == state {
		return
	}
	f.Trail = append(f.Trail, state)
	f.Trail = slices.Delete(f.Trail, 0, max(0, len(f.Trail)-maxTrail))
}
