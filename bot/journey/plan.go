package journey

import (
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// planned is the next moment of a timeline about a thing.
type planned struct {
	Plan
	timeline *dialogs.Timeline
	side     dialogs.Side
	anchor   time.Time // what it is counted from
	due      time.Time // moved out of the quiet hours
	variant  string
}

// latest is when it is too late to act.
func (p *planned) latest() time.Time {
	late := p.At().Add(p.timeline.Late)
	switch {
	case p.side != dialogs.Before:
		return later(late, p.due.Add(p.timeline.Late))
	case p.anchor.Before(late) || p.timeline.Late == 0:
		return p.anchor
	}
	return later(late, p.due)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// touched are the moments at which timelines acted, or decided not to, by timeline.
type touched map[string]map[int64]store.Touch

func touchedBy(touches []store.Touch) touched {
	all := touched{}
	for _, t := range touches {
		if all[t.Timeline] == nil {
			all[t.Timeline] = map[int64]store.Touch{}
		}
		all[t.Timeline][t.Moment.UnixMicro()] = t
	}
	return all
}

// unplanned is why a timeline has no next moment.
type unplanned string

// The reasons.
const (
	noMoment   unplanned = "no moment"
	isFalse    unplanned = "if"
	isOver     unplanned = "until"
	done       unplanned = "done"
	isPast     unplanned = "past"
	impossible unplanned = "over"
)

// next is the next moment of the timeline about the thing. kept is the moment that a timer is already set for: it is
// not past before it has been judged.
func (w *world) next(t *dialogs.Timeline, th *thing, acted map[int64]store.Touch, kept int64) (*planned, unplanned, error) {
	when, variant := w.when(t, th.patient)
	if when == nil {
		return nil, noMoment, nil
	}
	zone, env := w.zone(th), env{w, th, nil}
	base, anchor, ok, err := moment(when, env, zone, w.now)
	if err != nil || !ok {
		return nil, noMoment, wrong(t, err)
	}
	if when.Side == dialogs.Before && th.over {
		return nil, impossible, nil
	}
	for n := 0; ; n++ {
		at, more := occurrence(t, base, n)
		if !more {
			return nil, ended(acted), nil
		}
		if _, was := acted[at.UnixMicro()]; was {
			continue
		}
		p := &planned{
			Plan:     Plan{Timeline: t.Name, About: th.about(), Patient: th.patient, Moment: at.UnixMicro(), N: n},
			timeline: t, side: when.Side, anchor: anchor, due: w.due(t, when.Side, th, at.In(zone)), variant: variant,
		}
		if p.past(w.now) && p.Moment != kept {
			continue
		}
		return w.allowed(p, env)
	}
}

// ended tells a timeline that has acted from one that had no chance to.
func ended(acted map[int64]store.Touch) unplanned {
	if len(acted) > 0 {
		return done
	}
	return isPast
}

// past: what comes before something never catches up, what comes after is worth sending for a while.
func (p *planned) past(now time.Time) bool {
	if p.side == dialogs.Before {
		return !p.due.After(now)
	}
	return p.latest().Before(now)
}

// allowed asks the conditions of the timeline.
func (w *world) allowed(p *planned, env dialogs.Env) (*planned, unplanned, error) {
	if p.timeline.Until != nil {
		over, err := p.timeline.Until.True(env)
		if err != nil || over {
			return nil, isOver, wrong(p.timeline, err)
		}
	}
	if p.timeline.If != nil {
		holds, err := p.timeline.If.True(env)
		if err != nil || !holds {
			return nil, isFalse, wrong(p.timeline, err)
		}
	}
	return p, "", nil
}

// polite moves a message out of the quiet hours: what comes before something earlier, everything else later. An
// action disturbs nobody.
func (p *Planner) polite(t *dialogs.Timeline, side dialogs.Side, at time.Time) time.Time {
	hours, ok := p.Scripts.Journey.Polite.Quiet[t.Class]
	switch {
	case !ok || t.Call != nil:
		return at
	case side == dialogs.Before:
		return before(hours, at)
	}
	return after(hours, at)
}

func wrong(t *dialogs.Timeline, err error) error {
	if err != nil {
		return fmt.Errorf("planning %s: %w", t.Name, err)
	}
	return nil
}
