package numbers

import (
	"cmp"
	"context"
	"slices"

	"careline/dialogs"
	"careline/store"
)

// Messages are what the timelines sent, all together: those that speak to people.
type Messages struct {
	Planned  int    `json:"planned"` // moments that came
	Sent     int    `json:"sent"`
	Answered Part   `json:"answered"` // within 72 hours, or later in the dialog that the message began
	Stopped  Part   `json:"stopped"`  // unsubscribed within seven days
	Recall   Recall `json:"recall"`   // advertising: invitations to come again
	Dropped  []Drop `json:"dropped"`  // by reason, the most frequent first
}

// Recall is what came of invitations.
type Recall struct {
	Sent   int  `json:"sent"`
	Booked Part `json:"booked"` // within thirty days
	Came   Part `json:"came"`
}

// Drop counts moments at which nothing was sent, and why.
type Drop struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// Timeline is one rule of journey.yaml.
type Timeline struct {
	Name     string `json:"name"`
	Class    string `json:"class"`
	Sent     int    `json:"sent"` // or done, by a timeline that calls an action
	Answered Part   `json:"answered"`
	Stopped  Part   `json:"stopped"`
	Booked   Part   `json:"booked"`
	Came     Part   `json:"came"`
	Dropped  []Drop `json:"dropped"`
}

func (r *Report) timelines(ctx context.Context, tx store.Tx, a Ask) error {
	counts, err := tx.TouchCounts(ctx, a.spans())
	if err != nil {
		return err
	}
	acts := map[string]bool{} // it calls an action: a task for the administrators
	for _, t := range a.Journey.Timelines {
		acts[t.Name] = t.Call != nil
	}
	for _, c := range counts {
		if n := len(r.Timelines); n == 0 || r.Timelines[n-1].Name != c.Timeline || r.Timelines[n-1].Class != c.Class {
			r.Timelines = append(r.Timelines, Timeline{Name: c.Timeline, Class: c.Class, Dropped: []Drop{}})
		}
		t := &r.Timelines[len(r.Timelines)-1]
		t.add(c)
		if !acts[c.Timeline] {
			r.Messages.add(c)
		}
	}
	for i := range r.Timelines {
		byCount(r.Timelines[i].Dropped)
	}
	byCount(r.Messages.Dropped)
	return nil
}

func (t *Timeline) add(c store.TouchCount) {
	if c.Outcome != store.Sent {
		t.Dropped = dropped(t.Dropped, c)
		return
	}
	t.Sent += c.Count
	t.Answered.plus(c.Answered, c.Count)
	t.Stopped.plus(c.Stopped, c.Count)
	t.Booked.plus(c.Booked, c.Count)
	t.Came.plus(c.Came, c.Count)
}

func (m *Messages) add(c store.TouchCount) {
	m.Planned += c.Count
	if c.Outcome != store.Sent {
		m.Dropped = dropped(m.Dropped, c)
		return
	}
	m.Sent += c.Count
	m.Answered.plus(c.Answered, c.Count)
	m.Stopped.plus(c.Stopped, c.Count)
	if dialogs.Class(c.Class) == dialogs.AdvertisingClass {
		m.Recall.Sent += c.Count
		m.Recall.Booked.plus(c.Booked, c.Count)
		m.Recall.Came.plus(c.Came, c.Count)
	}
}

func (p *Part) plus(count, of int) { p.Count, p.Of = p.Count+count, p.Of+of }

func dropped(list []Drop, c store.TouchCount) []Drop {
	i := slices.IndexFunc(list, func(d Drop) bool { return d.Reason == c.Outcome })
	if i < 0 {
		return append(list, Drop{c.Outcome, c.Count})
	}
	list[i].Count += c.Count
	return list
}

func byCount(list []Drop) {
	slices.SortStableFunc(list, func(a, b Drop) int { return cmp.Compare(b.Count, a.Count) })
}
