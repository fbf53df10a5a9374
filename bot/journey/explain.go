package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Entry is one timeline about one thing, as it is at a moment: what was done, what stands planned, or why nothing is.
type Entry struct {
	Timeline string        `json:"timeline"`
	About    string        `json:"about"`
	Thing    any           `json:"-"` // the record behind About, as scripts see it: *dialogs.Visit, …
	Class    dialogs.Class `json:"class"`
	Channel  string        `json:"channel,omitempty"` // where it goes; empty = nowhere
	Due      time.Time     `json:"due,omitzero"`      // when it is planned, moved out of the quiet hours; or when it was done
	Moment   time.Time     `json:"moment,omitzero"`   // as the rule says it
	N        int           `json:"n,omitempty"`       // of a series or of repeats, from 0
	Variant  string        `json:"variant,omitempty"`
	// Outcome: "planned", store.Sent, or why nothing is done: a reason of this package.
	Outcome   string `json:"outcome"`
	Condition string `json:"condition,omitempty"` // source of the `if` or `until` that is behind Outcome
}

// Planned is the Outcome of an Entry that is still to come.
const Planned = "planned"

// Explain tells what timelines do for a patient, as it would be judged at the moment at: what was done, by time, and
// what each would do next. It changes nothing.
func (p *Planner) Explain(ctx context.Context, tx store.Tx, patient string, at time.Time) ([]Entry, error) {
	w, err := p.read(ctx, tx, []string{patient}, at)
	if err != nil {
		return nil, err
	}
	things, err := w.things(ctx, tx, []string{patient})
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, th := range things {
		timers, err := tx.TimersAbout(ctx, []string{th.about()})
		if err != nil {
			return nil, err
		}
		touches, err := tx.TouchesAbout(ctx, []string{th.about()})
		if err != nil {
			return nil, err
		}
		for _, t := range touches {
			all = append(all, w.was(th, t))
		}
		for _, t := range p.Scripts.Journey.Timelines {
			if t.About != th.kind {
				continue
			}
			e, err := w.will(t, th, touchedBy(touches)[t.Name], timers)
			if err != nil {
				return nil, err
			}
			if e.Outcome != string(done) {
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return a.Due.Compare(b.Due) })
	return all, nil
}

// was is what a timeline did.
func (w *world) was(th *thing, t store.Touch) Entry {
	return Entry{
		Timeline: t.Timeline, About: t.About, Thing: th.values[string(th.kind)], Class: dialogs.Class(t.Class), Channel: t.Channel,
		Due: t.At, Moment: t.Moment, Variant: t.Variant, Outcome: t.Outcome,
	}
}

// will is what a timeline is going to do, or why it is not.
func (w *world) will(t *dialogs.Timeline, th *thing, acted map[int64]store.Touch, timers []store.Timer) (Entry, error) {
	e := Entry{Timeline: t.Name, About: th.about(), Thing: th.values[string(th.kind)], Class: t.Class}
	if th.chat != nil {
		e.Channel = th.chat.Channel
	}
	var stands store.Timer
	for _, timer := range timers {
		if timer.Key == (Plan{Timeline: t.Name, About: e.About}).Key() {
			stands = timer
		}
	}
	var kept Plan
	if stands.Key != "" {
		var err error
		if kept, err = ReadPlan(stands.Payload); err != nil {
			return e, err
		}
	}
	if kept.Asked {
		e.Outcome, e.Due, e.Moment = Planned, stands.Due, kept.At()
		return e, nil
	}
	plan, why, err := w.next(t, th, acted, kept.Moment)
	if err != nil {
		return e, fmt.Errorf("explaining %s: %w", t.Name, err)
	}
	if plan == nil {
		e.Outcome = string(why)
		switch why {
		case isFalse:
			e.Condition = source(t.If)
		case isOver:
			e.Condition = source(t.Until)
		}
		return e, nil
	}
	e.Outcome, e.Due, e.Moment, e.N, e.Variant = Planned, plan.due, plan.At(), plan.N, plan.variant
	if stands.Due.After(e.Due) {
		e.Due = stands.Due
	}
	if th.chat == nil && t.Call == nil {
		e.Outcome = Unreachable
	}
	return e, nil
}
