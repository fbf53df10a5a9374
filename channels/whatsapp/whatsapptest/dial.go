package whatsapptest

import (
	"context"
	"net"
	"net/http"
	"strconv"

	"github.com/coder/websocket"
	"go.mau.fi/whatsmeow/socket"
)

// Client reaches this server whatever address it is given, https included: for the client's websocket, before and
// after login, and for its media.
func (s *Server) Client() *http.Client { return s.client }

// Dial is Client in another process: it reaches the server at the address.
func Dial(addr string) *http.Client {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, addr)
	}
	// net/http believes DialTLSContext to have done TLS, so that https needs no certificate.
	return &http.Client{Transport: &http.Transport{DialContext: dial, DialTLSContext: dial}}
}

// Revision is the version of WhatsApp Web that the server offers on its front page.
const Revision = 1099999999

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<script>{"client_revision":` + strconv.Itoa(Revision) + `,"x":0}</script>`))
	})
	mux.HandleFunc("POST /mms/{kind}/{token}", s.upload)
	mux.HandleFunc("GET "+mediaPath+"{token}", s.download)
	mux.HandleFunc("GET /ws/chat", s.accept)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.odd(r.Method + " " + r.URL.Path)
		http.NotFound(w, r)
	})
	return mux
}

// accept takes the client's websocket and serves it to the end.
func (s *Server) accept(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	down := s.down || s.closed
	s.mu.Unlock()
	if down {
		http.Error(w, "down for maintenance", http.StatusServiceUnavailable)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	ws.SetReadLimit(socket.FrameMaxSize)
	c := &session{s: s, wire: wire{ws: ws}, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.mu.Lock()
	if s.closed {
		c.cut()
	}
	s.sessions[c] = true
	s.mu.Unlock()
	c.serve()
	s.leave(c)
}

func (s *Server) leave(c *session) {
	c.cut()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, c)
	for ref, waiting := range s.pairing {
		if waiting == c {
			delete(s.pairing, ref)
		}
	}
	if c.dev != nil && c.dev.conn == c {
		c.dev.conn, c.dev.active = nil, false
		s.stir()
	}
}

func (s *Server) connections() (all []*session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.sessions {
		all = append(all, c)
	}
	return all
}
