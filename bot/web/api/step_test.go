package api_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// set are Anna's steps in their order: what each is called, its state, and when it is due.
func (w *world) set() string {
	w.Helper()
	var all []string
	w.do(func(ctx context.Context, tx store.Tx) error {
		steps, err := tx.StepsOf(ctx, []string{"anna"})
		for _, s := range steps {
			all = append(all, strings.Join([]string{s.External, s.Service, s.State, s.Due.Format(time.DateOnly)}, " "))
		}
		return err
	})
	return strings.Join(all, ", ")
}

func (w *world) sets(want ...string) {
	w.Helper()
	if got := w.set(); got != strings.Join(want, ", ") {
		w.Errorf("set is %s, want %s", got, want)
	}
}

func TestACourseAsTheDoctorSetIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.books("MIS-1", time.Hour)
		const course = `{"external_id": "PLAN-9", "patient": {"external_id": "P-7"}, "doctor": "sokolova", "from": "2026-12-01",
			"visits": [{"service": "dentist_consult"}, {"service": "dentist_consult", "title": "Контроль", "days": 14}]}`
		w.takes("done", "course.planned", 0, course)
		w.takes("unchanged", "course.planned", 0, course)
		w.sets("PLAN-9/1 dentist_consult active 2026-12-01", "PLAN-9/2 dentist_consult active 2026-12-15")
		w.takes("done", "step.completed", 0, `{"external_id": "PLAN-9/1"}`)
		w.takes("unchanged", "step.completed", 0, `{"external_id": "PLAN-9/1"}`)
		w.takes("done", "step.revoked", 0, `{"external_id": "PLAN-9/2"}`)
		w.sets("PLAN-9/1 dentist_consult completed 2026-12-01", "PLAN-9/2 dentist_consult revoked 2026-12-15")
		w.refuses(409, "step", "step.completed", 0, `{"external_id": "PLAN-9/2"}`)
		w.refuses(404, "unknown", "step.completed", 0, `{"external_id": "PLAN-9/3"}`)
		w.refuses(404, "unknown", "step.completed", 0, `{"id": "nobody"}`)
	})
}

func TestACourseOfTheClinic(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	w.takes("done", "course.planned", 0, `{"external_id": "PLAN-9", "patient": {"id": "anna"}, "course": "implant"}`)
	if got := w.set(); !strings.HasPrefix(got, "PLAN-9/1 implant active 2026-12-01") { // a week from today
		t.Errorf("set is %s", got)
	}
	// What is Anna's cannot be Boris's too.
	w.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SavePatients(ctx, []store.Patient{{ID: "boris", FullName: "Борис", CreatedAt: noon}})
	})
	w.refuses(409, "ids", "course.planned", 0, `{"external_id": "PLAN-9", "patient": {"id": "boris"}, "course": "implant"}`)
}

func TestADateOfPrevention(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.books("MIS-1", time.Hour)
		set := func(result, date string) {
			t.Helper()
			w.takes(result, "prevention.set", 0, `{"patient": {"id": "anna"}, "service": "hygiene_consult", "doctor": "sokolova", "date": "`+date+`"}`)
		}
		set("done", "2027-05-04")
		set("unchanged", "2027-05-04")
		set("done", "2027-06-01")
		w.sets(" hygiene_consult active 2027-06-01")
		const gone = `{"patient": {"external_id": "P-7"}, "service": "hygiene_consult"}`
		w.takes("done", "prevention.revoked", 0, gone)
		w.takes("unchanged", "prevention.revoked", 0, gone)
		w.sets(" hygiene_consult revoked 2027-06-01")
	})
}

func TestWhatCannotBePlanned(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	for _, c := range []struct {
		kind   string
		status int
		code   string
		data   string
	}{
		{"course.planned", 400, "body", `{"patient": {"id": "anna"}, "visits": [{"service": "dentist_consult"}]}`},
		{"course.planned", 400, "body", `{"external_id": "X", "patient": {}, "visits": [{"service": "dentist_consult"}]}`},
		{"course.planned", 400, "body", `{"external_id": "X", "patient": {"id": "anna"}}`},
		{"course.planned", 400, "body", `{"external_id": "X", "patient": {"id": "anna"}, "course": "implant", "visits": [{"service": "dentist_consult"}]}`},
		{"course.planned", 400, "body", `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"title": "Контроль"}]}`},
		{"course.planned", 400, "body", `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"service": "dentist_consult", "days": -1}]}`},
		{"course.planned", 409, "plan", `{"external_id": "X", "patient": {"id": "anna"}, "course": "nobody's"}`},
		{"course.planned", 409, "plan", `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"service": "nobody's"}]}`},
		{"course.planned", 409, "plan", `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"service": "dentist_consult"}], "from": "2027-02-29"}`},
		{"course.planned", 409, "plan", `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"service": "dentist_consult"}], "doctor": "nobody"}`},
		{"course.planned", 404, "unknown", `{"external_id": "X", "patient": {"id": "boris"}, "visits": [{"service": "dentist_consult"}]}`},
		{"course.planned", 404, "unknown", `{"external_id": "X", "patient": {"id": "anna", "external_id": "P-8"}, "visits": [{"service": "dentist_consult"}]}`},
		{"prevention.set", 400, "body", `{"patient": {"id": "anna"}, "service": "hygiene_consult", "date": "2027-02-29"}`},
		{"prevention.set", 400, "body", `{"patient": {"id": "anna"}, "date": "2027-03-01"}`},
		{"prevention.set", 409, "plan", `{"patient": {"id": "anna"}, "service": "nobody's", "date": "2027-03-01"}`},
		{"prevention.revoked", 400, "body", `{"patient": {"id": "anna"}, "service": "hygiene_consult", "date": "2027-03-01"}`},
		{"step.revoked", 400, "body", `{}`},
	} {
		w.refuses(c.status, c.code, c.kind, 0, c.data)
	}
	w.sets()
}
