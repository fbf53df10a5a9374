package page

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/clock"
	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/source"
	"careline/store"
)

// Desk are the parts that all pages are made from. All are required.
type Desk struct {
	Store    store.Store
	Clinic   *booking.Clinic
	Scripts  *dialogs.Set
	Files    fs.FS           // the clinic's folder
	Findings source.Findings // what the check says of it
	Channels []channels.Channel
	Clock    clock.Clock
	IDs      func() string
	Access   Access
	Live     *Live
	Log      *slog.Logger
	Framed   bool // pages of our own may show the desk in a frame: in the demo
}

// Access tells who sits at the desk, and keeps what they saw and did: an access.Access.
type Access interface {
	// Handler puts who makes the request into its context (access.From).
	Handler(next http.Handler) http.Handler
	// Still asks again who is signed in.
	Still(ctx context.Context) (access.Account, bool, error)
	// Audit notes in the transaction of a change who made it.
	Audit(ctx context.Context, tx store.Tx, action access.Action, patient, ref string) error
	// Viewed notes that patients' data was shown.
	Viewed(ctx context.Context, action access.Action, ref string, patients ...string) error
	// Listed is Viewed for lists that are drawn again and again.
	Listed(ctx context.Context, action access.Action, ref string, patients ...string) error
}

// Route is one thing that the desk serves.
type Route struct {
	Pattern string // "GET /desk/inbox", as http.ServeMux has it
	Needs   access.Right
	Public  bool  // for those who have not signed in: the login, assets. Needs is empty then
	MaxKiB  int64 // of the request's body; 0 = 64
	Handle  func(*Request) error
}
