package whatsapptest

import (
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"
)

// posted is a message on its way to the clinic's devices.
type posted struct {
	plain  []byte
	stanza waBinary.Node             // without its content, which differs by device
	last   map[*device]waBinary.Node // as each got it last
	media  string
}

// post encrypts the message for every linked device of the clinic and delivers it.
func (u *user) post(id string, at time.Time, body *waE2E.Message, address func(*waBinary.Node)) {
	kind, media := kindOf(body)
	m := &posted{media: media, last: map[*device]waBinary.Node{}, stanza: u.stanza(id, at, kind)}
	if address != nil {
		address(&m.stanza)
	}
	var err error
	if m.plain, err = proto.Marshal(body); err != nil {
		u.s.odd("writing: " + err.Error())
		return
	}
	devices := u.s.own.devices()
	u.mu.Lock()
	defer u.mu.Unlock()
	u.sent[id] = m
	for _, d := range devices {
		u.transmit(m, d, 0)
	}
}

// stanza is around a message of the user.
func (u *user) stanza(id string, at time.Time, kind string) waBinary.Node {
	n := waBinary.Node{Tag: "message", Attrs: waBinary.Attrs{
		"id": id, "t": at.Unix(), "type": kind, "notify": u.name, "from": u.from(),
	}}
	if u.byPhone {
		n.Attrs["sender_lid"] = u.lid
		return n
	}
	n.Attrs["addressing_mode"] = string(types.AddressingModeLID)
	if !u.hidden {
		n.Attrs["sender_pn"] = u.jid
	}
	return n
}

// transmit encrypts the message anew for the device; u.mu must be held.
func (u *user) transmit(m *posted, d *device, attempt int) {
	s := u.s
	luck := s.delivery(u)
	enc, err := u.keys.encrypt(d.lid, m.plain, d.bundle)
	if err != nil {
		s.odd("encrypting for " + d.lid.String() + ": " + err.Error())
		return
	}
	if attempt > 0 {
		enc.Attrs["count"] = attempt
	}
	if m.media != "" {
		enc.Attrs["mediatype"] = m.media
	}
	if u.garbled > 0 || luck.garbled && attempt == 0 {
		u.garbled = max(0, u.garbled-1)
		sealed := enc.Content.([]byte)
		sealed[len(sealed)-16] ^= 1 // the end is what its authentication does not cover
	}
	n := m.stanza
	n.Content = []waBinary.Node{enc}
	m.last[d] = n
	s.mu.Lock()
	if luck.overtaken && attempt == 0 && d.held == nil {
		d.hold(n)
	} else {
		d.deliver(n)
	}
	if luck.again {
		d.deliver(n)
	}
	s.mu.Unlock()
	if luck.anew && attempt == 0 {
		u.transmit(m, d, 1)
	}
}

// sendAgain obeys a device that could not read a message.
func (u *user) sendAgain(d *device, id string, request *waBinary.Node) {
	u.mu.Lock()
	defer u.mu.Unlock()
	m := u.sent[id]
	if m == nil {
		return
	}
	if keys, ok := request.GetOptionalChildByTag("keys"); ok {
		all := append(keys.GetChildren(), request.GetChildByTag("registration"))
		if fresh, oneTime, err := parseBundle(all); err == nil {
			d.refill(fresh, oneTime)
		}
	}
	delete(u.keys.sessions, d.lid.SignalAddress().String())
	retry := request.GetChildByTag("retry")
	u.transmit(m, d, retry.AttrGetter().Int("count"))
}

// kindOf is what a stanza tells about its encrypted content.
func kindOf(body *waE2E.Message) (kind, media string) {
	switch {
	case body.DeviceSentMessage != nil:
		return kindOf(body.DeviceSentMessage.GetMessage())
	case body.EphemeralMessage != nil:
		return kindOf(body.EphemeralMessage.GetMessage())
	case body.ViewOnceMessageV2 != nil:
		return kindOf(body.ViewOnceMessageV2.GetMessage())
	case body.DocumentWithCaptionMessage != nil:
		return kindOf(body.DocumentWithCaptionMessage.GetMessage())
	case body.PollCreationMessageV3 != nil, body.PollUpdateMessage != nil:
		return "poll", ""
	case body.ReactionMessage != nil:
		return "reaction", ""
	case body.ImageMessage != nil:
		return "media", "image"
	case body.DocumentMessage != nil:
		return "media", "document"
	case body.VideoMessage != nil:
		return "media", "video"
	case body.AudioMessage.GetPTT():
		return "media", "ptt"
	case body.LocationMessage != nil:
		return "media", "location"
	case body.ContactMessage != nil:
		return "media", "vcard"
	}
	return "text", ""
}
