package journey

import (
	"context"
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
	for _, t := range p.Scripts.Journey.Timelines {
		if t.About != dialogs.AboutContact {
			continue
		}
		plan, _, err := w.next(t, th, nil, 0)
		if err != nil {
			return first, err
		}
		if plan != nil && plan.due.After(now) && (first.IsZero() || plan.due.Before(first)) {
			first = plan.due
		}
	}
	return first, nil
}

// JudgeContact judges the timelines about the chat whose moment has come.
func (p *Planner) JudgeContact(ctx context.Context, tx store.Tx, contact *dialogs.Contact, reader Reader, now time.Time) ([]Verdict, error) {
	w, th := p.chatThing(contact, reader.Me.Patient, reader.Contact, now)
	var verdicts []Verdict
	var acted touched
	for _, t := range p.Scripts.Journey.Timelines {
		if t.About != dialogs.AboutContact {
			continue
		}
		plan, _, err := w.next(t, th, nil, 0)
		if err != nil {
			return nil, err
		}
		if plan == nil || plan.due.After(now) {
			continue
		}
		if acted == nil {
			touches, err := tx.TouchesAbout(ctx, []string{th.about()})
			if err != nil {
				return nil, err
			}
			acted = touchedBy(touches)
		}
		if _, was := acted[t.Name][plan.Moment]; was {
			continue
		}
		j := &judgement{world: w, tx: tx, Plan: plan.Plan, timeline: t, thing: th, reader: reader, plan: plan, acted: acted}
		v, err := j.mannered(ctx)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}
