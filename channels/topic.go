package channels

// Topic is a place of its own in a chat of many people: all that is about one matter stands there. A channel that has
// topics keeps which of them belongs to which key, and makes, renames, opens and closes it as a message asks; it forgets
// nothing that a human does there by hand. One that has none shows the message in the chat.
type Topic struct {
	Key string `json:"key"` // of the matter: at most 64 bytes of ASCII
	// Title is at most 128 characters; empty: as it is. A message without a title makes no topic.
	Title  string `json:"title,omitempty"`
	Closed bool   `json:"closed,omitempty"`
	// Gone: the topic is to be deleted, and all that was said in it; there is nothing to show.
	Gone bool `json:"gone,omitempty"`
	// Only: what is said is of use in a topic alone. Where there is none it is not shown.
	Only bool `json:"only,omitempty"`
	// Choices stand in place of the message's own where it is shown in the topic; none = the message's own.
	Choices []Choice `json:"choices,omitempty"`
}

// Turned is what somebody did to a topic by hand.
type Turned string

// What can be done to a topic.
const (
	TopicClosed   Turned = "closed"
	TopicReopened Turned = "reopened"
)

// Adviser is a channel that works, but could work better: what somebody should do about it, one sentence each. No
// advice names a person.
type Adviser interface {
	Advice() []string
}
