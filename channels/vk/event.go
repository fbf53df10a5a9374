package vk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/events"
)

// chats is where the ids of conversations of many people begin.
const chats = 2_000_000_000

// received is an event that somebody has to hear of, or a press of another program's button, which has only to be
// answered: then in has no ID.
type received struct {
	in     channels.Incoming
	placed bool  // the ID says where the message stands in its conversation
	press  press // to be answered, of a pressed button
	// cardless: the person writes by a program that shows no cards.
	cardless bool
}

// heard are the messages of a batch.
func heard(batch []*received) []channels.Incoming {
	messages := make([]channels.Incoming, 0, len(batch))
	for _, r := range batch {
		if r.in.ID != "" {
			messages = append(messages, r.in)
		}
	}
	return messages
}

// convert is nil for an event that nobody has to hear of. A message is known by its place in the conversation, for it
// may be found there too; everything else by its event.
func (v *VK) convert(ctx context.Context, e *events.GroupEvent) *received {
	var r *received
	switch e.Type {
	case events.EventMessageNew:
		r = v.written(e.Object)
	case events.EventMessageEdit:
		r = v.edited(e.Object)
	case events.EventMessageReply:
		r = v.byClinic(e.Object)
	case events.EventMessageEvent:
		r = v.pressed(e.Object)
	case events.EventMessageAllow:
		r = v.permit(e, channels.Allowed)
	case events.EventMessageDeny:
		r = v.permit(e, channels.Denied)
	default:
		v.unknown(ctx, e)
	}
	if r != nil && r.in.ID != "" && !r.placed && e.EventID != "" {
		r.in.ID = wire.Cut(wire.Clean(e.EventID), maxID)
	}
	return r
}

const maxID = 128 // bytes

// unknown tells once of each kind of event that is none of ours: somebody ticked it in the community's settings.
func (v *VK) unknown(ctx context.Context, e *events.GroupEvent) {
	kind := wire.Cut(wire.Clean(string(e.Type)), 64)
	if _, told := v.strange.LoadOrStore(kind, true); !told {
		v.options.Log.InfoContext(ctx, "vk event of a kind that is not asked for", "id", wire.Cut(wire.Clean(e.EventID), maxID), "kind", kind)
	}
}

// unmarshal leaves out the fields that have another type than expected; false = no JSON.
func unmarshal(body []byte, into any) bool {
	err := json.Unmarshal(body, into)
	var odd *json.UnmarshalTypeError
	return err == nil || errors.As(err, &odd)
}

// person is the address of a person's own chat with the community.
func (v *VK) person(id int64) (channels.Address, bool) {
	return channels.Address{Channel: v.ID(), Chat: strconv.FormatInt(id, 10)}, id > 0 && id < chats
}

// pressed is a pressed button. Data may be forged; who reads it decides what it means. A button that is not ours, or in
// a conversation of many, is for nobody to hear, but stops spinning too.
func (v *VK) pressed(raw []byte) *received {
	var o struct {
		UserID  int64           `json:"user_id"`
		PeerID  int64           `json:"peer_id"`
		EventID string          `json:"event_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if !unmarshal(raw, &o) || o.EventID == "" {
		return nil
	}
	from, listened := v.person(o.UserID)
	said := read(o.Payload)
	answer := press{event: o.EventID, user: o.UserID, peer: o.PeerID}
	if !listened || o.PeerID != o.UserID || said.data == "" {
		return &received{press: answer}
	}
	answer.label = strings.TrimLeft(said.label, "☐☑ ")
	return &received{press: answer, in: channels.Incoming{
		ID: "press:" + wire.Cut(wire.Clean(o.EventID), maxID), From: from, At: v.options.Now(), Text: said.label, Choice: said.data,
	}}
}

// permit is a person's word on whether we may write to them; VK does not tell when it was said. The key comes from
// where they were asked.
func (v *VK) permit(e *events.GroupEvent, p channels.Permit) *received {
	var o struct {
		UserID int64  `json:"user_id"`
		Key    string `json:"key"`
	}
	if !unmarshal(e.Object, &o) {
		return nil
	}
	from, listened := v.person(o.UserID)
	if !listened {
		return nil
	}
	at := v.options.Now()
	id := string(p) + ":" + from.Chat + ":" + strconv.FormatInt(at.UnixMicro(), 10)
	return &received{in: channels.Incoming{ID: id, From: from, At: at, Permit: p, Source: source(o.Key)}}
}

// said is what a payload of a button tells.
type said struct {
	data, label string
	start       bool // the button that begins a conversation
}

// payload is ours when Careline is set; VK's own have a command.
type payload struct {
	Careline string          `json:"careline,omitempty"`
	Label    string          `json:"label,omitempty"`
	Command  string          `json:"command,omitempty"`
	Payload  json.RawMessage `json:"payload,omitempty"`
}

const (
	maxData    = 64  // bytes
	maxPayload = 255 // bytes
	start      = "start"
	unable     = "not_supported_button" // an old program cannot press such a button, and writes its label
)

// read understands a payload, which VK brings as JSON or as a string with JSON in it.
func read(raw []byte) said {
	for range 2 {
		p := payload{}
		if text := bytes.TrimSpace(raw); len(text) > 0 && text[0] == '"' {
			var inner string
			if !unmarshal(text, &inner) {
				return said{}
			}
			raw = []byte(inner)
		}
		if len(raw) == 0 || !unmarshal(raw, &p) {
			return said{}
		}
		if p.Command != unable {
			return said{data: wire.Cut(wire.Clean(p.Careline), maxData), label: wire.Clean(p.Label), start: p.Command == start}
		}
		raw = p.Payload
	}
	return said{}
}

// write is the payload of a button; the label goes with it if there is room, for a press tells no other.
func write(data, label string) string {
	full, _ := json.Marshal(payload{Careline: data, Label: label}) // strings only
	if len(full) > maxPayload {
		full, _ = json.Marshal(payload{Careline: data})
	}
	return string(full)
}

// at is VK's time, or ours where VK has none.
func (v *VK) at(seconds int64) time.Time {
	if seconds <= 0 {
		return v.options.Now()
	}
	return time.Unix(seconds, 0).UTC()
}
