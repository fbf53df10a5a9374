package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"careline/store"
)

const (
	together   = 40 * time.Millisecond // changes so close to each other are shown at once
	lookAgain  = 20 * time.Second      // a signal may be lost, and deadlines pass without one
	writeLimit = 30 * time.Second
)

// events sends each part of the page when it has changed: event PART, data {"html": …}.
func (d *Demo) events(w http.ResponseWriter, r *http.Request) {
	running := d.running.Load()
	if running == nil || (*running).Err() != nil {
		w.Header().Set("Retry-After", "1")
		d.refuse(w, r, http.StatusServiceUnavailable, "starting")
		return
	}
	changed, stop := d.listen()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	s := stream{demo: d, w: w, reader: d.reader(r), dialog: r.URL.Query().Get("dialog"), shown: map[string]string{}}
	for {
		moved := d.moved.wait()
		if err := s.send(r); err != nil {
			return // the page comes again
		}
		again := time.NewTimer(lookAgain)
		select {
		case <-changed:
		case <-moved:
		case <-again.C:
		case <-r.Context().Done():
		case <-(*running).Done():
		}
		again.Stop()
		if r.Context().Err() != nil || (*running).Err() != nil {
			return
		}
		time.Sleep(together)
	}
}

// listen merges the store's signals.
func (d *Demo) listen() (changed <-chan struct{}, stop func()) {
	merged, done := make(chan struct{}, 1), make(chan struct{})
	var stops []func()
	for _, topic := range []store.Topic{store.InboxTopic, store.OutboxTopic, store.TimerTopic, store.WebTopic, store.DeskTopic} {
		signals, stop := d.Store.Wake(topic)
		stops = append(stops, stop)
		go func() {
			for {
				select {
				case <-signals:
				case <-done:
					return
				}
				select {
				case merged <- struct{}{}:
				default: // one is waiting already
				}
			}
		}()
	}
	return merged, func() {
		close(done)
		for _, stop := range stops {
			stop()
		}
	}
}

// stream is one open page.
type stream struct {
	demo   *Demo
	w      http.ResponseWriter
	reader reader
	dialog string
	shown  map[string]string // part → what the page has
}

func (s *stream) send(r *http.Request) error {
	scene, err := s.demo.scene(r.Context())
	if err != nil {
		if r.Context().Err() == nil {
			s.demo.Log.ErrorContext(r.Context(), "showing the demo", "error", err)
		}
		return err
	}
	v := s.demo.view(scene, s.reader, s.dialog)
	var events bytes.Buffer
	for _, name := range parts {
		html, err := v.part(name)
		if err != nil {
			return err
		}
		if s.shown[name] == html {
			continue
		}
		s.shown[name] = html
		data, err := json.Marshal(map[string]string{"html": html})
		if err != nil {
			return fmt.Errorf("writing a part of the page: %w", err)
		}
		fmt.Fprintf(&events, "event: %s\ndata: %s\n\n", name, data)
	}
	if events.Len() == 0 {
		events.WriteString(": nothing new\n\n")
	}
	c := http.NewResponseController(s.w)
	_ = c.SetWriteDeadline(time.Now().Add(writeLimit)) // not every server has deadlines
	if _, err := s.w.Write(events.Bytes()); err != nil {
		return err
	}
	return c.Flush()
}
