package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"careline/channels"
)

const (
	backlog    = 200              // lines that a page shows when it opens
	overlap    = 100              // numbers read again: a commit may become visible after a later one
	heartbeat  = 25 * time.Second // keeps proxies from closing a quiet stream
	writeLimit = 30 * time.Second
)

// events streams the chat as server-sent events: `line` (its id is the Seq to go on from), `ready` once
// the backlog is through, `typing`.
func (w *Web) events(rw http.ResponseWriter, r *http.Request, run *running, chat channels.Address) {
	after, _ := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64) // else from the beginning
	g, ok := w.rooms.enter(chat.Chat)
	if !ok {
		tooMany(rw, 10*time.Second)
		return
	}
	defer w.rooms.leave(chat.Chat, g)
	changed, stop := w.options.Mailbox.Changed(chat.Chat)
	defer stop()
	s := &stream{web: w, rw: rw, chat: chat.Chat, last: max(after, 0), seen: map[int64]bool{}}
	rw.Header().Set("Content-Type", "text/event-stream")
	rw.Header().Set("X-Accel-Buffering", "no")
	err := s.open(r)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for err == nil {
		select {
		case <-changed:
			err = s.lines(r)
		case <-g.look:
			err = s.lines(r)
		case <-g.typing:
			err = s.write("event: typing\ndata: {}\n\n")
		case <-beat.C:
			err = s.write(": still here\n\n")
		case <-run.done:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// stream is one open page's reading position.
type stream struct {
	web  *Web
	rw   http.ResponseWriter
	chat string
	last int64
	seen map[int64]bool // lines within overlap that were sent
}

func (s *stream) open(r *http.Request) error {
	lines, err := s.read(r)
	if err != nil {
		s.web.broken(s.rw, r, err)
		return err
	}
	if err := s.send(lines); err != nil {
		return err
	}
	return s.write("event: ready\ndata: {}\n\n")
}

func (s *stream) lines(r *http.Request) error {
	lines, err := s.read(r)
	if err != nil { // the page comes again from where it was
		if r.Context().Err() != nil {
			return err // it has gone by itself
		}
		s.web.options.Log.ErrorContext(r.Context(), "web chat stream broke", "error", err)
		return err
	}
	return s.send(lines)
}

func (s *stream) read(r *http.Request) ([]Line, error) {
	lines, err := s.web.options.Mailbox.Lines(r.Context(), s.chat, max(s.last-overlap, 0), backlog)
	if err != nil {
		return nil, fmt.Errorf("reading the chat: %w", err)
	}
	return lines, nil
}

func (s *stream) send(lines []Line) error {
	var events bytes.Buffer
	for _, l := range lines {
		if s.seen[l.Seq] {
			continue
		}
		s.seen[l.Seq] = true
		s.last = max(s.last, l.Seq)
		v := s.web.view(l)
		if v == nil {
			continue
		}
		data, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("writing a line: %w", err)
		}
		fmt.Fprintf(&events, "event: line\nid: %d\ndata: %s\n\n", s.last, data)
	}
	for seq := range s.seen {
		if seq <= s.last-overlap {
			delete(s.seen, seq)
		}
	}
	if events.Len() == 0 {
		return nil
	}
	return s.write(events.String())
}

func (s *stream) write(text string) error {
	c := http.NewResponseController(s.rw)
	_ = c.SetWriteDeadline(time.Now().Add(writeLimit)) // not every server has deadlines
	if _, err := s.rw.Write([]byte(text)); err != nil {
		return err
	}
	return c.Flush()
}
