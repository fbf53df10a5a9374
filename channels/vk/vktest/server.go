// Package vktest is VK on loopback: the API, the Long Poll and the Callback API of one community, with people and
// group chats who write to it and see what it shows. It keeps the rules of the real one that a bot can break, and can
// be told to fail. It needs no testing.T, so that a process of its own may run it; Start is for tests.
//
// What it does not have: tokens of users, walls, markets, mini apps, payments, intents of broadcasts.
package vktest

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// What the community is, unless Options say otherwise.
const (
	Token        = "vk1.a.careline-on-loopback-and-nowhere-else"
	GroupID      = 218_400_001
	Confirmation = "c0f1a7e5"
)

// Version of the API that events are written in.
const version = "5.131"

// Options of a server; the zero Options are good for most tests.
type Options struct {
	Token        string           // default Token
	GroupID      int64            // default GroupID
	Confirmation string           // what the Callback API has to be answered when it asks who is there; default Confirmation
	Now          func() time.Time // for limits, presses and dates; default time.Now
	// Listen is the address; default any free port of 127.0.0.1.
	Listen string
	// Floods answers errors 6 and 9 to who calls faster; the zero Floods takes everything.
	Floods Floods
	// Keep is how many calls Calls remembers; default 100,000, negative none. Counts are always whole.
	Keep int
	// Gather is how long a waiting a_check goes on gathering after an event came; default 1 ms.
	Gather time.Duration
	// Impatience is the pause after a callback's first failure, doubled up to 20 times; default 50 ms.
	Impatience time.Duration
	// PauseAfter so many callbacks in a row that were not answered «ok» none is made for Pause; 0 = never.
	PauseAfter int
	Pause      time.Duration
}

// Server is VK for one community. Everything may be called by several goroutines.
type Server struct {
	o       Options
	http    *http.Server
	url     string
	methods map[string]method

	mu       sync.Mutex
	revoked  bool
	users    map[int64]User
	chats    map[int64]*chat // by peer id
	ids      struct{ user, group, message, press, file, upload int64 }
	events   events
	settings settings
	hook     hook
	presses  map[string]*press
	files    map[string]*stored // by attachment, like photo1_2
	uploads  map[string]*upload // not saved yet, by what the upload server answered
	faults   faults
	floods   flood
	recorded record
}

// New is a server that listens; Close ends it.
func New(o Options) (*Server, error) {
	o = o.filled()
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, err
	}
	s := &Server{
		o: o, url: "http://" + listener.Addr().String(), methods: methods(), users: map[int64]User{}, chats: map[int64]*chat{},
		presses: map[string]*press{}, files: map[string]*stored{}, uploads: map[string]*upload{},
	}
	s.ids.user, s.ids.message, s.ids.file = 7_000_000, 100, 457_000_000
	s.events = newEvents()
	s.settings = settings{enabled: true, kinds: map[string]bool{"message_new": true}}
	s.floods = newFlood(o.Floods)
	s.recorded = newRecord(o.Keep)
	s.hook.lanes = map[int64]*lane{}
	s.http = &http.Server{Handler: s}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

func (o Options) filled() Options {
	if o.Token == "" {
		o.Token = Token
	}
	if o.GroupID == 0 {
		o.GroupID = GroupID
	}
	if o.Confirmation == "" {
		o.Confirmation = Confirmation
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.Gather == 0 {
		o.Gather = time.Millisecond
	}
	if o.Impatience == 0 {
		o.Impatience = 50 * time.Millisecond
	}
	return o
}

// Start is a server that ends with the test, and fails it if a method was called that VK does not have.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		if strange := s.Unhandled(); len(strange) > 0 {
			t.Errorf("VK was asked for what it does not have here: %q", strange)
		}
	})
	return s
}

// Close ends the server and everything that waits for it.
func (s *Server) Close() {
	s.mu.Lock()
	s.unhook()
	s.mu.Unlock()
	_ = s.http.Close()
}

// URL is where the methods are, without a slash at the end: what CARELINE_VK_API_URL wants.
func (s *Server) URL() string { return s.url + "/method" }

// Token is the community's token.
func (s *Server) Token() string { return s.o.Token }

// GroupID is the community's id, positive.
func (s *Server) GroupID() int64 { return s.o.GroupID }

// Confirmation is what the community answers when the Callback API asks who is there.
func (s *Server) Confirmation() string { return s.o.Confirmation }

// Revoke takes the token back: every call is answered with error 5 until Allow.
func (s *Server) Revoke() { s.allow(false) }

// Allow makes a revoked token good again.
func (s *Server) Allow() { s.allow(true) }

func (s *Server) allow(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = !yes
}

// ServeHTTP answers one request: a method, a poll, an upload or a download.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch kind {
	case "method":
		s.call(w, r, rest)
	case "poll":
		s.check(w, r)
	case "upload":
		s.upload(w, r, rest)
	case "doc":
		http.Redirect(w, r, s.url+"/file/"+rest, http.StatusFound)
	case "away":
		http.Redirect(w, r, r.FormValue("to"), http.StatusFound)
	case "file":
		s.download(w, r, rest)
	default:
		http.NotFound(w, r)
	}
}
