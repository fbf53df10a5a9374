package booking

import (
	"maps"
	"slices"

	"careline/channels"
	"careline/dialogs/source"
)

// Messengers is how the clinic wants its messengers to speak.
type Messengers struct {
	WhatsApp WhatsApp
	VK       VK
}

// Worth is how good a channel is for writing to a patient: more is better.
func (c *Clinic) Worth(channel string) int {
	if i := slices.Index(c.Order, channel); i >= 0 {
		return len(c.Order) - i
	}
	return 0
}

// defaultOrder begins with the messengers that remind.
func defaultOrder() []string { return []string{"telegram", "whatsapp", "vk", "web"} }

// WhatsApp is what the clinic wants of WhatsApp.
type WhatsApp struct {
	// Polls: questions with few answers are polls. They look better than numbers to be typed, and an old phone may not
	// show them.
	Polls bool
	// ColdPerDay is how many people a day who have not written for long, or never, are written to at most.
	ColdPerDay int
}

// VK is what the clinic wants of VK.
type VK struct {
	Cards bool // practitioners are shown as cards to be swiped through
}

const (
	defaultCold = 50
	mostCold    = 1000 // WhatsApp bans long before
	mostPolls   = 12   // options that a poll of WhatsApp has at most
)

// Caps are what the messenger shows, as the clinic wants it: channels.Known, narrowed or widened by careline.yaml.
func (m Messengers) Caps(id channels.ID) channels.Caps {
	caps := channels.Known()[id]
	switch id {
	case "whatsapp":
		caps.Polls = 0
		if m.WhatsApp.Polls {
			caps.Polls = mostPolls
		}
	case "vk":
		if !m.VK.Cards {
			caps.Cards = 0
		}
	}
	return caps
}

func (r *reader) channels(n *source.Node) {
	f := r.Fields(n, "channels", keysOf[channelsFile]()...)
	whatsapp := r.Fields(f.Node("whatsapp"), "whatsapp", keysOf[whatsappFile]()...)
	vk := r.Fields(f.Node("vk"), "vk", keysOf[vkFile]()...)
	m := &r.c.Channels
	r.c.Order = r.order(f)
	m.WhatsApp = WhatsApp{Polls: whatsapp.Bool("polls"), ColdPerDay: defaultCold}
	m.VK = VK{Cards: !vk.Has("cards") || vk.Bool("cards")}
	if !whatsapp.Has("cold_per_day") {
		return
	}
	if m.WhatsApp.ColdPerDay = whatsapp.Int("cold_per_day"); m.WhatsApp.ColdPerDay < 0 || m.WhatsApp.ColdPerDay > mostCold {
		r.Problem(whatsapp.Node("cold_per_day").Pos, "%s people a day is not from 0 to %d; WhatsApp bans who writes to many", whatsapp.Word("cold_per_day"), mostCold)
	}
}

// order of the channels; those that are not named come last.
func (r *reader) order(f source.Fields) []string {
	order := f.Words("order")
	known := slices.Sorted(maps.Keys(channels.Known()))
	for i, name := range order {
		switch {
		case !slices.Contains(known, channels.ID(name)) || name == "console":
			r.Problem(f.Node("order").Pos, "%s is no messenger; there are telegram, whatsapp, vk, web", name)
		case slices.Contains(order[:i], name):
			r.Problem(f.Node("order").Pos, "%s stands here twice", name)
		}
	}
	for _, name := range defaultOrder() {
		if !slices.Contains(order, name) {
			order = append(order, name)
		}
	}
	return order
}
