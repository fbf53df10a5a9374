// Package numbers tells a clinic how it is doing: who came how far from the first word to the visit, what the timelines
// led to, which text works better, and where people are lost. It reads the store and names no patient.
package numbers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Ask is what a report is about.
type Ask struct {
	Span store.Span
	Now  time.Time // what is not due by then is not judged
	Zone *time.Location
	By   By // how to break it down; empty = not
	// Journey has the A/B tests, and tells which timelines speak to people and which make work.
	Journey *dialogs.Journey
}

// Report are the numbers of a span. Its JSON keys stay as they are; docs/numbers.md says what each means.
type Report struct {
	From      time.Time  `json:"from"`
	Until     time.Time  `json:"until"`
	Funnel    Funnel     `json:"funnel"`
	Visits    Visits     `json:"visits"`
	Ratings   Ratings    `json:"ratings"`
	Replies   Replies    `json:"first_reply"`
	Patients  Patients   `json:"patients"`
	Messages  Messages   `json:"messages"`
	Timelines []Timeline `json:"timelines"`
	Tickets   Tickets    `json:"tickets"`
	Callbacks Tickets    `json:"callbacks"`
	Kinds     []Kind     `json:"ticket_kinds"`
	Links     Links      `json:"links"`
	Dialogs   []Dialog   `json:"dialogs"`
	Questions []Question `json:"questions"`
	Tests     []Test     `json:"tests"`
	By        By         `json:"by,omitempty"`
	Groups    []Group    `json:"groups,omitempty"`
}

// Part is a count out of a whole.
type Part struct{ Count, Of int }

// Share is between 0 and 1; false when there is nothing to share.
func (p Part) Share() (float64, bool) {
	if p.Of == 0 {
		return 0, false
	}
	return float64(p.Count) / float64(p.Of), true
}

// MarshalJSON adds the share, null when there is none.
func (p Part) MarshalJSON() ([]byte, error) {
	out := struct {
		Count int      `json:"count"`
		Of    int      `json:"of"`
		Share *float64 `json:"share"`
	}{Count: p.Count, Of: p.Of}
	if share, ok := p.Share(); ok {
		out.Share = &share
	}
	return json.Marshal(out)
}

// Read makes the report from one picture of the store.
func Read(ctx context.Context, db store.Store, a Ask) (*Report, error) {
	r := &Report{From: a.Span.From.In(a.Zone), Until: a.Span.To.In(a.Zone), By: a.By}
	err := db.Read(ctx, func(tx store.Tx) error {
		*r = Report{ // lists that are empty and not null in JSON
			From: r.From, Until: r.Until, By: r.By, Messages: Messages{Dropped: []Drop{}},
			Timelines: []Timeline{}, Kinds: []Kind{}, Dialogs: []Dialog{}, Questions: []Question{}, Tests: []Test{},
		}
		for _, part := range []func(context.Context, store.Tx, Ask) error{
			r.chatsAndVisits, r.replies, r.patients, r.timelines, r.tickets, r.links, r.dialogs, r.questions, r.tests,
		} {
			if err := part(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the numbers: %w", err)
	}
	return r, nil
}

// Empty tells that nothing has happened in the span.
func (r *Report) Empty() bool {
	return r.Funnel.Started() == 0 && r.Visits.All == 0 && r.Messages.Planned == 0 && r.Tickets.Opened == 0
}

// spans of a report that is not broken down by time.
func (a Ask) spans() []store.Span { return []store.Span{a.Span} }
