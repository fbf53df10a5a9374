package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"careline/bot/booking"
	"careline/store"
)

// event is what the clinic's own system told.
type event struct {
	Type string
	At   time.Time // when it came to be so
	data data
}

// data of an event knows what is wrong with it, and what it does.
type data interface {
	check() *problem
	apply(ctx context.Context, e *Events, tx store.Tx, at, now time.Time) (booking.Effect, error)
}

// kinds of events: what the data of each is read into.
var kinds = map[string]func() data{
	"visit.arrived":   func() data { return &visit{status: store.StatusArrived} },
	"visit.fulfilled": func() data { return &visit{status: store.StatusFulfilled} },
	"visit.noshow":    func() data { return &visit{status: store.StatusNoShow} },
	"visit.cancelled": func() data { return &visit{status: store.StatusCancelled} },
	"visit.reopened":  func() data { return &visit{status: store.StatusBooked} },
	"visit.confirmed": func() data { return &confirmation{} },

	"course.planned":     func() data { return &course{} },
	"step.completed":     func() data { return &step{state: store.StepCompleted} },
	"step.revoked":       func() data { return &step{state: store.StepRevoked} },
	"prevention.set":     func() data { return &prevention{} },
	"prevention.revoked": func() data { return &prevention{revoked: true} },
}

// decode reads an event strictly: a name that is misspelt is a mistake, and not left out.
func decode(body []byte, now time.Time) (*event, *problem) {
	var envelope struct {
		Type      string          `json:"type"`
		Timestamp string          `json:"timestamp"`
		Data      json.RawMessage `json:"data"`
	}
	if p := read(body, &envelope); p != nil {
		return nil, p
	}
	kind := kinds[envelope.Type]
	at, err := time.Parse(time.RFC3339, envelope.Timestamp)
	switch {
	case kind == nil:
		return nil, bad(fmt.Sprintf("type %.60q is none of ours", envelope.Type))
	case err != nil:
		return nil, bad("timestamp is not a moment, as 2026-11-24T10:05:00+03:00: when it came to be so")
	case at.After(now.Add(tolerance)):
		return nil, bad("timestamp is in the future")
	case at.Year() < earliest:
		return nil, bad("timestamp is too long ago")
	case len(envelope.Data) == 0 || envelope.Data[0] != '{':
		return nil, bad("data is missing")
	}
	e := &event{Type: envelope.Type, At: at, data: kind()}
	if p := read(envelope.Data, e.data); p != nil {
		return nil, p
	}
	if p := e.data.check(); p != nil {
		return nil, p
	}
	return e, nil
}

// earliest year of anything that is told: what lies before it is a mistake.
const earliest = 2000

func read(text []byte, into any) *problem {
	if !utf8.Valid(text) {
		return bad("the body is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return bad(fmt.Sprintf("%s may not be a %s", cmp.Or(wrong.Field, "the event"), wrong.Value))
	case err != nil:
		return bad(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return bad("something follows after the event")
	}
	return nil
}
