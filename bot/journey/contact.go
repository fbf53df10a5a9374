package journey

import (
	"context"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// What is about a chat depends on when the person last wrote, and so changes with every message. It has no timers of
// its own: the conversation's wake-up comes no later than its next moment.

func (p *Planner) chatThing(contact *dialogs.Contact, me *dialogs.Patient, row store.Contact, now time.Time) (*world, *thing) {
	return &world{Planner: p, now: now}, &thing{
		kind: dialogs.AboutContact, id: row.ID, patient: row.PatientID, chat: &store.Reach{PatientID: row.PatientID, Own: true, Contact: row},
		contact: contact, values: map[string]any{"contact": contact, "patient": me},
	}
}

// NextOfContact is when a timeline about the chat has its next moment; zero = none has.
func (p *Planner) NextOfContact(contact *dialogs.Contact, me *dialogs.Patient, row store.Contact, now time.Time) (first time.Time, err error) {
	w, th := p.chatThing(contact, me, row, now)
	_, coming, err := w.ofContact(th)
	for _, plan := range coming {
		if first.IsZero() || plan.due.Before(first) {
			first = plan.due
		}
	}
	return first, err
}

// WaitingOfContact is when to judge again what has come and waits; zero = nothing does.
func (p *Planner) WaitingOfContact(ctx context.Context, tx store.Tx, contact *dialogs.Contact, me *dialogs.Patient, row store.Contact, now time.Time) (time.Time, error) {
	w, th := p.chatThing(contact, me, row, now)
	come, _, err := w.ofContact(th)
	if err != nil {
		return time.Time{}, err
	}
	_, waiting, err := unjudged(ctx, tx, th, come)
	if err != nil || len(waiting) == 0 {
		return time.Time{}, err
	}
	return now.Add(asksAgain), nil
}

// JudgeContact judges the timelines about the chat whose moment has come.
func (p *Planner) JudgeContact(ctx context.Context, tx store.Tx, contact *dialogs.Contact, reader Reader, now time.Time) ([]Verdict, error) {
	w, th := p.chatThing(contact, reader.Me.Patient, reader.Contact, now)
	come, _, err := w.ofContact(th)
	if err != nil {
		return nil, err
	}
	acted, waiting, err := unjudged(ctx, tx, th, come)
	if err != nil {
		return nil, err
	}
	var verdicts []Verdict
	for _, plan := range waiting {
		j := &judgement{world: w, tx: tx, Plan: plan.Plan, timeline: plan.timeline, thing: th, reader: reader, plan: plan, acted: acted}
		v, err := j.mannered(ctx)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

// ofContact are the moments about the chat that have come, and those that are to come.
func (w *world) ofContact(th *thing) (come, coming []*planned, err error) {
	for _, t := range w.Scripts.Journey.Timelines {
		if t.About != dialogs.AboutContact {
			continue
		}
		plan, _, err := w.next(t, th, nil, 0)
		switch {
		case err != nil:
			return nil, nil, err
		case plan == nil:
		case plan.due.After(w.now):
			coming = append(coming, plan)
		default:
			come = append(come, plan)
		}
	}
	return come, coming, nil
}

// unjudged leaves out the moments at which something was done, or decided not to be.
func unjudged(ctx context.Context, tx store.Tx, th *thing, come []*planned) (touched, []*planned, error) {
	if len(come) == 0 {
		return nil, nil, nil
	}
	touches, err := tx.TouchesAbout(ctx, []string{th.about()})
	if err != nil {
		return nil, nil, err
	}
	acted := touchedBy(touches)
	return acted, slices.DeleteFunc(come, func(p *planned) bool {
		_, was := acted[p.Timeline][p.Moment]
		return was
	}), nil
}
