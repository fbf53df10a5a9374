package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// rating is a mark.
type rating struct{ written }

func (rating) hint() channels.Ask          { return channels.AskRating }
func (rating) offers(q *question) []button { return digits(q.Type.Min, q.Type.Max) }

func (rating) understand(q *question, in *channels.Incoming) (any, bool) {
	n, ok := words.Rating(in.Text)
	return float64(n), ok && within(q, float64(n))
}
