package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// clock is a time of day.
type clock struct{ written }

func (clock) hint() channels.Ask { return channels.AskNumber }

func (clock) understand(_ *question, in *channels.Incoming) (any, bool) {
	t, ok := words.ParseTime(in.Text)
	return t, ok
}
