package dialogs_test

import (
	"testing"
	"testing/fstest"
	"time"

	"careline/dialogs"
	"careline/dialogs/clinic"
)

func timelines(t *testing.T, j *dialogs.Journey) map[string]*dialogs.Timeline {
	t.Helper()
	byName := map[string]*dialogs.Timeline{}
	for _, line := range j.Timelines {
		byName[line.Name] = line
	}
	return byName
}

func TestTheClinicsJourneyIsRead(t *testing.T) {
	j := load(t, clinic.Files()).Journey
	if q := j.Polite.Quiet[dialogs.AdvertisingClass]; q.From != 20*60 || q.To != 10*60 {
		t.Errorf("quiet %+v", q)
	}
	if c := j.Polite.Cap[dialogs.CareClass]; c.Times != 5 || c.Per != 7*24*time.Hour || !j.Polite.OneCampaignPerDay || j.Polite.Busy != 15*time.Minute {
		t.Errorf("polite %+v", j.Polite)
	}
	if test := j.Tests["rating_ask"]; test.Goal != "rating.given" || len(test.Variants) != 2 || test.Within != 5*24*time.Hour {
		t.Errorf("test %+v", test)
	}
	lines := timelines(t, j)

	day := lines["reminder_day"]
	if !day.Together || day.WhenTest != "reminder_time" || day.Whens["b"].Shift != 28*time.Hour || day.Whens["b"].Side != dialogs.Before || day.Run.Name != "reminder" {
		t.Errorf("%+v", day)
	}
	if kind := day.Run.With["kind"]; kind.Literal != "day" {
		t.Errorf("%+v", kind)
	}
	recall := lines["recall"]
	if recall.When.By == nil || recall.When.At != 12*60 || recall.Class != dialogs.AdvertisingClass || recall.Run.With["doctor"].Expr == nil {
		t.Errorf("%+v", recall.When)
	}
	again := lines["reactivation"].Again
	if again == nil || again.Every != 60*24*time.Hour || again.Times != 2 {
		t.Errorf("%+v", again)
	}
	if w := lines["waitlist"].When; w.Side != dialogs.Exact || w.Anchor.Source != "wait.found" {
		t.Errorf("%+v", w)
	}
	if w := lines["digest"].When; w.Side != dialogs.Daily || w.At != 8*60 {
		t.Errorf("%+v", w)
	}
	series := lines["after_implant"]
	if len(series.Series) != 4 || series.Series[2].Wait != 7*24*time.Hour || series.Until == nil || series.Series[1].Say[0].ID != "journey.after_implant.2" {
		t.Errorf("%+v", series)
	}
	task := lines["no_answer"].Call
	if task.With["deadline"].Literal != 4*time.Hour || task.With["note"].Text == nil {
		t.Errorf("%+v", task)
	}
}

func TestATimelineIsCalculatedFromItsThing(t *testing.T) {
	lines := timelines(t, load(t, clinic.Files()).Journey)
	end := dialogs.MomentValue{At: time.Date(2026, 1, 2, 15, 0, 0, 0, time.UTC), Zone: "Asia/Omsk"}
	env := scene{"visit": &dialogs.Visit{Status: "fulfilled", End: end, LastOfSpecialty: true, Service: dialogs.Service{Recall: 4380 * time.Hour}}}
	recall := lines["recall"]
	anchor, err := recall.When.Anchor.Eval(env)
	by, err2 := recall.When.By.Eval(env)
	if err != nil || err2 != nil || anchor != end || by != 4380*time.Hour {
		t.Error(anchor, by, err, err2)
	}
	if due, err := recall.If.True(env); !due || err != nil {
		t.Error(due, err)
	}
	env["patient"] = &dialogs.Patient{NextVisit: &end}
	if due, _ := recall.If.True(env); due {
		t.Error("somebody who is booked already would be invited")
	}
}

// scene is an Env of values by their names.
type scene map[string]any

func (s scene) Value(name string) any { return s[name] }

func TestValuesAreReadByWhatTheyFill(t *testing.T) {
	set := load(t, fstest.MapFS{"dialogs/t.yaml": {Data: []byte(`dialog: t
title: Т
takes: {visit: visit}
states:
  task:
    set: {kind: call_back, far: visit.start > now, patient.full_name: visit.patient.full_name}
    call: desk.task
    with:
      kind: kind
      priority: high
      deadline: 1h30m
      visit: visit
      note: Визит {visit.when}
  offer:
    call: booking.offer
    with: {service: visit.service, together: yes, count: 1 + 1}
    on: {else: end}
  forget:
    set: {kind: nil}
`)}})
	d := set.Dialogs["t"]
	task := d.State("task")
	with := task.Call.With
	if with["kind"].Expr == nil || with["priority"].Literal != "high" || with["deadline"].Literal != 90*time.Minute || with["note"].Text.ID != "t.task.with.note" {
		t.Errorf("%+v", with)
	}
	if task.Set[0].Value.Literal != "call_back" || d.Answers["far"].Kind != dialogs.YesNo || task.Set[2].Value.Type.Kind != dialogs.Name {
		t.Errorf("%+v", task.Set)
	}
	if v := d.State("forget").Set[0]; v.Name != "kind" || v.Value != nil {
		t.Errorf("%+v", v)
	}
	offer := d.State("offer").Call.With
	if count, err := offer["count"].Expr.Eval(scene{}); offer["together"].Literal != true || err != nil || count != 2.0 {
		t.Errorf("%+v", offer)
	}
}

func TestTextsAreFilledAndAttached(t *testing.T) {
	set := load(t, clinic.Files())
	view := dialogs.View{Language: "ru", Zone: time.UTC, Now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	env := scene{
		"me": &dialogs.Patient{Name: "Анна"}, "clinic": &dialogs.Clinic{Name: "Улыбка"},
		"visit": &dialogs.Visit{Branch: dialogs.Branch{Address: "Мира, 1"}},
	}
	if text, err := set.Text("welcome.again.say", 0, env, view); err != nil || text != "Здравствуйте, Анна! Рады снова вас видеть." {
		t.Error(text, err)
	}
	env["me"] = (*dialogs.Patient)(nil)
	if text, err := set.Text("welcome.again.say", 0, env, view); err != nil || text != "Здравствуйте! Рады снова вас видеть." {
		t.Error(text, err)
	}
	if text, err := set.Text("nobody.has.this", 0, env, view); err == nil {
		t.Error(text)
	}
	file, place, err := set.Attachment("visit.calendar", env)
	if file != nil || place != nil || err != nil {
		t.Error("an empty attachment is", file, place, err)
	}
	if file, _, err := set.Attachment("media/crown.jpg", env); err != nil || file.MIME != "image/jpeg" || file.Ref != "media/crown.jpg" {
		t.Error(file, err)
	}
	if _, _, err := set.Attachment("clinic.name", env); err == nil {
		t.Error("a name was attached")
	}
}
