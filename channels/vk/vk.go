// Package vk is the channel to the messages of a VK community: Long Poll or the Callback API, both at least once, and
// sends that share requests when there are many. It never writes a token, a name or a word of a patient into an error
// or a log.
package vk

import "careline/channels"

// VK is the channel; with the Callback API it is its http.Handler too.
type VK struct {
	options Options
	caps    channels.Caps
}

// New makes the channel. It calls nobody until Run or Send.
func New(o Options) (*VK, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	return &VK{options: o, caps: channels.Known()["vk"]}, nil
}

// ID is "vk".
func (v *VK) ID() channels.ID { return "vk" }

// Single: one process may poll; a callback is every process's.
func (v *VK) Single() bool { return v.options.Mode == Poll }

const path = "/vk/"

// Path of the callback.
func (v *VK) Path() string { return path }
