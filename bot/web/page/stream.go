package page

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
)

const (
	livePath   = "/desk/live"
	heartbeat  = 20 * time.Second
	writeLimit = 30 * time.Second
	stillFor   = time.Second // whoever was signed in is, for so long
)

// Fragment is a live part of a page: the inside of the element with sse-swap="Name".
type Fragment struct {
	Name string
	Body templ.Component
}

// Stream sends the parts, and those of them again whose HTML has changed when one of the keys has; the bar too. It ends with the
// session, the tab, or the program.
func (q *Request) Stream(parts func(ctx context.Context) ([]Fragment, error), keys ...string) error {
	head := q.W.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("X-Accel-Buffering", "no")
	s := stream{Request: q, w: http.NewResponseController(q.W), shown: map[string]string{}}
	changed := q.Live.Watch(q.Context(), append(keys, TicketsKey)...)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for s.still() && s.send(parts) && s.wait(changed, beat.C) {
	}
	return nil // the page comes again
}

// stream is one open page.
type stream struct {
	*Request
	w     *http.ResponseController
	shown map[string]string // part → what the page has
	asked time.Time         // when it was asked last who is signed in
	early bool              // the last signal came too early to ask again, and may have told of the session's end
}

// still tells whether the session lives, as it was at most stillFor ago; false = the stream is over.
func (s *stream) still() bool {
	if s.early = time.Since(s.asked) < stillFor; s.early {
		return true
	}
	account, in, err := s.Access.Still(s.Context())
	if err != nil {
		return false
	}
	if !in {
		return s.write([]byte("event: expired\ndata:\n\n")) && false
	}
	s.Account, s.asked = account, time.Now()
	return true
}

// wait for something to have changed; false = the stream is over.
func (s *stream) wait(changed <-chan struct{}, beat <-chan time.Time) bool {
	var due <-chan time.Time
	if s.early {
		due = time.After(stillFor - time.Since(s.asked))
	}
	for {
		select {
		case _, lives := <-changed:
			return lives
		case <-beat: // deadlines pass, and sessions grow old, without a signal
			return true
		case <-due:
			if !s.still() {
				return false
			}
		}
	}
}

// send tells what has changed; false = the stream is over.
func (s *stream) send(parts func(ctx context.Context) ([]Fragment, error)) bool {
	s.Now = s.Clock.Now().In(s.Zone)
	events, err := s.events(parts)
	if err != nil {
		if s.Context().Err() == nil {
			s.Log.WarnContext(s.Context(), "a live page ends", "page", s.R.Pattern, "error", err)
		}
		return false
	}
	return s.write(events)
}

func (s *stream) events(parts func(ctx context.Context) ([]Fragment, error)) ([]byte, error) {
	ctx, cancel := context.WithTimeout(s.Context(), askWithin)
	defer cancel()
	all, err := s.bar(ctx)
	if err != nil {
		return nil, err
	}
	own, err := parts(ctx)
	if err != nil {
		return nil, err
	}
	var events bytes.Buffer
	fmt.Fprintf(&events, "event: clock\ndata: %d\n\n", s.Now.UnixMilli())
	for _, f := range append(all, own...) {
		html, err := draw(ctx, f.Body)
		if err != nil {
			return nil, err
		}
		if text := string(html); s.shown[f.Name] != text {
			s.shown[f.Name] = text
			fmt.Fprintf(&events, "event: %s\ndata: %s\n\n", f.Name, strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\ndata: "))
		}
	}
	return events.Bytes(), nil
}

func (s *stream) write(events []byte) bool {
	_ = s.w.SetWriteDeadline(time.Now().Add(writeLimit)) // not every server has deadlines
	if _, err := s.W.Write(events); err != nil {
		return false
	}
	return s.w.Flush() == nil
}

// barOnly is the stream of a page that has no live parts of its own.
func barOnly(q *Request) error {
	return q.Stream(func(context.Context) ([]Fragment, error) { return nil, nil })
}

func draw(ctx context.Context, c templ.Component) ([]byte, error) {
	var b bytes.Buffer
	if err := c.Render(ctx, &b); err != nil {
		return nil, fmt.Errorf("drawing a page: %w", err)
	}
	return b.Bytes(), nil
}
