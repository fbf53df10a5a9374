package engine

import (
	"slices"

	"careline/channels"
	"careline/dialogs/words"
)

// several is any of the buttons: taps mark them until «Готово», words name them all at once.
type several struct{ written }

func (several) hint() channels.Ask { return channels.AskSeveral }

func (several) understand(q *question, in *channels.Incoming) (any, bool) {
	all, err := q.nameable()
	if err != nil || in.Text == "" {
		return nil, false
	}
	named, ok := words.MatchSeveral(in.Text, q.options(all))
	if !ok {
		return nil, false
	}
	var picked []string
	for _, i := range named {
		if all[i].value != doneButton {
			picked = append(picked, all[i].value)
		}
	}
	return picked, len(picked) > 0
}

// mark turns one of the choices on or off and shows it where the channel can change a message.
func (q *question) mark(b button) error {
	if i := slices.Index(q.frame.Picked, b.value); i >= 0 {
		q.frame.Picked = slices.Delete(q.frame.Picked, i, i+1)
	} else {
		q.frame.Picked = append(q.frame.Picked, b.value)
	}
	q.touch(q.task)
	all, err := q.buttons()
	if err != nil {
		return err
	}
	q.sprint.Redraw = q.choices(all)
	return nil
}

// picked is what was marked, in the order of the script.
func (q *question) picked() []string {
	var all []string
	for _, c := range q.Choices {
		if slices.Contains(q.frame.Picked, c.Value) {
			all = append(all, c.Value)
		}
	}
	return all
}
