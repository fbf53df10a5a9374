package telegramtest

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

// hook posts updates to the bot's address. Updates of one chat go in order, on one of the connections.
type hook struct {
	url, secret string
	posters     []*poster
	failed      struct {
		at   time.Time
		text string
	}
}

// poster brings its share of the chats, one update after another, each until it is taken.
type poster struct {
	s           *Server
	url, secret string
	client      *http.Client
	wake, done  chan struct{}

	list []update // guarded by the server's lock
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

func (s *Server) setWebhook(p *params) (any, *refusal) {
	s.updates.ask()
	url, secret, connections := p.text("url"), p.text("secret_token"), int(p.number("max_connections"))
	switch {
	case url != "" && !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://127.0.0.1"):
		return nil, bad("bad webhook: An HTTPS URL must be provided for webhook")
	case secret != "" && !secretToken.MatchString(secret):
		return nil, bad("secret token contains unallowed characters")
	}
	if refused := s.allowed(p); refused != nil {
		return nil, refused
	}
	s.unhook()
	if p.yes("drop_pending_updates") {
		s.updates.list = nil
	}
	if url == "" {
		return true, nil
	}
	if connections < 1 || connections > 100 {
		connections = 40
	}
	s.hookUp(url, secret, connections)
	return true, nil
}

func (s *Server) hookUp(url, secret string, connections int) {
	s.hook = hook{url: url, secret: secret}
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	for range connections {
		w := &poster{s: s, url: url, secret: secret, client: client, wake: make(chan struct{}, 1), done: make(chan struct{})}
		s.hook.posters = append(s.hook.posters, w)
		go w.run()
	}
	for _, u := range s.updates.list {
		s.hook.add(u)
	}
	s.updates.list = nil
	if p := s.updates.poll; p != nil {
		s.updates.poll = nil
		p.out <- false
	}
}

// unhook ends the posting; what was not taken waits for getUpdates or for another webhook.
func (s *Server) unhook() {
	for _, w := range s.hook.posters {
		close(w.done)
		s.updates.list = append(s.updates.list, w.list...)
	}
	s.hook = hook{}
}

func (s *Server) deleteWebhook(p *params) (any, *refusal) {
	s.unhook()
	if p.yes("drop_pending_updates") {
		s.updates.list = nil
	}
	return true, nil
}

func (s *Server) getWebhookInfo(*params) (any, *refusal) {
	info := struct {
		URL     string   `json:"url"`
		Custom  bool     `json:"has_custom_certificate"`
		Pending int      `json:"pending_update_count"`
		Max     int      `json:"max_connections,omitempty"`
		At      int64    `json:"last_error_date,omitempty"`
		Text    string   `json:"last_error_message,omitempty"`
		Kinds   []string `json:"allowed_updates,omitempty"`
	}{URL: s.hook.url, Pending: len(s.updates.list) + s.hook.pending(), Max: len(s.hook.posters), Text: s.hook.failed.text, Kinds: s.updates.kinds}
	if info.Text != "" {
		info.At = s.hook.failed.at.Unix()
	}
	return info, nil
}

func (h *hook) add(u update) {
	w := h.posters[uint64(u.chat)%uint64(len(h.posters))]
	w.list = append(w.list, u)
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (h *hook) pending() (n int) {
	for _, w := range h.posters {
		n += len(w.list)
	}
	return n
}

func (w *poster) run() {
	pause := w.s.o.Impatience
	for {
		u, has := w.next()
		wait := w.wake
		var timer <-chan time.Time
		if has {
			if w.post(u) {
				w.taken()
				pause = w.s.o.Impatience
				continue
			}
			wait, timer = nil, time.After(pause)
			pause = min(2*pause, 20*w.s.o.Impatience)
		}
		select {
		case <-wait:
		case <-timer:
		case <-w.done:
			return
		}
	}
}

func (w *poster) next() (update, bool) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	select {
	case <-w.done: // its list belongs to others now
		return update{}, false
	default:
	}
	if len(w.list) == 0 {
		return update{}, false
	}
	w.s.updates.bring(w.list[0].id)
	return w.list[0], true
}

func (w *poster) taken() {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	if len(w.list) > 0 {
		w.list = w.list[1:]
	}
}
