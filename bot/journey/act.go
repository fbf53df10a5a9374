package journey

import (
	"context"
	"time"

	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

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
