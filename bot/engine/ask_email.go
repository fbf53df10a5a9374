package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// email is an address of electronic mail.
type email struct{}

func (email) hint() channels.Ask                         { return channels.AskText }
func (email) offers(*question) ([]button, error)         { return nil, nil }
func (email) retry(*question, *channels.Incoming) string { return "engine.retry.email" }

func (email) understand(_ *question, in *channels.Incoming) (any, bool) {
	address, ok := words.Email(in.Text)
	return address, ok
}
