package engine

import (
	"strings"

	"careline/channels"
	"careline/dialogs/words"
)

// phone is a telephone number, typed or shared by the messenger's button.
type phone struct{ written }

func (phone) hint() channels.Ask { return channels.AskPhone }

func (phone) understand(q *question, in *channels.Incoming) (any, bool) {
	if notTheirs(q, in) {
		return nil, false
	}
	written := in.Text
	if in.Shared != nil {
		written = in.Shared.Phone
		if !strings.HasPrefix(written, "+") { // messengers leave the plus out
			written = "+" + written
		}
	}
	number, ok := words.Phone(written)
	return number, ok
}

func (phone) retry(q *question, in *channels.Incoming) string {
	if in != nil && notTheirs(q, in) {
		return "engine.retry.phone_own"
	}
	return "engine.retry.phone"
}

// notTheirs: somebody else's card was sent where the person's own number is asked.
func notTheirs(q *question, in *channels.Incoming) bool {
	return in.Shared != nil && !in.Shared.Own && strings.HasPrefix(q.Answer, "me.")
}
