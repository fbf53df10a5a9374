package journey

import (
	"context"
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Judge tells what to do about a plan whose moment has come. It reads everything anew: the world may have changed
// since it was planned.
func (p *Planner) Judge(ctx context.Context, tx store.Tx, plan Plan, reader Reader, now time.Time) (Verdict, error) {
	kind, _ := split(plan.About)
	if kind == dialogs.AboutBranch {
		return p.judgeBranch(ctx, tx, plan, now)
	}
	v := Verdict{Patients: []string{plan.Patient}}
	if plan.Timeline == "" {
		return v, p.over(ctx, tx, plan, now)
	}
	t := p.timeline(plan.Timeline)
	if t == nil {
		return v, nil // it was taken out of the file
	}
	patients := []string{plan.Patient}
	if t.Together {
		family, err := p.family(ctx, tx, reader)
		if err != nil {
			return v, err
		}
		patients = append(patients, family...)
	}
	if err := tx.LockPatients(ctx, patients); err != nil { // or what is read here may be changed before this is noted
		return v, err
	}
	w, err := p.read(ctx, tx, patients, now)
	if err != nil {
		return v, err
	}
	things, err := w.things(ctx, tx, patients)
	if err != nil {
		return v, err
	}
	i := slices.IndexFunc(things, func(th *thing) bool { return th.about() == plan.About })
	if i < 0 {
		return v, nil
	}
	if me := reader.Me; me != nil && me.Row.ID == things[i].patient {
		w.people[things[i].patient].Patient.Waiting = me.Patient.Waiting // the chat alone knows it
	}
	j := &judgement{world: w, tx: tx, Plan: plan, timeline: t, thing: things[i], beside: things, reader: reader, verdict: v}
	return j.decide(ctx)
}

// over is the end of a thing: what is known of its patient has changed by itself, and an offer goes to the next one.
func (p *Planner) over(ctx context.Context, tx store.Tx, plan Plan, now time.Time) error {
	if kind, id := split(plan.About); kind == dialogs.AboutWait {
		return p.Reception.Lapse(ctx, tx, id, now)
	}
	return nil
}

// judgement is one plan while it is judged.
type judgement struct {
	*world
	Plan
	tx       store.Tx
	timeline *dialogs.Timeline
	thing    *thing
	beside   []*thing // of the same patient; where things are told together, of all whom the reader speaks for
	reader   Reader
	plan     *planned
	acted    touched
	verdict  Verdict
}

func (j *judgement) decide(ctx context.Context) (Verdict, error) {
	touches, err := j.tx.TouchesAbout(ctx, []string{j.thing.about()})
	if err != nil {
		return j.verdict, err
	}
	j.acted = touchedBy(touches)
	if _, was := j.acted[j.timeline.Name][j.Moment]; was {
		return j.verdict, nil
	}
	if chat := j.thing.chat; chat != nil && chat.ID != j.reader.Contact.ID { // they blocked us here, or came only now
		j.verdict.Again, j.verdict.Contact = j.now.Add(time.Microsecond), chat.ID // a timer of the same moment has fired
		return j.verdict, nil
	}
	stands, why, err := j.stands()
	switch {
	case err != nil:
		return j.verdict, err
	case why != "":
		return j.drop(why), nil
	case !stands:
		return j.verdict, nil // its moment is another now: planning again finds it
	}
	return j.mannered(ctx)
}

// mannered acts unless politeness says to wait, or not to act at all.
func (j *judgement) mannered(ctx context.Context) (Verdict, error) {
	for _, ask := range []func(context.Context) (string, time.Time, error){j.timely, j.reachable, j.consented, j.unhurried, j.sparing} {
		why, until, err := ask(ctx)
		switch {
		case err != nil:
			return j.verdict, err
		case why != "" && until.After(j.now) && j.mayWait(until):
			j.verdict.Again = until
			return j.verdict, nil
		case why != "":
			return j.dismiss(ctx, why)
		}
	}
	if j.thing.kind == dialogs.AboutWait {
		place, err := j.Reception.Shown(ctx, j.tx, j.thing.id, j.now)
		if err != nil || place == nil {
			return j.drop(Late), err
		}
		if j.thing.values["wait"], err = j.Reception.Waiting(ctx, j.tx, j.thing.contact.Language, *place, j.now); err != nil {
			return j.verdict, err
		}
	}
	return j.act(ctx)
}

// mayWait: what comes after something may be as late as the rule says, by default until the same hour of the next day.
func (j *judgement) mayWait(until time.Time) bool {
	if j.thing.presses(j.timeline, until) {
		return false
	}
	latest := j.plan.latest()
	return until.Before(latest) || j.plan.side != dialogs.Before && until.Equal(latest)
}

// stands reports whether the rule still says this moment, or why it says none.
func (j *judgement) stands() (bool, string, error) {
	env := env{j.world, j.thing, j.me()}
	if j.Asked {
		p := &planned{Plan: j.Plan, timeline: j.timeline, side: dialogs.After, due: j.polite(j.timeline, dialogs.After, j.At().In(j.zone(j.thing)))}
		found, why, err := j.allowed(p, env)
		j.plan = found
		return found != nil, string(why), err
	}
	found, why, err := j.next(j.timeline, j.thing, j.acted[j.timeline.Name], j.Moment)
	if err != nil {
		return false, "", err
	}
	if found == nil {
		if why == isFalse || why == isOver {
			return false, string(why), nil
		}
		return false, "", nil
	}
	j.plan = found
	return found.Moment == j.Moment, "", nil
}

func (j *judgement) me() *dialogs.Patient {
	if j.reader.Me == nil {
		return nil
	}
	return j.reader.Me.Patient
}
