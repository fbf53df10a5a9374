package vktest

import (
	"encoding/json"
	"strings"
	"time"
)

// User is a person.
type User struct {
	ID     int64  `json:"id"`
	First  string `json:"first_name"`
	Last   string `json:"last_name"`
	Domain string `json:"domain,omitempty"` // of the address vk.com/<domain>
	Closed bool   `json:"is_closed"`
}

// Message is one message as VK tells it.
type Message struct {
	ID           int64        `json:"id"` // 0 in group chats, where only CMID counts
	CMID         int64        `json:"conversation_message_id"`
	Date         int64        `json:"date"`
	UpdateTime   int64        `json:"update_time,omitempty"` // of the last edit; 0 = it is as it was sent
	Peer         int64        `json:"peer_id"`
	From         int64        `json:"from_id"` // negative: the community
	Out          int          `json:"out"`     // 1 = by the community
	Admin        int64        `json:"admin_author_id,omitempty"`
	RandomID     int64        `json:"random_id"`
	Text         string       `json:"text"`
	Payload      string       `json:"payload,omitempty"`
	Ref          string       `json:"ref,omitempty"`
	RefSource    string       `json:"ref_source,omitempty"`
	Attachments  []Attachment `json:"attachments"`
	Geo          *Geo         `json:"geo,omitempty"`
	Forwarded    []Message    `json:"fwd_messages"`
	ReplyTo      *Message     `json:"reply_message,omitempty"`
	Keyboard     *Keyboard    `json:"keyboard,omitempty"`
	Template     *Template    `json:"template,omitempty"`
	Important    bool         `json:"important"`
	Hidden       bool         `json:"is_hidden"`
	MembersCount int          `json:"members_count,omitempty"`

	At      time.Time `json:"-"` // when the server took it, or its last edit
	Deleted bool      `json:"-"`
	Seq     int       `json:"-"` // number of this change in its chat, from 1
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// MarshalJSON writes the text as VK does, as HTML.
func (m Message) MarshalJSON() ([]byte, error) {
	type plain Message
	m.Text = escape.Replace(m.Text)
	return json.Marshal(plain(m))
}

// Attachment is a file or a sticker of a message.
type Attachment struct {
	Type    string   `json:"type"` // photo, doc, audio_message, sticker
	Photo   *Photo   `json:"photo,omitempty"`
	Doc     *Doc     `json:"doc,omitempty"`
	Voice   *Voice   `json:"audio_message,omitempty"`
	Sticker *Sticker `json:"sticker,omitempty"`
}

// Geo is a point on the map.
type Geo struct {
	Type  string `json:"type"`
	Point struct {
		Latitude  float64 `json:"latitude"`
		Longitude float64 `json:"longitude"`
	} `json:"coordinates"`
}

func geo(latitude, longitude float64) *Geo {
	g := &Geo{Type: "point"}
	g.Point.Latitude, g.Point.Longitude = latitude, longitude
	return g
}

// Sticker is a picture instead of words.
type Sticker struct {
	Product int64 `json:"product_id"`
	ID      int64 `json:"sticker_id"`
}

// ByBot tells what the bot said from what a person or an administrator of the community did.
func (m Message) ByBot() bool { return m.From < 0 && m.Admin == 0 }

// New tells a message from the change of an old one.
func (m Message) New() bool { return m.UpdateTime == 0 && !m.Deleted }

// Words is the text and, below it, what the cards say.
func (m Message) Words() string {
	words := m.Text
	if m.Template != nil {
		for _, e := range m.Template.Elements {
			words += "\n" + e.Title + "\n" + e.Description
		}
	}
	return words
}

// Buttons is every button that can be pressed, row by row, card by card.
func (m Message) Buttons() (all []Button) {
	if m.Keyboard != nil {
		for _, row := range m.Keyboard.Rows {
			all = append(all, row...)
		}
	}
	if m.Template != nil {
		for _, e := range m.Template.Elements {
			all = append(all, e.Buttons...)
		}
	}
	return all
}

// Labels is what stands on the buttons.
func (m Message) Labels() (labels []string) {
	for _, b := range m.Buttons() {
		labels = append(labels, b.Action.Label)
	}
	return labels
}

// Document is the first document of the message, or nil.
func (m Message) Document() *Doc {
	for _, a := range m.Attachments {
		if a.Doc != nil {
			return a.Doc
		}
	}
	return nil
}
