// Package telegramtest is Telegram on loopback: a Bot API server for one bot, with people and groups who write to
// it and see what it shows. It keeps the rules of the real one that a bot can break, and can be told to fail. It
// needs no testing.T, so that a process of its own may run it; Start is for tests.
//
// What it does not have: entities but those of parse_mode=HTML, inline mode, payments, media groups, channels.
package telegramtest

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// Token of the bot, unless Options say otherwise.
const Token = "1002003000:careline-on-loopback-and-nowhere-el"

// Options of a server; the zero Options are good for most tests.
type Options struct {
	Token string           // default Token
	Now   func() time.Time // for flood limits, callback queries and dates; default time.Now
	// Listen is the address; default any free port of 127.0.0.1.
	Listen string
	// Floods answers 429 to who sends faster; the zero Floods takes everything.
	Floods Floods
	// ReadsAll: privacy mode is off, the bot gets everything that is written in its groups.
	ReadsAll bool
	// Keep is how many calls Calls remembers; default 100,000, negative none. Counts are always whole.
	Keep int
	// Gather is how long a waiting getUpdates goes on gathering after an update came; default 1 ms, as the real one.
	Gather time.Duration
	// Impatience is the pause after a webhook's first failure, doubled up to 20 times; default 50 ms.
	Impatience time.Duration
}

// Server is the Bot API for one bot. Everything may be called by several goroutines.
type Server struct {
	o       Options
	http    *http.Server
	url     string
	methods map[string]method

	mu       sync.Mutex
	revoked  bool
	me       User
	chats    map[int64]*chat
	moved    map[int64]int64 // a group's old id -> the supergroup's
	ids      struct{ user, group, update, message, query, file int64 }
	updates  queue
	hook     hook
	queries  map[string]*query
	files    map[string]*stored
	profile  profile
	faults   faults
	floods   flood
	recorded record
}

// New is a server that listens; Close ends it.
func New(o Options) (*Server, error) {
	if o.Token == "" {
		o.Token = Token
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
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, err
	}
	s := &Server{
		o: o, url: "http://" + listener.Addr().String(), methods: methods(),
		chats: map[int64]*chat{}, moved: map[int64]int64{}, queries: map[string]*query{}, files: map[string]*stored{},
		me: User{ID: 1002003000, Bot: true, First: "Клиника", Username: "careline_test_bot"},
	}
	s.ids.user, s.ids.group, s.ids.update, s.ids.message = 7_000_000, 4_000, 700_000_000, 100
	s.updates.asked = make(chan struct{})
	s.floods = newFlood(o.Floods)
	s.recorded = newRecord(o.Keep)
	s.http = &http.Server{Handler: s}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// Start is a server that ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Close ends the server and everything that waits for it.
func (s *Server) Close() {
	s.mu.Lock()
	s.unhook()
	s.mu.Unlock()
	_ = s.http.Close()
}

// URL is the server's address without a slash: what CARELINE_TELEGRAM_API_URL and WithServerURL want.
func (s *Server) URL() string { return s.url }

// Token is the bot's token.
func (s *Server) Token() string { return s.o.Token }

// Bot is the bot itself, as getMe tells.
func (s *Server) Bot() User { return s.me }

// Revoke takes the token back: every call is answered 401 until Allow.
func (s *Server) Revoke() { s.allow(false) }

// Allow makes a revoked token good again.
func (s *Server) Allow() { s.allow(true) }

func (s *Server) allow(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = !yes
}

// ServeHTTP answers one call: /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, isFile := strings.CutPrefix(r.URL.Path, "/file")
	path, ours := strings.CutPrefix(path, "/bot")
	token, rest, named := strings.Cut(path, "/")
	if !ours || !named || rest == "" {
		answer(w, nil, &refusal{code: 404, text: "Not Found"})
		return
	}
	if !s.knows(token) {
		answer(w, nil, &refusal{code: 401, text: "Unauthorized"})
		return
	}
	if isFile {
		s.download(w, rest)
		return
	}
	p, err := read(r)
	if err != nil {
		answer(w, nil, bad("can't parse request"))
		return
	}
	s.serve(w, r, rest, p)
}

func (s *Server) knows(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return token == s.o.Token && !s.revoked
}

// serve carries a call out, unless a fault comes in between, and writes it down.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, p *params) {
	begun := s.o.Now()
	method, known := s.methods[strings.ToLower(name)]
	if known {
		name = method.name
	}
	fault := s.fault(name, p)
	if s.before(w, r, fault) {
		s.note(Call{Method: name, Params: p.plain(), At: begun, Code: fault.code(), Fault: fault.kind.String()})
		return
	}
	var result any
	refused := &refusal{code: 404, text: "Not Found: method not found"}
	switch {
	case name == "getUpdates":
		var gone bool
		if result, refused, gone = s.getUpdates(r.Context(), p); gone {
			return
		}
	case known:
		result, refused = s.carryOut(method, p)
	}
	call := Call{Method: name, Params: p.plain(), At: begun, Fault: fault.kind.String()}
	if refused != nil {
		call.Code = refused.code
	}
	s.note(call)
	if !after(w, fault, result, refused) {
		answer(w, result, refused)
	}
}

func (s *Server) carryOut(m method, p *params) (any, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if chat := p.number("chat_id"); m.sends || m.edits && chat < 0 {
		if refused := s.floods.take(s.o.Now(), chat); refused != nil {
			return nil, refused
		}
	}
	return m.do(s, p)
}
