package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// email is an address of electronic mail.
type email struct{ written }

func (email) understand(_ *question, in *channels.Incoming) (any, bool) {
	address, ok := words.Email(in.Text)
	return address, ok
}
