package vk

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/object"
)

// message is what is read of a message. The library's type takes a pot of time, and refuses the whole message for one
// field that VK changed.
type message struct {
	CMID          int64             `json:"conversation_message_id"`
	Date          int64             `json:"date"`
	UpdateTime    int64             `json:"update_time"`
	FromID        int64             `json:"from_id"`
	PeerID        int64             `json:"peer_id"`
	AdminAuthorID int64             `json:"admin_author_id"`
	Text          string            `json:"text"`
	Payload       json.RawMessage   `json:"payload"`
	Ref           string            `json:"ref"`
	RefSource     string            `json:"ref_source"`
	Attachments   []attachment      `json:"attachments"`
	Geo           *geo              `json:"geo"`
	Forwarded     []json.RawMessage `json:"fwd_messages"`
	ReplyTo       *struct {
		CMID int64 `json:"conversation_message_id"`
	} `json:"reply_message"`
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&", "<br>", "\n")

// words are the text as it was typed: VK writes it as HTML.
func (m *message) words() string { return wire.Clean(unescape.Replace(m.Text)) }

// written is what a person wrote or sent; nil for what is not from a person or is in a conversation of many.
func (v *VK) written(raw []byte) *received {
	var o struct {
		Message *message `json:"message"`
		Client  struct {
			Language *int  `json:"lang_id"`
			Cards    *bool `json:"carousel"`
		} `json:"client_info"`
	}
	if !unmarshal(raw, &o) {
		return nil
	}
	if o.Message == nil { // as versions of the API before 5.103 have it
		o.Message = new(message)
		unmarshal(raw, o.Message)
	}
	r := v.letter(o.Message)
	if r != nil {
		r.in.Profile.Language = language(o.Client.Language)
		r.cardless = o.Client.Cards != nil && !*o.Client.Cards
	}
	return r
}

// letter is a message as what a person wrote in their own chat; nil for every other.
func (v *VK) letter(m *message) *received {
	in, ok := v.said(m)
	if !ok {
		return nil
	}
	in.ID = fmt.Sprintf("new:%d:%d", m.PeerID, m.CMID)
	switch button := read(m.Payload); {
	case button.start:
		in.Text = "/start"
	default:
		in.Choice = button.data
	}
	if in.Source = source(m.Ref); in.Source == "" {
		in.Source = source(m.RefSource)
	}
	return &received{in: in, placed: m.CMID > 0}
}

// edited is a message whose words the person changed.
func (v *VK) edited(raw []byte) *received {
	var m message
	if !unmarshal(raw, &m) {
		return nil
	}
	in, ok := v.said(&m)
	if !ok || in.Text == "" {
		return nil
	}
	in.ID = fmt.Sprintf("edit:%d:%d:%d", m.PeerID, m.CMID, m.UpdateTime)
	in.Edited, in.At = true, v.at(m.UpdateTime)
	return &received{in: in}
}

// byClinic is what somebody of the clinic wrote to a person in VK itself. Nobody is the author of what we sent.
func (v *VK) byClinic(raw []byte) *received {
	var m message
	if !unmarshal(raw, &m) || m.AdminAuthorID == 0 || m.FromID != -v.options.GroupID {
		return nil
	}
	from, listened := v.person(m.PeerID)
	if !listened {
		return nil
	}
	in := channels.Incoming{ID: fmt.Sprintf("reply:%d:%d", m.PeerID, m.CMID), From: from, At: v.at(m.Date), Text: m.words(), Clinic: true}
	attach(&in, &m)
	return &received{in: in}
}

// said is what a person wrote in their own chat with the community; false for everybody else.
func (v *VK) said(m *message) (channels.Incoming, bool) {
	from, listened := v.person(m.PeerID)
	if !listened || m.FromID != m.PeerID {
		return channels.Incoming{}, false
	}
	in := channels.Incoming{From: from, At: v.at(m.Date), Text: m.words()}
	if m.ReplyTo != nil && m.ReplyTo.CMID > 0 {
		in.ReplyTo = strconv.FormatInt(m.ReplyTo.CMID, 10)
	}
	attach(&in, m)
	return in, true
}

var sourceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// source is what the link that brought the person said; anybody can write one.
func source(ref string) string {
	if sourceShape.MatchString(ref) {
		return ref
	}
	return ""
}

var languages = map[int]string{
	object.LangRU: "ru", object.LangUK: "uk", object.LangBE: "be", object.LangEN: "en", object.LangES: "es", object.LangFI: "fi",
	object.LangDE: "de", object.LangIT: "it", object.LangBG: "bg", object.LangHR: "hr", object.LangHU: "hu", object.LangSR: "sr",
	object.LangPT: "pt", object.LangEL: "el", object.LangPL: "pl", object.LangFR: "fr", object.LangKO: "ko", object.LangZH: "zh",
}

func language(id *int) string {
	if id == nil {
		return ""
	}
	return languages[*id]
}
