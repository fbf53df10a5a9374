package engine

import (
	"strconv"

	"careline/channels"
	"careline/dialogs/words"
)

// maxNumberButtons is how many numbers are still worth buttons: 0..10.
const maxNumberButtons = 11

// number is a number, in its range if it has one.
type number struct{}

func (number) hint() channels.Ask { return channels.AskNumber }

func (number) offers(q *question) []button {
	if !ranged(q) || q.Type.Max-q.Type.Min >= maxNumberButtons {
		return nil
	}
	return digits(q.Type.Min, q.Type.Max)
}

func (number) understand(q *question, in *channels.Incoming) (any, bool) {
	n, ok := words.Number(in.Text)
	return n, ok && within(q, n)
}

func (number) retry(q *question, _ *channels.Incoming) string {
	if ranged(q) {
		return "engine.retry.number_range"
	}
	return "engine.retry.number"
}

func ranged(q *question) bool { return q.Type.Min != 0 || q.Type.Max != 0 }

func within(q *question, n float64) bool {
	return !ranged(q) || n >= q.Type.Min && n <= q.Type.Max
}

// digits are buttons for each number from low to high.
func digits(low, high float64) []button {
	all := make([]button, 0, int(high-low)+1)
	for n := low; n <= high; n++ {
		label := strconv.Itoa(int(n))
		all = append(all, button{value: label, label: label, item: n})
	}
	return all
}
