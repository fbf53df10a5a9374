package telegramtest

import "time"

// User is a person or the bot.
type User struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Language string `json:"language_code,omitempty"`
}

// Chat is a private chat or a group, as a message names it.
type Chat struct {
	ID       int64  `json:"id"`
	Type     string `json:"type"` // private, group, supergroup
	Title    string `json:"title,omitempty"`
	First    string `json:"first_name,omitempty"`
	Last     string `json:"last_name,omitempty"`
	Username string `json:"username,omitempty"`
	Forum    bool   `json:"is_forum,omitempty"`
}

// Entity marks a piece of a text; offsets and lengths are UTF-16 units.
type Entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	URL    string `json:"url,omitempty"`
}

// Contact is a contact card.
type Contact struct {
	Phone string `json:"phone_number"`
	First string `json:"first_name"`
	User  int64  `json:"user_id,omitempty"`
}

// Location is a point on the map.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Venue is a point with a name.
type Venue struct {
	Location Location `json:"location"`
	Title    string   `json:"title"`
	Address  string   `json:"address"`
}

// Attachment is a file of a message; its bytes are Server.File(ID).
type Attachment struct {
	ID     string `json:"file_id"`
	Unique string `json:"file_unique_id"`
	Name   string `json:"file_name,omitempty"`
	MIME   string `json:"mime_type,omitempty"`
	Size   int64  `json:"file_size"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Message is one message in a chat, in the shape of the Bot API, as it looks now: after its edits.
type Message struct {
	ID       int64        `json:"message_id"`
	From     *User        `json:"from,omitempty"`
	Chat     Chat         `json:"chat"`
	Date     int64        `json:"date"`
	EditDate int64        `json:"edit_date,omitempty"`
	ReplyTo  *Message     `json:"reply_to_message,omitempty"`
	Text     string       `json:"text,omitempty"` // as people see it, without tags
	Entities []Entity     `json:"entities,omitempty"`
	Caption  string       `json:"caption,omitempty"`
	Marks    []Entity     `json:"caption_entities,omitempty"`
	Contact  *Contact     `json:"contact,omitempty"`
	Location *Location    `json:"location,omitempty"`
	Venue    *Venue       `json:"venue,omitempty"`
	Photo    []Attachment `json:"photo,omitempty"`
	Document *Attachment  `json:"document,omitempty"`
	Voice    *Attachment  `json:"voice,omitempty"`
	Video    *Attachment  `json:"video,omitempty"`
	Audio    *Attachment  `json:"audio,omitempty"`
	Inline   *Inline      `json:"reply_markup,omitempty"`
	Moved    int64        `json:"migrate_to_chat_id,omitempty"`
	MovedBy  int64        `json:"migrate_from_chat_id,omitempty"`

	Thread        int64         `json:"message_thread_id,omitempty"`
	InTopic       bool          `json:"is_topic_message,omitempty"`
	TopicCreated  *TopicCreated `json:"forum_topic_created,omitempty"`
	TopicClosed   *struct{}     `json:"forum_topic_closed,omitempty"`
	TopicReopened *struct{}     `json:"forum_topic_reopened,omitempty"`

	At       time.Time `json:"-"` // when the server took it, or its last edit
	Keyboard *Keyboard `json:"-"` // the keyboard that came with it
	Deleted  bool      `json:"-"`
	Seq      int       `json:"-"` // number of this change in its chat, from 1
}

// TopicCreated is what the first message of a topic tells.
type TopicCreated struct {
	Name string `json:"name"`
}

// Words is the text or, beside a file, the caption.
func (m Message) Words() string { return m.Text + m.Caption }

// Labels is every button that can be pressed, row by row.
func (m Message) Labels() (labels []string) {
	if m.Inline != nil {
		for _, row := range m.Inline.Rows {
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
		return labels
	}
	if m.Keyboard != nil {
		for _, row := range m.Keyboard.Rows {
			for _, b := range row {
				labels = append(labels, b.Text)
			}
		}
	}
	return labels
}
