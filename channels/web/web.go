// Package web is the clinic's own chat in the browser: a page, a widget for the clinic's site, and the
// channel behind both. What is sent to a person lies in a Mailbox; the page reads it live and reads it
// again after every break, so nothing is lost and nothing is shown twice.
package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"careline/channels"
)

// Prefer tells which of the languages an Accept-Language header likes best.
type Prefer func(accept string, languages []string) string

// Options of the chat. Mailbox, Words and Now are necessary.
type Options struct {
	Path      string                     // where it is served; "/chat/" when empty
	Public    string                     // address of the server for people, without a slash at the end; empty = not known
	Clinic    func(lang string) string   // name over the chat
	Words     channels.Words             // WordIDs tells which
	Languages []string                   // the first is the default; ru, en when empty
	Prefer    Prefer                     // the first language when nil
	Color     string                     // accent, #rrggbb; the stylesheet's own when empty
	Mailbox   Mailbox                    // what was said
	Files     Files                      // nil: no attachments
	Now       func() time.Time           // of messages and of limits
	Random    io.Reader                  // crypto/rand when nil
	ClientIP  func(*http.Request) string // who asks, behind a proxy; the connection's address when nil
	Ancestors []string                   // other sites that may frame the chat: https://clinic.example
	Secure    bool                       // people reach it by https: cookies travel by https only
	Log       *slog.Logger               // discarded when nil
}

// Web is the channel and its http.Handler.
type Web struct {
	options Options
	running atomic.Pointer[running]
	rooms   rooms
	chats   *limiter // messages of one chat
	guests  *limiter // requests of one address
	uploads *limiter // messages with files of one address: anybody may fill our disk
	assets  map[string]asset
	handler http.Handler
}

// running is one Run.
type running struct {
	sink channels.Sink
	done <-chan struct{} // live streams end with it
}

// New makes the chat. It takes messages while Run runs; until then it asks pages to try again.
func New(o Options) *Web {
	if o.Path == "" {
		o.Path = "/chat/"
	}
	o.Path = "/" + strings.Trim(o.Path, "/") + "/"
	if len(o.Languages) == 0 {
		o.Languages = []string{"ru", "en"}
	}
	if o.Prefer == nil {
		o.Prefer = func(_ string, languages []string) string { return languages[0] }
	}
	if o.Clinic == nil {
		o.Clinic = func(string) string { return "" }
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.ClientIP == nil {
		o.ClientIP = peer
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	w := &Web{
		options: o,
		rooms:   rooms{guests: map[string]map[*guest]bool{}},
		chats:   newLimiter(5, 15, o.Now),
		guests:  newLimiter(25, 100, o.Now),
		uploads: newLimiter(0.1, 20, o.Now),
	}
	w.assets = loadAssets(w.widgetWords())
	w.handler = w.routes()
	return w
}

// ID is "web".
func (w *Web) ID() channels.ID { return "web" }

// Invite is the page's address, with the source. "" = nobody knows where people reach us.
func (w *Web) Invite(source string) string {
	if w.options.Public == "" {
		return ""
	}
	return w.options.Public + w.options.Path + "?source=" + url.QueryEscape(source)
}

// Caps of the page.
func (w *Web) Caps() channels.Caps {
	caps := channels.Known()["web"]
	caps.Files = caps.Files && w.options.Files != nil
	return caps
}

// Run takes messages into in until ctx ends, and then ends the live streams.
func (w *Web) Run(ctx context.Context, in channels.Sink) error {
	r := &running{in, ctx.Done()}
	w.running.Store(r)
	<-ctx.Done()
	w.running.CompareAndSwap(r, nil)
	return ctx.Err()
}

// Send shows m: it lies in the mailbox already, the pages that are open are told to look.
func (w *Web) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return channels.Receipt{}, err
	}
	if to.Channel != w.ID() || !validChat(to.Chat) {
		return channels.Receipt{}, &channels.Error{Kind: channels.Rejected, Code: "address", Reason: "not an address of the web chat"}
	}
	w.rooms.poke(to.Chat)
	return channels.Receipt{ID: m.Key}, nil
}

// Typing shows «typing…» on the open pages of the chat.
func (w *Web) Typing(_ context.Context, to channels.Address) error {
	w.rooms.typing(to.Chat)
	return nil
}

// Healthy tells whether messages are taken.
func (w *Web) Healthy(context.Context) error {
	if w.running.Load() == nil {
		return errors.New("the web chat is not running")
	}
	return nil
}

// ServeHTTP serves everything under Options.Path.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) { w.handler.ServeHTTP(rw, r) }

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// Path is where the pages want to be served; it implements channels.Pages.
func (w *Web) Path() string { return w.options.Path }
