package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// rating is a mark.
type rating struct{}

func (rating) hint() channels.Ask                         { return channels.AskRating }
func (rating) offers(q *question) ([]button, error)       { return digits(q.Type.Min, q.Type.Max), nil }
func (rating) retry(*question, *channels.Incoming) string { return "engine.retry.rating" }

func (rating) understand(q *question, in *channels.Incoming) (any, bool) {
	n, ok := words.Rating(in.Text)
	return float64(n), ok && within(q, float64(n))
}
