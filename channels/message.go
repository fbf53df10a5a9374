package channels

import "time"

// Incoming is one thing that a person did in a chat.
type Incoming struct {
	From    Address   `json:"from"`
	ID      string    `json:"id"` // unique within the channel; the same id twice is the same message
	At      time.Time `json:"at"` // the network's time
	Text    string    `json:"text,omitempty"`
	Choice  string    `json:"choice,omitempty"` // data of the pressed button, as Choice.Data gave it out
	Files   []File    `json:"files,omitempty"`
	Shared  *Shared   `json:"shared,omitempty"`
	Place   *Place    `json:"place,omitempty"`
	Other   string    `json:"other,omitempty"` // a kind without text that we cannot read: sticker, voice, poll, …
	Profile Profile   `json:"profile"`
	Source  string    `json:"source,omitempty"` // deep-link parameter or ref that brought the person
	// Edited: the person changed the words of an earlier message; ID is that of the change.
	Edited bool `json:"edited,omitempty"`
	// Opened: the person opened the address behind the button Choice, and has said nothing in the chat.
	Opened bool `json:"opened,omitempty"`
	// ReplyTo names the message that this one answers, as its Receipt did.
	ReplyTo string `json:"reply_to,omitempty"`
	// Topic is the key of the topic that it was said in, to all who read there: who answers a colleague says it to them.
	Topic string `json:"topic,omitempty"`
	// Turned is all there is when somebody has closed or reopened Topic by hand.
	Turned Turned `json:"turned,omitempty"`
	// Clinic: not the person wrote, but somebody of the clinic to them, in the messenger itself: a human has taken over.
	Clinic bool `json:"clinic,omitempty"`
	// Permit is all there is when the person said in the messenger itself whether we may write to them.
	Permit Permit `json:"permit,omitempty"`
}

// Profile is what the network tells of the person.
type Profile struct {
	Name     string `json:"name,omitempty"`
	Language string `json:"language,omitempty"` // ISO 639-1, as the messenger is set
	Zone     string `json:"zone,omitempty"`     // IANA name, where the channel knows it
	Phone    string `json:"phone,omitempty"`    // E.164; the network vouches that it is the account's own
}

// Permit is what a person said of our writing to them.
type Permit string

// The permits.
const (
	Allowed Permit = "allowed"
	Denied  Permit = "denied"
)

// Shared is a contact card that the person sent; Own when the network vouches that it is theirs.
type Shared struct {
	Phone string `json:"phone"`
	Name  string `json:"name,omitempty"`
	Own   bool   `json:"own,omitempty"`
}

// Place is a point on the map.
type Place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Title     string  `json:"title,omitempty"`
	Address   string  `json:"address,omitempty"`
	URL       string  `json:"url,omitempty"` // map link for channels without places
}

// FileKind says how a file is shown.
type FileKind string

// The kinds of file.
const (
	Photo    FileKind = "photo"
	Document FileKind = "document"
	Voice    FileKind = "voice"
	Video    FileKind = "video"
)

// File is an attachment. Small ones made by careline (a calendar, an export) carry Data; what a
// person sent carries Ref, which the channel that took it can open again.
type File struct {
	Kind FileKind `json:"kind"`
	Name string   `json:"name"`
	MIME string   `json:"mime"`
	Size int64    `json:"size,omitempty"` // bytes
	Ref  string   `json:"ref,omitempty"`  // opaque, belongs to the channel; or "media/x.jpg" of the clinic
	Data []byte   `json:"data,omitempty"`
}

// Outgoing is one message to a person, independent of how a messenger will show it.
type Outgoing struct {
	Key     string   `json:"key"` // idempotency key, set by the outbox
	Text    string   `json:"text,omitempty"`
	Choices []Choice `json:"choices,omitempty"`
	Ask     Ask      `json:"ask,omitempty"`
	Files   []File   `json:"files,omitempty"`
	Place   *Place   `json:"place,omitempty"`
	// Closes names a message whose buttons are to disappear (the network's id), where a channel can.
	// A message with nothing else shows nothing.
	Closes string `json:"closes,omitempty"`
	// Redraws names a message (the network's id) whose buttons become Choices, marks changed, where a
	// channel can edit; nothing new is shown.
	Redraws string `json:"redraws,omitempty"`
	// Topic is where it belongs in a chat of many people; nil = to the chat as such.
	Topic *Topic `json:"topic,omitempty"`
	// Clears: everything said before was erased at the person's wish; who shows a history clears it.
	Clears bool `json:"clears,omitempty"`
	// Language of the text, for the channel's own words (page marks, «share my phone»): ru, en.
	Language string `json:"language,omitempty"`
	// Heard is when the person last wrote in this chat, to the hour; zero = never. It is set for a channel whose Caps
	// say Unofficial.
	Heard time.Time `json:"-"`
	// Done counts the first of the rendered messages that an earlier Send got through before it failed
	// (Error.Done): they are not shown again.
	Done int `json:"-"`
}

// Ask hints what kind of answer the message wants, so that a channel may offer more than buttons.
type Ask string

// The hints.
const (
	AskNothing Ask = ""
	AskOne     Ask = "one"     // one of Choices
	AskSeveral Ask = "several" // any of Choices; chosen ones are marked, the last one is «Готово»
	AskRating  Ask = "rating"  // one of Choices, short, in one row
	AskPhone   Ask = "phone"   // a channel with contact sharing offers it
	AskText    Ask = "text"    // words
	AskNumber  Ask = "number"  // a number, a date or a time: digits are the answer, and no choice's place
)

// Choice is a button. Data comes back as Incoming.Choice; it is at most 64 bytes of ASCII.
type Choice struct {
	Data   string `json:"data"`
	Label  string `json:"label"`
	Link   string `json:"link,omitempty"`   // opens this address instead of answering
	Chosen bool   `json:"chosen,omitempty"` // with AskSeveral
	About  string `json:"about,omitempty"`  // a line more: on a card, or under the text
}
