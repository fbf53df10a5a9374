package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Foreseen is an Entry, and what would become of it.
type Foreseen struct {
	Entry
	// Would is what becomes of something planned when it is judged: store.Sent, Waits, or the reason why it is dropped.
	Would string    `json:"would,omitempty"`
	Until time.Time `json:"until,omitzero"` // it waits until then, and is judged again
	// Values are what Condition reads, as they are at the moment, in words; an empty one is "".
	Values map[string]string `json:"values,omitempty"`
}

// Waits is what becomes of a plan that politeness puts off.
const Waits = "waits"

// Foresee explains a patient's timelines as Explain does, and judges what is planned by what is known now: at its moment,
// or at the moment at when that is later. Words are in the language. It changes nothing.
func (p *Planner) Foresee(ctx context.Context, tx store.Tx, patient, language string, at time.Time) ([]Foreseen, error) {
	entries, err := p.Explain(ctx, tx, patient, at)
	if err != nil {
		return nil, err
	}
	w, err := p.read(ctx, tx, []string{patient}, at)
	if err != nil {
		return nil, err
	}
	things, err := w.things(ctx, tx, []string{patient})
	if err != nil {
		return nil, err
	}
	byName := map[string]*thing{}
	for _, th := range things {
		byName[th.about()] = th
	}
	all := make([]Foreseen, len(entries))
	for i, e := range entries {
		all[i].Entry = e
		th := byName[e.About]
		if e.Outcome == Planned {
			if err := p.foresee(ctx, tx, &all[i], th, at); err != nil {
				return nil, err
			}
		}
		if e.Condition != "" {
			view := dialogs.View{Language: language, Zone: w.zone(th), Now: at}
			all[i].Values = values(p.timeline(e.Timeline), view, env{w, th, nil})
		}
	}
	return all, nil
}

// looking is a transaction in which nothing is noted, so that nobody need wait for it.
type looking struct{ store.Tx }

// LockPatients implements store.Tx.
func (looking) LockPatients(context.Context, []string) error { return nil }

// foresee judges something planned.
func (p *Planner) foresee(ctx context.Context, tx store.Tx, f *Foreseen, th *thing, at time.Time) error {
	reader, err := p.readerOf(ctx, tx, th, at)
	if err != nil {
		return err
	}
	plan := Plan{Timeline: f.Timeline, About: f.About, Patient: th.patient, Moment: f.Moment.UnixMicro(), N: f.N}
	v, err := p.Judge(ctx, looking{tx}, plan, reader, later(f.Due, at))
	switch {
	case err != nil:
		return fmt.Errorf("foreseeing %s: %w", f.Timeline, err)
	case v.Happens != nil:
		f.Would = store.Sent
	case !v.Again.IsZero():
		f.Would, f.Until = Waits, v.Again
	case len(v.Touches) > 0:
		f.Would = v.Touches[0].Outcome
	}
	return nil
}

// readerOf is the chat in which the thing would be told.
func (p *Planner) readerOf(ctx context.Context, tx store.Tx, th *thing, at time.Time) (Reader, error) {
	reader := Reader{Conversation: &dialogs.Conversation{}}
	if th.chat == nil {
		return reader, nil
	}
	reader.Contact = th.chat.Contact
	people, err := p.Reception.People(ctx, tx, []string{th.chat.Contact.PatientID}, at)
	if err != nil {
		return reader, err
	}
	reader.Me = people[th.chat.Contact.PatientID]
	rows, err := tx.Conversations(ctx, []string{th.chat.ID})
	for _, row := range rows {
		if len(row.State) > 0 {
			err = json.Unmarshal(row.State, reader.Conversation)
		}
	}
	if err != nil {
		return reader, fmt.Errorf("reading a conversation: %w", err)
	}
	return reader, nil
}

// values of what the timeline's conditions read.
func values(t *dialogs.Timeline, view dialogs.View, e env) map[string]string {
	all := map[string]string{}
	show := view.Source(e)
	for _, condition := range []*dialogs.Expr{t.If, t.Until} {
		if condition == nil {
			continue
		}
		for _, path := range condition.Paths {
			all[path], _ = show(path)
		}
	}
	return all
}
