package runner

import (
	"time"

	"careline/dialogs"
	"careline/store"
)

// waitsFor is how long after their last words a person may still be looking at the chat.
const waitsFor = 5 * time.Minute

// urgency of what is said: whoever has just written waits for it, whatever it was that made us speak.
func (c *chat) urgency(class string) int {
	switch {
	case class == string(dialogs.AdvertisingClass):
		return store.CampaignLast
	case c.asked || c.now.Sub(time.UnixMicro(c.conversation.LastIn)) < waitsFor:
		return store.AnswerFirst
	}
	return store.FollowUpNext
}
