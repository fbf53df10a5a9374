package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/words"
)

// perPage is how many elements of a list are shown at a time.
const perPage = 8

// Values of the engine's own buttons; no script can name a choice like this.
const (
	moreButton = "+more"
	doneButton = "+done"
)

// button is one thing that may be pressed, or named in words.
type button struct {
	value  string
	label  string
	words  []string // other ways to say it, labels in other languages among them
	item   any      // value it stands for; nil when the button is a choice of the script
	link   string
	chosen bool
}

// buttons are everything that may be pressed now, in the order in which it is shown.
func (q *question) buttons() ([]button, error) {
	all := q.kind.offers(q)
	if q.List != "" {
		all = append(all, q.listed()...)
	}
	for _, c := range q.Choices {
		b, shown, err := q.scripted(c)
		if err != nil {
			return nil, err
		}
		if shown {
			all = append(all, b)
		}
	}
	if q.Type.Kind == dialogs.Several {
		all = append(all, q.engineButton(doneButton, "engine.done"))
	}
	return all, nil
}

// scripted is a choice of the script. One with a link that is empty for this person is not shown.
func (q *question) scripted(c *dialogs.Choice) (button, bool, error) {
	env := q.env(q.task, q.frame)
	if c.If != nil {
		if ok, err := c.If.True(env); err != nil || !ok {
			return button{}, false, err
		}
	}
	b := button{value: c.Value, words: slices.Clip(c.Words), chosen: slices.Contains(q.frame.Picked, c.Value)}
	var err error
	if c.Link != "" {
		if b.link, err = q.set.Text(c.Link, 0, env, q.view); err != nil || b.link == "" {
			return b, false, err
		}
	}
	b.label, err = q.set.Text(c.Label, 0, env, q.view)
	if err != nil {
		return b, false, fmt.Errorf("choice %s: %w", c.Value, err)
	}
	return b, true, nil
}

// listed is the page of the list that is shown, and «Ещё» when there are more.
func (q *question) listed() []button {
	items, _ := q.env(q.task, q.frame).answer(q.List).([]any)
	from := q.frame.Page * perPage
	if from >= len(items) {
		from, q.frame.Page = 0, 0
	}
	to := min(from+perPage, len(items))
	all := make([]button, 0, to-from+1)
	for i := from; i < to; i++ {
		all = append(all, button{value: "#" + strconv.Itoa(i), label: q.view.Label(items[i]), item: items[i]})
	}
	if len(items) > perPage {
		all = append(all, q.engineButton(moreButton, "engine.more"))
	}
	return all
}

func (q *question) engineButton(value, id string) button {
	label, _ := q.set.Text(id, 0, q.env(nil, nil), q.view)
	return button{value: value, label: label}
}

// reading is what pressing the button means.
func (q *question) reading(b button) reading {
	switch {
	case b.item != nil:
		return reading{name: q.Answer, value: b.item}
	case q.Type.Kind == dialogs.Several:
		return reading{name: q.Answer, value: []string{b.value}, outcome: b.value}
	case q.isWord():
		return reading{name: q.Answer, value: b.value, outcome: b.value}
	}
	return reading{outcome: b.value}
}

// choices are the buttons as a message carries them.
func (q *question) choices(all []button) []channels.Choice {
	shown := make([]channels.Choice, len(all))
	prefix := tapPrefix(q.task, q.frame)
	for i, b := range all {
		shown[i] = channels.Choice{Data: prefix + b.value, Label: b.label, Link: b.link, Chosen: b.chosen, About: about(b.item)}
	}
	return shown
}

// about is what helps to choose between practitioners.
func about(item any) string {
	if p, ok := item.(*dialogs.Practitioner); ok {
		return p.About
	}
	return ""
}

// nameable is the buttons in the order in which they are numbered: those that open an address have no
// number where buttons are shown as a list.
func (q *question) nameable() ([]button, error) {
	all, err := q.buttons()
	slices.SortStableFunc(all, func(a, b button) int { return cmp.Compare(min(len(a.link), 1), min(len(b.link), 1)) })
	return all, err
}

// options are nameable buttons as words may name them, in every language of the clinic.
func (q *question) options(all []button) []words.Option {
	options := make([]words.Option, len(all))
	for i, b := range all {
		options[i] = words.Option{Value: b.value, Label: b.label, Words: b.words}
	}
	shown := make([]channels.Choice, 0, len(all))
	for _, b := range all {
		if b.link == "" {
			shown = append(shown, channels.Choice{Label: b.label})
		}
	}
	for _, language := range q.set.Languages {
		for i, mark := range channels.Marks(shown, q.hint(), language) {
			if _, number := words.Number(mark); mark != "" && !number { // a number is a place, and understood as such
				options[i].Words = append(slices.Clip(options[i].Words), mark)
			}
		}
		if language == q.view.Language {
			continue
		}
		labels := q.labelsIn(language)
		for i := range min(len(labels), len(options)) {
			options[i].Words = append(slices.Clip(options[i].Words), labels[i])
		}
	}
	return options
}

// labelsIn are the labels of the same buttons for a reader of another language.
func (q *question) labelsIn(language string) []string {
	here := q.view.Language
	q.view.Language = language
	defer func() { q.view.Language = here }()
	all, err := q.nameable()
	if err != nil {
		return nil
	}
	labels := make([]string, len(all))
	for i, b := range all {
		labels[i] = b.label
	}
	return labels
}
