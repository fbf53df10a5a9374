package whatsapp

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"careline/channels"
	"careline/channels/wire"
)

// Options of the channel. DB, Dialect, Memory, Words and Random are necessary.
type Options struct {
	// DB keeps the session: the keys of the linked device and what they have agreed on with each patient's phone. The
	// library makes its own tables in it. On SQLite foreign keys have to be on.
	DB      *sql.DB
	Dialect string // "sqlite" or "pgx"
	Memory  channels.Memory
	Words   channels.Words
	Phone   string // E.164 of the only account that may be linked; empty = any, and no link leads here
	// Languages the clinic speaks; its links write in the first.
	Languages []string
	Clinic    fs.FS // where "media/…" of the clinic is; nil: such files are refused
	Rates     channels.Rates
	Polls     bool // choices are polls where they fit, else numbered lists
	// ColdPerDay is to how many people a day who have been silent for a day or longer we write first; 0 = to nobody.
	ColdPerDay int
	// HTTP reaches the network, CertRoot signs its certificates: those of a local server. WhatsApp's own when zero.
	HTTP     *http.Client
	CertRoot [32]byte
	Log      *slog.Logger // discarded when nil
	Now      func() time.Time
	// Pause waits before another try; an error means that ctx ended. A timer when nil.
	Pause func(ctx context.Context, d time.Duration) error
	// Random is a number from 0 up to 1, by which pauses differ.
	Random func() float64
}

var phoneShape = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// complete fills in what was left out and tells everything that is wrong.
func (o Options) complete() (Options, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Pause == nil {
		o.Pause = wire.Pause
	}
	var wrong []error
	add := func(bad bool, text string) {
		if bad {
			wrong = append(wrong, errors.New(text))
		}
	}
	add(o.DB == nil, "a database for the session is missing")
	add(o.Dialect != "sqlite" && o.Dialect != "pgx", "the session's database is sqlite or pgx")
	add(o.Memory == nil, "a memory is missing")
	add(o.Words == nil, "words are missing")
	add(o.Random == nil, "a source of random numbers is missing")
	add(o.Phone != "" && !phoneShape.MatchString(o.Phone), "the clinic's number has to look like +79991234567")
	add(o.ColdPerDay < 0, "a number of people a day cannot be negative")
	return o, errors.Join(wrong...)
}
