// Package whatsapptest is WhatsApp on loopback: a multi-device server for one clinic's account, with people who
// write to it and see what it shows. The real whatsmeow client talks to it over real Noise and Signal encryption. It
// keeps the rules of the network that a bot can break, and can be told to fail. It needs no testing.T, so that a
// process of its own may run it; Start is for tests.
//
// What it does not have: history, calls, newsletters, communities, contents of the app state. How the network
// behaves is inferred from what the client sends and understands.
package whatsapptest

import (
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Options of a server; the zero Options are good for most tests.
type Options struct {
	Phone  string           // of the clinic's account, digits; default 74951234567
	Name   string           // of the account; default «Клиника»
	Now    func() time.Time // for the times of stanzas and messages; default time.Now
	Listen string           // default any free port of 127.0.0.1
	// Trace gets every stanza in both directions, "<" from the client, ">" to it. It holds what people write.
	Trace func(direction, stanza string)
}

// Server is WhatsApp for one account. Everything may be called by several goroutines.
type Server struct {
	o      Options
	addr   string
	http   *http.Server
	client *http.Client
	proof  proof
	own    *Phone

	mu       sync.Mutex
	closed   bool
	users    map[string]*user // by phone and by LID
	groups   int
	ids      uint64
	sessions map[*session]bool
	pairing  map[string]*session // by the reference in their codes
	login    Refusal
	minimum  uint32 // the oldest client revision that may log in
	down     bool
	media    map[string][]byte // what was uploaded, by path
	faults   faults
	counts   map[string]int
	oddities []string
	changed  chan struct{} // closed when a linked device changes; nil = nobody waits
}

// New is a server that listens; Close ends it.
func New(o Options) (*Server, error) {
	silence()
	if o.Phone == "" {
		o.Phone = "74951234567"
	}
	if o.Name == "" {
		o.Name = "Клиника"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	proof, err := prove(time.Now()) // whatsmeow reads the real clock
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, err
	}
	s := &Server{
		o: o, addr: listener.Addr().String(), proof: proof, users: map[string]*user{}, sessions: map[*session]bool{},
		pairing: map[string]*session{}, media: map[string][]byte{}, counts: map[string]int{},
	}
	s.client = Dial(s.addr)
	s.own = &Phone{user: s.register(User{Phone: o.Phone, Name: o.Name})}
	s.http = &http.Server{Handler: s.routes()}
	go func() { _ = s.http.Serve(listener) }()
	return s, nil
}

// Start is a server that ends with the test, and fails it if the client did what the server did not understand.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		for _, odd := range s.Unhandled() {
			t.Errorf("WhatsApp did not understand: %s", odd)
		}
	})
	return s
}

// Close ends the server and every connection.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	_ = s.http.Close()
	s.Drop()
	s.client.CloseIdleConnections()
}

// Addr is where it listens, host:port: what a process of its own needs for Dial.
func (s *Server) Addr() string { return s.addr }

// OwnPhone is the phone of the clinic, which the client is linked to.
func (s *Server) OwnPhone() *Phone { return s.own }

// Unhandled is what the client asked or did that the server has no answer to, oldest first.
func (s *Server) Unhandled() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.oddities...)
}

func (s *Server) odd(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oddities = append(s.oddities, what)
}
