package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// date is a day, in its half of time if the question says one.
type date struct{ written }

func (date) hint() channels.Ask { return channels.AskNumber }

func (date) understand(q *question, in *channels.Incoming) (any, bool) {
	day, ok := dayIn(q, in)
	return day, ok && !wrongHalf(q, day)
}

func (date) retry(q *question, in *channels.Incoming) string {
	if in != nil {
		if day, ok := dayIn(q, in); ok && wrongHalf(q, day) {
			if q.Type.Past {
				return "engine.retry.date_past"
			}
			return "engine.retry.date_future"
		}
	}
	return "engine.retry.date"
}

func dayIn(q *question, in *channels.Incoming) (words.Date, bool) {
	half := words.Either
	switch {
	case q.Type.Past:
		half = words.Past
	case q.Type.Future:
		half = words.Future
	}
	return words.ParseDate(in.Text, q.scene.Now.In(q.view.Zone), half)
}

// wrongHalf: the day is not in the half of time that was asked for. Today is in both.
func wrongHalf(q *question, day words.Date) bool {
	today := words.DateOf(q.scene.Now.In(q.view.Zone))
	return q.Type.Past && day > today || q.Type.Future && day < today
}
