package runner

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// planned judges a plan whose moment has come, and does what it says if that is right now.
func (c *chat) planned(ctx context.Context, in *store.Input) error {
	plan, err := journey.ReadPlan(in.Payload)
	if err != nil {
		return err
	}
	v, err := c.journey.Judge(ctx, c.tx, plan, c.reader(), c.now)
	if err != nil {
		return fmt.Errorf("judging %s: %w", plan.Timeline, err)
	}
	c.tx.PlanAgain(c.now, v.Patients...)
	if !v.Again.IsZero() {
		again := store.Timer{Key: plan.Key(), ContactID: cmp.Or(v.Contact, c.row.ID), Due: v.Again, Kind: store.PlanInput, Payload: in.Payload, About: plan.About}
		c.waiting = append(c.waiting, again)
		return nil
	}
	return c.carryOut(ctx, v)
}

func (c *chat) reader() journey.Reader {
	return journey.Reader{Contact: c.row, Me: c.me.Person, Conversation: c.conversation}
}

// carryOut notes what was decided, and lets it happen unless that was noted before.
func (c *chat) carryOut(ctx context.Context, v journey.Verdict) error {
	if len(v.Touches) == 0 {
		return nil
	}
	first, err := c.tx.Touch(ctx, v.Touches)
	if err != nil {
		return err
	}
	if v.Happens == nil {
		return c.untold(ctx, v.Touches[0])
	}
	for i, t := range v.Touches {
		if !first[i] && len(v.Touches) == 1 {
			return nil
		}
		c.happened(t)
	}
	said := len(c.said)
	if _, err := c.step(ctx, engine.Input{Happens: v.Happens}); err != nil {
		return err
	}
	for i := range c.said[said:] {
		c.said[said+i].About, c.said[said+i].NotAfter = v.Touches[0].About, v.NotAfter
	}
	return nil
}

// happened lets an A/B test of moments count.
func (c *chat) happened(t store.Touch) {
	if t.Variant != "" {
		c.events = append(c.events, store.Event{
			At: c.now, Name: testShown, ContactID: c.row.ID, PatientID: c.row.PatientID, Channel: c.row.Channel, Value: t.Variant, Ref: t.About,
		})
	}
}

// silent does what is due when the person has not written for so long.
func (c *chat) silent(ctx context.Context) error {
	if c.conversation.Owner != dialogs.Bot {
		return nil
	}
	c.standing(c.contact)
	verdicts, err := c.journey.JudgeContact(ctx, c.tx, c.contact, c.reader(), c.now)
	if err != nil {
		return fmt.Errorf("judging what is about a chat: %w", err)
	}
	for _, v := range verdicts {
		if err := c.carryOut(ctx, v); err != nil {
			return err
		}
	}
	for _, v := range verdicts { // what was done above has set when the chat wants to wake
		c.wakeBy(v.Again)
	}
	c.judged = true
	return nil
}

// expects lets the chat be woken when something about it has its moment.
func (c *chat) expects(ctx context.Context) error {
	if c.conversation.Owner != dialogs.Bot {
		return nil
	}
	c.standing(c.contact)
	next, err := c.journey.NextOfContact(c.contact, c.me.Patient, c.row, c.now)
	if err != nil {
		return err
	}
	c.wakeBy(next)
	if c.judged {
		return nil
	}
	again, err := c.journey.WaitingOfContact(ctx, c.tx, c.contact, c.me.Patient, c.row, c.now)
	c.wakeBy(again)
	return err
}

func (c *chat) wakeBy(at time.Time) {
	if !at.IsZero() && (c.wake.IsZero() || at.Before(c.wake)) {
		c.wake = at
	}
}

// nobody takes an input that is about no chat: of a branch, or of a patient who cannot be written to.
func (b *batch) nobody(ctx context.Context, in *store.Input) (err error) {
	defer recovered(&err)
	if in.Kind == store.DeskInput {
		return b.apart(ctx, in)
	}
	plan, err := journey.ReadPlan(in.Payload)
	if err != nil {
		return err
	}
	me := &person{Person: &booking.Person{Patient: &dialogs.Patient{}, Consents: map[string]bool{}}}
	if plan.Patient != "" {
		people, err := b.peopleByID(ctx, b.tx, []string{plan.Patient})
		if err != nil {
			return err
		}
		if people[plan.Patient] != nil {
			me = people[plan.Patient]
		}
	}
	c := &chat{Runner: b.Runner, tx: b.tx, me: me, now: b.Clock.Now(), contact: &dialogs.Contact{}, conversation: &dialogs.Conversation{}}
	c.notBefore(in)
	c.row.PatientID = me.Row.ID
	if err := c.planned(ctx, in); err != nil {
		return err
	}
	if me.changed {
		if err := b.tx.SavePatients(ctx, []store.Patient{me.Row}); err != nil {
			return fmt.Errorf("saving a patient: %w", err)
		}
	}
	if err := b.tx.SetTimers(ctx, c.waiting); err != nil {
		return err
	}
	return b.tx.AppendEvents(ctx, c.events)
}

// release plans by the files of today, beside everything else.
func (r *Runner) release(ctx context.Context) error {
	for ctx.Err() == nil {
		changed, err := r.journey.Release(ctx, r.Store)
		if err == nil {
			if changed > 0 {
				r.Log.Info("planned anew", "timers", changed)
			}
			return nil
		}
		if ctx.Err() == nil {
			r.Log.Error("planning anew", "error", err)
		}
		_ = r.Clock.Until(ctx, r.Clock.Now().Add(lookAgain)) // ends early only with ctx
	}
	return nil
}

// Journey plans and judges what happens by itself.
func (r *Runner) Journey() *journey.Planner { return r.journey }
