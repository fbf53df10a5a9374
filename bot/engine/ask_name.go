package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// name is a person's name.
type name struct{}

func (name) hint() channels.Ask                         { return channels.AskText }
func (name) offers(*question) ([]button, error)         { return nil, nil }
func (name) retry(*question, *channels.Incoming) string { return "engine.retry.name" }

func (name) understand(_ *question, in *channels.Incoming) (any, bool) {
	full, ok := words.Name(in.Text)
	return full, ok
}
