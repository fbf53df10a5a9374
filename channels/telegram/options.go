package telegram

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

// Mode is how updates come.
type Mode string

// The modes.
const (
	Poll    Mode = "poll"    // we ask for them; one process at a time
	Webhook Mode = "webhook" // Telegram brings them to Options.Public + Path; any number of processes
)

// Options of the channel. Token and Words are necessary; with Webhook also Secret and Public.
type Options struct {
	Token  string
	API    string // where the Bot API is; https://api.telegram.org when empty
	Mode   Mode   // Poll when empty
	Secret string // proves that a webhook request comes from Telegram: 1 to 256 of A–Z, a–z, 0–9, _ and -
	Public string // address of this server that Telegram reaches: https://host
	// Rooms are the groups that are listened to, by chat id: the administrators'. All others are ignored.
	Rooms []string
	Words channels.Words
	// Memory keeps which topic of a room is about what; nil: as long as this object lives.
	Memory channels.Memory
	// Menu is the list of commands per language, Languages its order: the first is everybody's whose own is not there.
	Languages []string
	Menu      map[string][]Command
	Clinic    fs.FS // where "media/…" of the clinic is; nil: such files are refused
	Rates     channels.Rates
	Log       *slog.Logger // discarded when nil
	Now       func() time.Time
	// Pause waits before another try; an error means that ctx ended. A timer when nil.
	Pause func(ctx context.Context, d time.Duration) error
}

// Command is one line of the menu.
type Command struct {
	Name        string // 1 to 32 lower-case letters, digits and _, without the slash
	Description string // up to 256 characters
}

// API is Telegram's own.
const API = "https://api.telegram.org"

var (
	tokenShape  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// complete fills in what was left out and tells everything that is wrong.
func (o Options) complete() (Options, error) {
	if o.API = strings.TrimRight(o.API, "/"); o.API == "" {
		o.API = API
	}
	if o.Mode == "" {
		o.Mode = Poll
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Memory == nil {
		o.Memory = wire.NewNotes()
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
	add(!tokenShape.MatchString(o.Token), "the Telegram token has to look like 123456:ABC…, as BotFather gives it")
	add(!wire.IsAddress(o.API, "https", "http"), "the address of the Bot API has to be http(s)://host[:port]")
	add(o.Mode != Poll && o.Mode != Webhook, "the mode is poll or webhook")
	if o.Mode == Webhook {
		add(!secretShape.MatchString(o.Secret), "the webhook's secret has to be 1 to 256 letters, digits, _ or -")
		add(o.API == API && !wire.IsAddress(o.Public, "https"), "a webhook needs this server's public address: https://host")
		add(!wire.IsAddress(o.Public, "https", "http"), "a webhook needs this server's address: https://host")
	}
	for _, room := range o.Rooms {
		id, err := parseChat(room)
		add(err != nil || id >= 0, "a group's chat id is a negative number, such as -1001234567890")
	}
	add(o.Words == nil, "words are missing")
	return o, errors.Join(wrong...)
}
