package journey

import (
	"context"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// The questions of politeness. Each answers why nothing may be done now, and until when that may hold; zero = for good.

// timely: not after the moment it is about, nor when something later about the same has come due.
func (j *judgement) timely(context.Context) (string, time.Time, error) {
	if j.tooLate(j.plan) {
		return Late, time.Time{}, nil
	}
	if j.plan.side != dialogs.Before || j.timeline.Run == nil {
		return "", time.Time{}, nil
	}
	for _, other := range j.Scripts.Journey.Timelines {
		if other == j.timeline || other.About != j.timeline.About || other.Run == nil || other.Run.Name != j.timeline.Run.Name {
			continue
		}
		p, _, err := j.next(other, j.thing, j.acted[other.Name], j.soonest(other, j.thing))
		if err != nil {
			return "", time.Time{}, err
		}
		if p != nil && p.side == dialogs.Before && p.Moment > j.Moment && !p.due.After(j.now) {
			return Overtaken, time.Time{}, nil
		}
	}
	return "", time.Time{}, nil
}

func (j *judgement) tooLate(p *planned) bool {
	if p.side == dialogs.Before {
		return j.now.After(p.latest()) || !j.now.Before(p.anchor)
	}
	return j.now.After(p.latest().Add(aMoment))
}

// aMoment is what a timer may need from its due moment until it is judged: what waits until the last moment is sent.
const aMoment = time.Minute

// soonest is the first moment of a timeline about a thing, past or not.
func (j *judgement) soonest(t *dialogs.Timeline, th *thing) int64 {
	when, _ := j.when(t, th.patient)
	if when == nil {
		return 0
	}
	base, _, ok, err := moment(when, env{j.world, th, nil}, j.zone(th), j.now)
	if err != nil || !ok {
		return 0
	}
	return base.UnixMicro()
}

// reachable: an action needs nobody, a message somebody who has not blocked us.
func (j *judgement) reachable(context.Context) (string, time.Time, error) {
	switch {
	case j.timeline.Call != nil:
		return "", time.Time{}, nil
	case j.reader.Contact.ID == "":
		return Unreachable, time.Time{}, nil
	case !j.reader.Contact.BlockedAt.IsZero():
		return Blocked, time.Time{}, nil
	}
	return "", time.Time{}, nil
}

// consented: by class, and what the dialog needs. Nobody is asked for a consent out of the blue.
func (j *judgement) consented(context.Context) (string, time.Time, error) {
	if j.timeline.Call != nil {
		return "", time.Time{}, nil
	}
	given := j.reader.Me.Consents
	care, asked := given["care"]
	var needs []string
	switch j.timeline.Class {
	case dialogs.AdvertisingClass:
		needs = []string{"advertising"}
	case dialogs.CareClass:
		needs = []string{"personal"}
		if asked && !care {
			return Refused, time.Time{}, nil
		}
	}
	if j.timeline.Run != nil {
		needs = slices.Concat(needs, j.Scripts.Dialogs[j.timeline.Run.Name].Needs)
	}
	if slices.ContainsFunc(needs, func(kind string) bool { return !given[kind] }) {
		return Refused, time.Time{}, nil
	}
	return "", time.Time{}, nil
}

const (
	asksAgain  = 15 * time.Minute // after this a chat that a human has is looked at again, when `busy` does not say
	openFor    = 24 * time.Hour   // a campaign does not go on top of a question younger than this
	anchorNear = time.Hour        // a service message interrupts this long before what it is about
)

// unhurried: not at night, not over a human's shoulder, not into the middle of something.
func (j *judgement) unhurried(context.Context) (string, time.Time, error) {
	if j.timeline.Call != nil {
		return "", time.Time{}, nil
	}
	local := j.now.In(j.zone(j.thing))
	if hours, ok := j.Scripts.Journey.Polite.Quiet[j.timeline.Class]; ok && quiet(hours, local) && !j.thing.presses(j.timeline, after(hours, local)) {
		return Quiet, after(hours, local), nil
	}
	c := j.reader.Conversation
	busy := j.Scripts.Journey.Polite.Busy
	if c.Owner == dialogs.Operator {
		return WithHuman, j.now.Add(max(busy, asksAgain)), nil
	}
	asked := openQuestion(c)
	if asked.IsZero() {
		return "", time.Time{}, nil
	}
	spoke := time.UnixMicro(c.LastIn)
	pressing := j.timeline.Class == dialogs.ServiceClass && j.plan.side == dialogs.Before && j.plan.anchor.Sub(j.now) < anchorNear ||
		j.thing.presses(j.timeline, spoke.Add(busy))
	if j.now.Sub(spoke) < busy && !pressing {
		return Busy, spoke.Add(busy), nil
	}
	if campaign(j.timeline.Class) && j.timeline.Run != nil && j.now.Sub(asked) < openFor {
		return Busy, asked.Add(openFor), nil
	}
	return "", time.Time{}, nil
}

// openQuestion is when the open question was put; zero = none is open.
func openQuestion(c *dialogs.Conversation) time.Time {
	if len(c.Tasks) == 0 {
		return time.Time{}
	}
	frames := c.Tasks[len(c.Tasks)-1].Frames
	if len(frames) == 0 {
		return time.Time{}
	}
	f := frames[len(frames)-1]
	if f.Kind == "" || f.Asked == 0 {
		return time.Time{}
	}
	return time.UnixMicro(f.Asked)
}

func campaign(c dialogs.Class) bool { return c == dialogs.CareClass || c == dialogs.AdvertisingClass }

// sparing: not too often, never two campaigns on one day, nothing to somebody who asked for peace.
func (j *judgement) sparing(ctx context.Context) (string, time.Time, error) {
	if j.timeline.Call != nil {
		return "", time.Time{}, nil
	}
	if until := j.snoozed(); campaign(j.timeline.Class) && !j.Asked && until.After(j.now) {
		return Snoozed, until, nil
	}
	polite := j.Scripts.Journey.Polite
	limit := polite.Cap[j.timeline.Class]
	oneADay := polite.OneCampaignPerDay && campaign(j.timeline.Class)
	if limit.Times == 0 && !oneADay {
		return "", time.Time{}, nil
	}
	zone := j.zone(j.thing)
	local := j.now.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	since := midnight
	if from := j.now.Add(-limit.Per); from.Before(since) {
		since = from
	}
	touches, err := j.tx.TouchesOf(ctx, j.reader.Contact.PatientID, since)
	if err != nil {
		return "", time.Time{}, err
	}
	var same []store.Touch
	for _, t := range touches {
		if t.Outcome != store.Sent || j.acts(t.Timeline) {
			continue
		}
		if oneADay && campaign(dialogs.Class(t.Class)) && !t.At.Before(midnight) {
			at := j.plan.due.In(zone)
			return OneADay, time.Date(local.Year(), local.Month(), local.Day()+1, at.Hour(), at.Minute(), 0, 0, zone), nil
		}
		if t.Class == string(j.timeline.Class) && t.At.After(j.now.Add(-limit.Per)) {
			same = append(same, t)
		}
	}
	if limit.Times > 0 && len(same) >= limit.Times {
		return Capped, same[len(same)-limit.Times].At.Add(limit.Per), nil
	}
	return "", time.Time{}, nil
}

// snoozed is until when the reader, or somebody for the patient whom it is about, has asked for peace.
func (j *judgement) snoozed() time.Time {
	until := j.reader.Me.Row.SnoozedUntil
	if about := j.people[j.thing.patient]; about != nil {
		until = later(until, about.Row.SnoozedUntil)
	}
	return until
}

// acts tells a timeline that calls an action from one that writes.
func (j *judgement) acts(name string) bool {
	t := j.Planner.timeline(name)
	return t != nil && t.Call != nil
}
