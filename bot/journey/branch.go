package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// branchThing is a branch as its timelines see it.
func (p *Planner) branchThing(id string) *thing {
	b := p.Clinic.Branch(id)
	if b == nil {
		return nil
	}
	branch := p.Clinic.In("").Branch(id)
	return &thing{
		kind: dialogs.AboutBranch, id: id, contact: &dialogs.Contact{}, branch: b.Zone.String(), values: map[string]any{"branch": branch},
	}
}

// PlanBranches sets the timers of what happens every day.
func (p *Planner) PlanBranches(ctx context.Context, tx store.Tx) error {
	return p.planBranches(ctx, tx, p.Clock.Now())
}

func (p *Planner) planBranches(ctx context.Context, tx store.Tx, now time.Time) error {
	w := &world{Planner: p, now: now}
	var things []*thing
	for _, b := range p.Clinic.Branches {
		things = append(things, p.branchThing(b.ID))
	}
	d, err := w.compareBranches(ctx, tx, things)
	if err != nil {
		return err
	}
	return d.write(ctx, tx)
}

// compareBranches leaves a timer alone that is set already: it may be due.
func (w *world) compareBranches(ctx context.Context, tx store.Tx, things []*thing) (*difference, error) {
	d := &difference{}
	for _, th := range things {
		timers, err := tx.TimersAbout(ctx, []string{th.about()})
		if err != nil {
			return nil, err
		}
		stands := map[string]bool{}
		for _, t := range timers {
			plan, err := ReadPlan(t.Payload)
			if err != nil {
				return nil, err
			}
			timeline := w.timeline(plan.Timeline)
			stands[t.Key] = timeline != nil && timeline.About == dialogs.AboutBranch && (!t.Due.After(w.now) || w.daily(timeline, th).Equal(t.Due))
			if !stands[t.Key] {
				d.cancel = append(d.cancel, t.Key)
			}
		}
		for _, t := range w.Scripts.Journey.Timelines {
			plan := Plan{Timeline: t.Name, About: th.about()}
			if t.About != dialogs.AboutBranch || stands[plan.Key()] {
				continue
			}
			due := w.daily(t, th)
			plan.Moment = due.UnixMicro()
			payload, err := json.Marshal(plan)
			if err != nil {
				return nil, fmt.Errorf("writing a plan: %w", err)
			}
			d.set = append(d.set, store.Timer{Key: plan.Key(), Due: due, Kind: store.PlanInput, Payload: payload, About: plan.About})
		}
	}
	return d, nil
}

// daily is the next day's moment.
func (w *world) daily(t *dialogs.Timeline, th *thing) time.Time {
	when, _ := w.when(t, th.id)
	return firstAt(w.now.In(w.zone(th)).Add(time.Microsecond), when.At)
}

// judgeBranch does what happens every day, once a day, and plans the next.
func (p *Planner) judgeBranch(ctx context.Context, tx store.Tx, plan Plan, now time.Time) (v Verdict, err error) {
	_, id := split(plan.About)
	th, t := p.branchThing(id), p.timeline(plan.Timeline)
	if th == nil || t == nil {
		return v, nil
	}
	w := &world{Planner: p, now: now}
	note := store.Touch{Timeline: t.Name, About: plan.About, Moment: plan.At().UTC(), Class: string(t.Class), Outcome: store.Sent, At: now}
	happens := &engine.Happening{Timeline: t, Things: th.values}
	holds := true
	if t.If != nil {
		if holds, err = t.If.True(env{w, th, nil}); err != nil {
			return v, wrong(t, err)
		}
	}
	switch {
	case now.Sub(plan.At()) > t.Late:
		note.Outcome, happens = Late, nil
	case !holds:
		note.Outcome, happens = Unless, nil
	}
	v.Touches, v.Happens = []store.Touch{note}, happens
	return v, p.planBranches(ctx, tx, later(now, plan.At())) // it is the next day's, though our clock may be behind
}
