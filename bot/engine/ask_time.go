package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// clock is a time of day.
type clock struct{}

func (clock) hint() channels.Ask                         { return channels.AskText }
func (clock) offers(*question) ([]button, error)         { return nil, nil }
func (clock) retry(*question, *channels.Incoming) string { return "engine.retry.time" }

func (clock) understand(_ *question, in *channels.Incoming) (any, bool) {
	t, ok := words.ParseTime(in.Text)
	return t, ok
}
