package engine

import (
	"careline/channels"
	"careline/dialogs/words"
)

// yesNo is true or false.
type yesNo struct{ written }

func (yesNo) hint() channels.Ask { return channels.AskOne }

func (yesNo) offers(q *question) []button {
	yes, no := q.engineButton("yes", "engine.yes"), q.engineButton("no", "engine.no")
	yes.item, no.item = true, false
	return []button{yes, no}
}

func (yesNo) understand(_ *question, in *channels.Incoming) (any, bool) {
	yes, ok := words.YesNo(in.Text)
	return yes, ok
}
