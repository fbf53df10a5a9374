package vk

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"net/http"
	"time"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/events"
)

const (
	path      = "/vk/"
	maxEvent  = 1 << 20 // bytes of a request
	lookEvery = 5 * time.Minute
)

// Path of the callback.
func (v *VK) Path() string { return path }

func (v *VK) address() string { return v.options.Public + path }

// ServeHTTP takes one event. It answers «ok» only when the event is stored, or is nothing for us; VK brings again what
// gets any other answer.
func (v *VK) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if status := v.unread(r); status != http.StatusOK {
		refuse(w, status)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEvent))
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		refuse(w, http.StatusRequestEntityTooLarge)
		return
	}
	var e events.GroupEvent
	switch {
	case err != nil || !unmarshal(body, &e):
		refuse(w, http.StatusBadRequest)
	case !v.isVK(&e):
		refuse(w, http.StatusForbidden)
	case e.Type == events.EventConfirmation:
		_, _ = io.WriteString(w, v.options.Confirmation)
	default:
		v.serve(w, r, &e)
	}
}

// unread is the status of a request that is not read, or 200.
func (v *VK) unread(r *http.Request) int {
	switch {
	case v.options.Mode != Callback || r.URL.Path != path:
		return http.StatusNotFound
	case r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed
	case r.ContentLength > maxEvent:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusOK
}

// isVK knows VK by the secret and the community. While the callback is being set up, VK may not know the secret yet.
func (v *VK) isVK(e *events.GroupEvent) bool {
	proven := subtle.ConstantTimeCompare([]byte(e.Secret), []byte(v.options.Secret)) == 1
	asksWho := e.Type == events.EventConfirmation && e.Secret == ""
	return (proven || asksWho) && int64(e.GroupID) == v.options.GroupID
}

func (v *VK) serve(w http.ResponseWriter, r *http.Request, e *events.GroupEvent) {
	run := v.running.Load()
	if run == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	if took := v.convert(r.Context(), e); took != nil {
		v.meet(r.Context(), []*received{took})
		if messages := heard([]*received{took}); len(messages) > 0 {
			if err := run.sink.Accept(r.Context(), messages...); err != nil {
				v.options.Log.WarnContext(r.Context(), "vk event was not stored, it comes again", "id", took.in.ID, "error", err)
				refuse(w, http.StatusServiceUnavailable)
				return
			}
		}
		run.answers.add(took.press)
	}
	_, _ = io.WriteString(w, "ok") // VK has gone: it brings the event again
}

func refuse(w http.ResponseWriter, status int) {
	switch status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusRequestEntityTooLarge:
		w.Header().Set("Connection", "close") // what is left of the body is not read
	}
	http.Error(w, http.StatusText(status), status)
}

// listen serves the callback until ctx ends, and looks from time to time whether VK reaches it.
func (v *VK) listen(ctx context.Context, in channels.Sink, a answers) error {
	run := &running{in, a}
	v.running.Store(run)
	defer v.running.CompareAndSwap(run, nil)
	for tries := 0; ctx.Err() == nil; {
		err := v.look(ctx)
		if ctx.Err() != nil {
			break
		}
		v.health.received(v.options.Now(), err)
		if err == nil {
			tries = 0
			_ = v.options.Pause(ctx, lookEvery) // the loop sees that ctx ended
			continue
		}
		v.options.Log.WarnContext(ctx, "vk callback cannot be looked at", "try", tries+1, "error", advise(err))
		_ = v.options.Pause(ctx, wait(err, tries))
		tries++
	}
	return ctx.Err()
}
