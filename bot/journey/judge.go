package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// Reader is the chat in which a plan is judged, as the step knows it.
type Reader struct {
	Contact      store.Contact // empty = the plan is about nobody who can be written to
	Me           *booking.Person
	Conversation *dialogs.Conversation
}

// Verdict is what becomes of a plan whose moment has come.
type Verdict struct {
	// Happens is what is to be done now; nil = nothing.
	Happens *engine.Happening
	// NotAfter is when the message is worth nothing any more; zero = never.
	NotAfter time.Time
	// Again is when the plan is to be judged again; zero = it is settled. Contact is where; empty = here.
	Again   time.Time
	Contact string
	// Touches are what is to be noted when the plan is settled.
	Touches []store.Touch
	// Patients are to be planned for again.
	Patients []string
}

// Outcomes of a touch beside store.Sent: why nothing was done.
const (
	Unreachable = store.Unreachable // there is no chat
	Blocked     = "blocked"         // the person has blocked us
	Refused     = "consent"         // a consent is missing, or was withdrawn
	Late        = "late"            // it came too late
	Overtaken   = "overtaken"       // a later message about the same has come due
	Unless      = "if"              // the condition is not true (any more)
	Stopped     = "until"           // the series has reached its end
	Capped      = "cap"             // enough was written to the person
	OneADay     = "one_campaign_a_day"
	Quiet       = "quiet" // it is quiet until it would be too late
	Busy        = "busy"  // the person was in the middle of something until it would be too late
	WithHuman   = "operator"
	Snoozed     = "snoozed"
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

// family are those whose things the reader is told of.
func (p *Planner) family(ctx context.Context, tx store.Tx, reader Reader) ([]string, error) {
	me := reader.Contact.PatientID
	if me == "" {
		return nil, nil
	}
	wards, err := tx.Family(ctx, me)
	if err != nil {
		return nil, fmt.Errorf("reading the family: %w", err)
	}
	ids := []string{me}
	for _, w := range wards {
		ids = append(ids, w.ID)
	}
	return ids, nil
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

// dismiss drops the plan; what cannot be offered to this patient goes to the next one.
func (j *judgement) dismiss(ctx context.Context, why string) (Verdict, error) {
	if j.thing.kind == dialogs.AboutWait {
		if err := j.Reception.Skip(ctx, j.tx, j.thing.id, j.now); err != nil {
			return j.verdict, err
		}
	}
	return j.drop(why), nil
}

// drop settles the plan without doing anything.
func (j *judgement) drop(why string) Verdict {
	j.verdict.Touches = []store.Touch{j.touch(j.thing, j.Moment, why)}
	return j.verdict
}

func (j *judgement) touch(th *thing, moment int64, outcome string) store.Touch {
	t := store.Touch{
		Timeline: j.timeline.Name, About: th.about(), Moment: time.UnixMicro(moment).UTC(), ContactID: j.reader.Contact.ID, PatientID: th.patient,
		Channel: j.reader.Contact.Channel, Class: string(j.timeline.Class), Outcome: outcome, At: j.now,
	}
	if j.reader.Contact.PatientID != "" {
		t.PatientID = j.reader.Contact.PatientID
	}
	_, t.Variant = j.when(j.timeline, th.patient)
	return t
}

// act says what is to happen, together with what belongs to the same day.
func (j *judgement) act(ctx context.Context) (Verdict, error) {
	group := []*planned{j.plan}
	members := map[*planned]*thing{j.plan: j.thing}
	if j.timeline.Together {
		var err error
		if group, members, err = j.sameDay(ctx); err != nil {
			return j.verdict, err
		}
	}
	for _, th := range members {
		if v, ok := th.values["visit"].(*dialogs.Visit); ok {
			v.Calendar = j.calendar(th)
		}
	}
	h := &engine.Happening{Timeline: j.timeline, Chapter: j.N, Things: map[string]any{}, Patient: j.Patient}
	if j.timeline.Series == nil {
		h.Chapter = 0
	}
	for name, value := range j.thing.values {
		h.Things[name] = value
	}
	if j.timeline.Together {
		visits := make([]any, len(group))
		for i, p := range group {
			visits[i] = members[p].values["visit"]
		}
		h.Things["visits"] = visits
		if len(group) > 1 {
			h.Patient = "" // the whole family is spoken of
		}
	}
	if h.Patient == j.reader.Contact.PatientID {
		h.Patient = ""
	}
	for _, p := range group {
		j.verdict.Touches = append(j.verdict.Touches, j.touch(members[p], p.Moment, store.Sent))
		j.verdict.Patients = append(j.verdict.Patients, members[p].patient)
	}
	if j.plan.side == dialogs.Before {
		j.verdict.NotAfter = j.plan.anchor
	}
	j.verdict.Happens = h
	return j.verdict, nil
}

// calendar is the file of a visit, which only who reads of it needs.
func (j *judgement) calendar(th *thing) *channels.File {
	for _, a := range j.visits[th.patient] {
		if a.ID == th.id {
			return j.Clinic.In(th.contact.Language).Visit(a).Calendar
		}
	}
	return nil
}

// sameDay are the plans of the timeline about visits of the contact's people on the same day of the branch's calendar,
// by start: they are told in one message.
func (j *judgement) sameDay(ctx context.Context) ([]*planned, map[*planned]*thing, error) {
	group, members := []*planned{j.plan}, map[*planned]*thing{j.plan: j.thing}
	for _, th := range j.beside {
		if th.kind != dialogs.AboutVisit || th.id == j.thing.id || th.chat == nil || th.chat.ID != j.reader.Contact.ID || !sameDate(th, j.thing) {
			continue
		}
		touches, err := j.tx.TouchesAbout(ctx, []string{th.about()})
		if err != nil {
			return nil, nil, err
		}
		p, err := j.alike(th, touchedBy(touches)[j.timeline.Name])
		if err != nil {
			return nil, nil, err
		}
		if p != nil {
			group = append(group, p)
			members[p] = th
		}
	}
	slices.SortStableFunc(group, func(a, b *planned) int { return start(members[a]).Compare(start(members[b])) })
	return group, members, nil
}

// alike is the plan of the timeline about another thing; one whose own moment has come as well, at the same hour or for
// the quiet hours, is not past before it would be too late.
func (j *judgement) alike(th *thing, acted map[int64]store.Touch) (*planned, error) {
	p, _, err := j.next(j.timeline, th, acted, 0)
	if p != nil || err != nil {
		return p, err
	}
	p, _, err = j.next(j.timeline, th, acted, j.soonest(j.timeline, th))
	if p == nil || err != nil || j.tooLate(p) {
		return nil, err
	}
	return p, nil
}

func start(th *thing) time.Time { return th.values["visit"].(*dialogs.Visit).Start.At }

func sameDate(a, b *thing) bool {
	return local(a).Format(time.DateOnly) == local(b).Format(time.DateOnly)
}

func local(th *thing) time.Time {
	v := th.values["visit"].(*dialogs.Visit)
	if zone := dialogs.ZoneNamed(v.Start.Zone); zone != nil {
		return v.Start.At.In(zone)
	}
	return v.Start.At
}
