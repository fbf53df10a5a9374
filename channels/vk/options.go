package vk

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

// Mode is how events come.
type Mode string

// The modes.
const (
	Poll     Mode = "poll"     // we ask for them (Bots Long Poll API); one process at a time
	Callback Mode = "callback" // VK brings them to Options.Public + Path (Callback API); any number of processes
)

// Options of the channel. Token, GroupID and Words are necessary; with Callback also Secret, Confirmation and Public.
type Options struct {
	Token        string // key of the community
	GroupID      int64  // number of the community, without a minus
	API          string // where the methods are; https://api.vk.com/method when empty
	Mode         Mode   // Poll when empty
	Secret       string // proves that a request comes from VK: 1 to 50 of A–Z, a–z, 0–9, _ and -
	Confirmation string // what VK wants to hear before it brings events
	Public       string // address of this server that VK reaches: https://host
	Words        channels.Words
	Clinic       fs.FS // where "media/…" of the clinic is; nil: such files are refused
	// Memory keeps how far the long poll has read and which files VK has already; nil: as long as this object lives.
	Memory channels.Memory
	Cards  bool           // practitioners are cards to be swiped through, where a person's program shows them
	Rates  channels.Rates // PerSecond are requests of any kind; zero = no limit
	Log    *slog.Logger   // discarded when nil
	Now    func() time.Time
	// Pause waits before another try or request; an error means that ctx ended. A timer when nil.
	Pause func(ctx context.Context, d time.Duration) error
}

// API is VK's own.
const API = "https://api.vk.com/method"

var (
	tokenShape        = regexp.MustCompile(`^[A-Za-z0-9._-]{8,1000}$`)
	secretShape       = regexp.MustCompile(`^[A-Za-z0-9_-]{1,50}$`)
	confirmationShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
)

// complete fills in what was left out and tells everything that is wrong.
func (o Options) complete() (Options, error) {
	if o.API = strings.TrimRight(o.API, "/"); o.API == "" {
		o.API = API
	}
	if o.Mode == "" {
		o.Mode = Poll
	}
	if o.Memory == nil {
		o.Memory = wire.NewNotes()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Pause == nil {
		o.Pause = wire.Pause
	}
	o.Public = strings.TrimRight(o.Public, "/")
	var wrong []error
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, errors.New(text))
		}
	}
	add(!tokenShape.MatchString(o.Token), "the VK token has to be the community's key, as its settings show it (vk1.a.…)")
	add(o.GroupID <= 0, "the VK group id has to be the community's number, without a minus")
	add(!wire.IsAddress(o.API, "https", "http"), "the address of the VK API has to be http(s)://host[:port][/path]")
	add(o.Mode != Poll && o.Mode != Callback, "the mode is poll or callback")
	if o.Mode == Callback {
		add(!secretShape.MatchString(o.Secret), "the callback's secret has to be 1 to 50 letters, digits, _ or -")
		add(!confirmationShape.MatchString(o.Confirmation), "the callback's confirmation string has to be the one that the community's settings show")
		add(o.API == API && !wire.IsAddress(o.Public, "https"), "the Callback API needs this server's public address: https://host")
		add(!wire.IsAddress(o.Public, "https", "http"), "the Callback API needs this server's address: https://host")
	}
	add(o.Words == nil, "words are missing")
	return o, errors.Join(wrong...)
}
