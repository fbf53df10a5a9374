// Package whatsapp is the channel to WhatsApp: a device linked to the clinic's own number, at least once, and at a pace
// that does not invite a ban. It never writes a phone, a name or a word of a patient into an error or a log.
package whatsapp

import (
	"context"
	"sync"
	"sync/atomic"

	"careline/channels"

	"go.mau.fi/whatsmeow/types"
)

// WhatsApp is the channel.
type WhatsApp struct {
	options Options
	caps    channels.Caps
	session session
	people  people
	cold    cold
	timers  timers
	health  health
	line    atomic.Pointer[line] // nil = no Run, or no device linked
	linking sync.Mutex
}

// polls is the most options of a poll there.
const polls = 12

// New makes the channel. It calls nobody until Run, Send or Link.
func New(o Options) (*WhatsApp, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	prepareLibrary(o.CertRoot)
	caps := channels.Known()["whatsapp"]
	caps.Rates = o.Rates
	if caps.Polls = 0; o.Polls {
		caps.Polls = polls
	}
	w := &WhatsApp{options: o, caps: caps, session: session{db: o.DB, dialect: o.Dialect, log: quiet{o.Log, ""}}}
	w.people = people{memory: o.Memory, known: map[string]string{}}
	w.cold = cold{options: &w.options}
	w.timers = timers{memory: o.Memory, known: map[string]uint32{}}
	return w, nil
}

// ID is "whatsapp".
func (w *WhatsApp) ID() channels.ID { return "whatsapp" }

// Caps are those of channels.Known, with the rates and the polls of the options.
func (w *WhatsApp) Caps() channels.Caps { return w.caps }

// Single: a device is in one place.
func (w *WhatsApp) Single() bool { return true }

// Here tells whether that place is this process.
func (w *WhatsApp) Here() bool { return w.health.runs() }

// Typing shows «typing…» for some seconds. Where the device is elsewhere, nothing is shown.
func (w *WhatsApp) Typing(ctx context.Context, to channels.Address) error {
	l := w.line.Load()
	if l == nil || !l.up.Load() {
		return nil
	}
	chat, err := w.chat(to)
	if err != nil {
		return err
	}
	l.online(ctx, true) // who is not there is not seen typing
	if err := l.client.SendChatPresence(ctx, chat, types.ChatPresenceComposing, types.ChatPresenceMediaText); err != nil {
		return lost(err)
	}
	return nil
}

// chat is the id that the network knows the address by: a phone's or a hidden one.
func (w *WhatsApp) chat(to channels.Address) (types.JID, error) {
	jid, err := types.ParseJID(to.Chat)
	if to.Channel != w.ID() || err != nil || !isPerson(jid) || jid != jid.ToNonAD() {
		return types.JID{}, &channels.Error{Kind: channels.Rejected, Code: "address", Reason: "not an address of WhatsApp"}
	}
	return jid, nil
}

func isPerson(jid types.JID) bool {
	return jid.User != "" && (jid.Server == types.HiddenUserServer || jid.Server == types.DefaultUserServer)
}

var _ interface {
	channels.Channel
	channels.Typer
	channels.Single
	channels.Exclusive
	channels.Health
	channels.Linker
	channels.Forgetter
	channels.Inviter
} = (*WhatsApp)(nil)
