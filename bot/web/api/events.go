// Package api is where the clinic's own system tells what happened: signed events over HTTP.
package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
	webhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// Path of the events.
const Path = "/api/v1/events"

const (
	largest = 64 << 10         // bytes of a body
	within  = 10 * time.Second // an event is stored, or refused so that it comes again
)

// Channel is where the clinic's own system stands in inputs and in the funnel.
const Channel = "mis"

// matter is on whose behalf things are done.
var matter = booking.Matter{Channel: Channel, Staff: true}

// Parts are what events need.
type Parts struct {
	Store     store.Store
	Reception *booking.Reception
	Keys      Keys // at least one
	Clock     clock.Clock
	Log       *slog.Logger
	Register  prometheus.Registerer
	// Working: the database has the schema.
	Working func() bool
}

// Events takes what the clinic's own system tells. An answer of 2xx means that it is stored and done.
type Events struct {
	Parts
	told *prometheus.CounterVec
}

// New makes the endpoint.
func New(p Parts) *Events {
	e := &Events{p, prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "careline_events_total", Help: "Events of the clinic's own system, by type and result.",
	}, []string{"type", "result"})}
	p.Register.MustRegister(e.told)
	return e
}

// repeated is the result of an event that was done before.
const repeated booking.Effect = "repeated"

func (e *Events) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), within)
	defer cancel()
	now, id := e.Clock.Now(), r.Header.Get(webhooks.HeaderWebhookID)
	told, err := e.receive(w, r, now)
	kind, result := "", booking.Effect("")
	if err == nil {
		kind = told.Type
		result, err = e.take(ctx, id, told, now)
	}
	if err != nil {
		e.refuse(w, id, kind, err)
		return
	}
	e.told.WithLabelValues(kind, string(result)).Inc()
	e.Log.Info("event", "id", id, "type", kind, "result", result)
	answer(w, http.StatusOK, "application/json", map[string]booking.Effect{"result": result})
}

// receive reads the event, if the clinic's own system has signed it.
func (e *Events) receive(w http.ResponseWriter, r *http.Request, now time.Time) (*event, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, &problem{http.StatusUnsupportedMediaType, "media_type", "An event is application/json.", ""}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return nil, &problem{http.StatusRequestEntityTooLarge, "too_large", "An event has at most 64 KiB.", ""}
	case err != nil:
		return nil, unsigned("the body ended early")
	}
	if p := e.Keys.verify(body, r.Header, now); p != nil {
		return nil, p
	}
	if !isID(r.Header.Get(webhooks.HeaderWebhookID)) {
		return nil, bad("webhook-id is longer than 200 bytes, or has control characters in it")
	}
	told, p := decode(body, now)
	if p != nil {
		return nil, p
	}
	return told, nil
}

// take stores the event and does it, in one transaction. One that was done before is left.
func (e *Events) take(ctx context.Context, id string, told *event, now time.Time) (result booking.Effect, err error) {
	if !e.Working() {
		return "", store.ErrUnavailable
	}
	err = e.Store.Tx(ctx, func(tx store.Tx) error {
		n, err := tx.Accept(ctx, []store.Input{{
			Channel: Channel, ExternalID: id, Kind: store.EventInput, ReceivedAt: now, EndedAt: now,
		}})
		if err != nil {
			return err
		}
		if n == 0 {
			result = repeated
			return nil
		}
		result, err = told.data.apply(ctx, e, tx, told.At, now)
		return err
	})
	return result, err
}

func (e *Events) refuse(w http.ResponseWriter, id, kind string, err error) {
	p := problemOf(err)
	e.told.WithLabelValues(kind, p.Code).Inc()
	switch {
	case p.Status >= http.StatusInternalServerError:
		e.Log.Warn("an event was not stored, it comes again", "id", id, "type", kind, "error", err)
		w.Header().Set("Retry-After", "30")
	case p.Status == http.StatusRequestEntityTooLarge:
		w.Header().Set("Connection", "close") // what is left of the body is not read
	case p.Status != http.StatusUnauthorized && p.Status != http.StatusUnsupportedMediaType: // a stranger could fill the log
		e.Log.Warn("an event was refused", "id", id, "type", kind, "code", p.Code)
	}
	answer(w, p.Status, "application/problem+json", p)
}

func answer(w http.ResponseWriter, status int, kind string, body any) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a sender that has gone asks again
}
