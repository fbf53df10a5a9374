package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// name is a person's name.
type name struct{ written }

func (name) understand(_ *question, in *channels.Incoming) (any, bool) {
	full, ok := words.Name(in.Text)
	return full, ok
}
