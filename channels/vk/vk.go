// Package vk is the channel to the messages of a VK community: Long Poll or the Callback API, both at least once, and
// sends that share requests when there are many. It never writes a token, a name or a word of a patient into an error
// or a log.
package vk

import (
	"context"
	"sync"
	"sync/atomic"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/api"
)

// VK is the channel; with the Callback API it is its http.Handler too.
type VK struct {
	options Options
	caps    channels.Caps
	client  *client
	running atomic.Pointer[running]
	health  health
	people  people
	shown   recent
	strange sync.Map               // kinds of events that were told of
	name    atomic.Pointer[string] // by which people find the community; nil = not known yet
}

// running is one Run in callback mode.
type running struct {
	sink    channels.Sink
	answers answers
}

// New makes the channel. It calls nobody until Run or Send.
func New(o Options) (*VK, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	caps := channels.Known()["vk"]
	if !o.Cards {
		caps.Cards = 0
	}
	caps.Rates = o.Rates
	caps.Rates.PerSecond *= shared
	return &VK{options: o, caps: caps, client: newClient(o)}, nil
}

// shared is how many messages a request stands for under load: 25 calls, of which some close buttons, answer presses
// and ask for names.
const shared = 10

// ID is "vk".
func (v *VK) ID() channels.ID { return "vk" }

// Caps are those of channels.Known, with the rates of the options: messages go faster than requests, for they share
// them.
func (v *VK) Caps() channels.Caps { return v.caps }

// Single: one process may poll; a callback is every process's.
func (v *VK) Single() bool { return v.options.Mode == Poll }

// Typing shows «typing…» for some seconds.
func (v *VK) Typing(ctx context.Context, to channels.Address) error {
	peer, err := v.peer(to)
	if err != nil {
		return err
	}
	_, err = v.client.MessagesSetActivity(api.Params{"peer_id": peer, "type": "typing"}.WithContext(ctx))
	return failure(err)
}

var _ interface {
	channels.Channel
	channels.Typer
	channels.Pages
	channels.Single
	channels.Inviter
	channels.Introducer
	channels.Opener
	channels.Health
} = (*VK)(nil)
