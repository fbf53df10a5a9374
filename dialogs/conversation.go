package dialogs

import (
	"encoding/json"
	"time"

	"careline/channels"
)

// Conversation is the thread with one contact: who speaks for the clinic and where each running dialog
// stands. It is all that is stored between two steps. encode.go and decode.go know its fields by hand.
type Conversation struct {
	Owner  Owner   `json:"owner,omitempty"`
	Tasks  []*Task `json:"tasks,omitempty"`   // bottom to top
	NextID int     `json:"next,omitempty"`    // number of the next task
	Held   *Held   `json:"held,omitempty"`    // first words before consent
	Late   *Late   `json:"late,omitempty"`    // the story that may still be added to
	Shown  *Shown  `json:"shown,omitempty"`   // the message whose buttons are open
	LastIn int64   `json:"last_in,omitempty"` // person's last word, UTC microseconds
	Tapped string  `json:"tapped,omitempty"`  // data of the button, when that word was a tap
}

// Owner of a conversation.
type Owner string

// The owners; the empty one is the bot.
const (
	Bot      Owner = ""
	Operator Owner = "operator"
)

// Task is a stack of dialogs about one matter; only the top task's question is open.
type Task struct {
	ID      int      `json:"id"`
	Patient string   `json:"patient,omitempty"` // whom it is about; empty = the contact's own patient
	Frames  []*Frame `json:"frames"`            // bottom to top
	Origin  string   `json:"origin,omitempty"`  // "start", "reaction NAME", "timeline NAME"
}

// Frame is one running dialog.
type Frame struct {
	Dialog  string             `json:"d"`
	Version string             `json:"v"`
	State   string             `json:"s"`
	Answers map[string]*Answer `json:"a,omitempty"`
	Visit   int                `json:"n,omitempty"` // counts the questions put; buttons carry it
	Misses  int                `json:"m,omitempty"` // of the standing question
	Page    int                `json:"p,omitempty"` // of a list
	Since   int64              `json:"t,omitempty"` // person's last word in this dialog, or its start; UTC microseconds
	Asked   int64              `json:"q,omitempty"` // when the standing question was put
	Kind    Kind               `json:"y,omitempty"` // of the standing question, to see whether a new script still asks it
	Picked  []string           `json:"k,omitempty"` // of `several`, so far
	Told    *StoryValue        `json:"w,omitempty"` // of `story`, so far
	ToldAt  int64              `json:"wt,omitempty"`
	Trail   []string           `json:"b,omitempty"` // questions behind, for «назад»; emptied by an effect
	// Missing is the consent whose dialog runs on behalf of `needs` before this one may go on.
	Missing string `json:"c,omitempty"`
}

// Answer is a stored value. It is kept as JSON until somebody asks for it, because most answers of a
// conversation are not looked at in most steps.
type Answer struct {
	raw   json.RawMessage
	value any
}

// Held is what a person wrote before consent; sealed, because nothing of it may be kept in the clear.
type Held struct {
	Sealed []byte `json:"sealed"`
	At     int64  `json:"at"`
}

// Late is the story that ended last.
type Late struct {
	Task   int    `json:"task"`
	Dialog string `json:"dialog"`
	Answer string `json:"answer"`
	At     int64  `json:"at"`
}

// Shown remembers the question that stands in the chat.
type Shown struct {
	Task  int    `json:"task"`
	State string `json:"state"`
	Visit int    `json:"visit"`
	Key   string `json:"key,omitempty"` // of the outgoing message, so that its buttons can be closed
}

// Attached is a text with what hangs on it, for messages that scripts send.
type Attached struct {
	Text  string
	Files []channels.File
	Place *channels.Place
}

// Micros is t as the store and a Conversation keep it.
func Micros(t time.Time) int64 { return t.UnixMicro() }
