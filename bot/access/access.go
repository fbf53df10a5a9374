package access

import (
	"log/slog"
	"net/http"
	"time"

	"careline/store"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/sync/semaphore"
)

// Sealer keeps secrets unreadable in the database.
type Sealer interface {
	Seal(plain []byte) ([]byte, error)
	Open(sealed []byte) ([]byte, error)
}

// Parts are what Access is made of.
type Parts struct {
	Store  store.Store
	Now    func() time.Time
	IDs    func() string
	Sealer Sealer
	Secure bool // the desk is reached by https: the cookie goes nowhere else
	// Address is where a request came from; nil = the other end of its connection.
	Address func(*http.Request) string
	Log     *slog.Logger
}

// Access lets people in.
type Access struct {
	store    store.Store
	now      func() time.Time
	ids      func() string
	sealer   Sealer
	address  func(*http.Request) string
	log      *slog.Logger
	sessions *scs.SessionManager
	hashing  *semaphore.Weighted // of passwords
	glances  glances
}

// How long a session lasts.
const (
	Idle     = 12 * time.Hour     // without use
	Lifetime = 7 * 24 * time.Hour // however much it is used
)

// New makes the way in.
func New(p Parts) *Access {
	a := &Access{store: p.Store, now: p.Now, ids: p.IDs, sealer: p.Sealer, address: p.Address, log: p.Log,
		hashing: semaphore.NewWeighted(2)}
	if a.address == nil {
		a.address = peer
	}
	a.sessions = scs.New()
	a.sessions.Store = keeper{a}
	a.sessions.HashTokenInStore = true
	a.sessions.Lifetime = Lifetime
	a.sessions.ErrorFunc = a.broken
	a.sessions.Cookie.Name = "desk"
	a.sessions.Cookie.SameSite = http.SameSiteLaxMode
	if p.Secure {
		a.sessions.Cookie.Name, a.sessions.Cookie.Secure = "__Host-desk", true
	}
	return a
}
