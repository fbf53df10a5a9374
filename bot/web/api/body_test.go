package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestBodiesThatAreNoEvents(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	const envelope = `"timestamp": "2026-11-24T11:00:00+03:00", "data": {"external_id": "MIS-1"}}`
	for _, c := range []struct{ body, detail string }{
		{``, "EOF"},
		{`{`, "EOF"},
		{`null`, "type"},
		{`[]`, "the event may not be a array"},
		{`"visit.arrived"`, "the event may not be a string"},
		{`{"type": "visit.eaten", ` + envelope, `type "visit.eaten" is none of ours`},
		{`{"type": 5, ` + envelope, "type may not be a number"},
		{`{` + envelope, `type "" is none of ours`},
		{`{"type": "visit.arrived", "kind": 1, ` + envelope, `unknown field "kind"`},
		{`{"type": "visit.arrived", ` + envelope + ` {}`, "something follows"},
		{`{"type": "visit.arrived", ` + strings.Replace(envelope, "+03:00", "", 1), "timestamp is not a moment"},
		{`{"type": "visit.arrived", ` + strings.Replace(envelope, "2026", "2027", 1), "timestamp is in the future"},
		{`{"type": "visit.arrived", ` + strings.Replace(envelope, "2026", "1026", 1), "timestamp is too long ago"},
		{`{"type": "visit.arrived", "data": {"id": "1"}}`, "timestamp is not a moment"},
		{`{"type": "visit.arrived", "timestamp": "2026-11-24T11:00:00Z"}`, "timestamp is in the future"},
		{`{"type": "visit.arrived", "timestamp": "2026-11-24T11:00:00+03:00"}`, "data is missing"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `{"external_id": "MIS-1"}`, "null", 1), "data is missing"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `{"external_id": "MIS-1"}`, "{}", 1), "id or external_id is missing"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `"MIS-1"`, "17", 1), "external_id may not be a number"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `MIS-1`, " MIS-1", 1), "blanks"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `MIS-1`, `MIS\u0000`, 1), "control characters"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `MIS-1`, "\xff", 1), "UTF-8"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `MIS-1`, strings.Repeat("1", 201), 1), "200 bytes"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `"MIS-1"`, `"MIS-1", "reason": "ill"`, 1), "data.reason"},
		{strings.Replace(`{"type": "visit.arrived", `+envelope, `external_id`, "extrenal_id", 1), `unknown field "extrenal_id"`},
	} {
		s := w.posts(w.signed(w.id(), c.body))
		if s.Status != http.StatusBadRequest || s.Code != "body" || !strings.Contains(s.Detail, c.detail) {
			t.Errorf("%.80s: %d %s, want %q", c.body, s.Status, s.body, c.detail)
		}
		if strings.Contains(s.body, "Go ") {
			t.Errorf("%.80s: our insides are shown: %s", c.body, s.body)
		}
	}
	if s := w.posts(w.signed(strings.Repeat("x", 201), body("visit.confirmed", 0, `{"external_id": "MIS-1"}`))); s.Status != http.StatusBadRequest {
		t.Errorf("a long webhook-id: %d %s", s.Status, s.body)
	}
}

func TestWhatIsNoJSONOrTooMuchIsNotRead(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
	for kind, want := range map[string]int{"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "application/json; charset=utf-8": 404} {
		r := w.signed("msg-1", told)
		r.Header.Set("Content-Type", kind)
		if s := w.posts(r); s.Status != want {
			t.Errorf("%q: %d %s", kind, s.Status, s.body)
		}
	}
	large := told + strings.Repeat(" ", 64<<10-len(told))
	if s := w.posts(w.signed("msg-2", large)); s.Status != http.StatusNotFound {
		t.Errorf("as large as may be: %d %s", s.Status, s.body)
	}
	if s := w.posts(w.signed("msg-3", large+" ")); s.Status != http.StatusRequestEntityTooLarge || s.Code != "too_large" {
		t.Errorf("larger: %d %s", s.Status, s.body)
	}
}

// Whatever is signed and sent, the answer is one of ours, and nothing of our insides.
func FuzzEvents(f *testing.F) {
	w := newWorld(f, onSQLite(f))
	w.books("MIS-1", time.Hour)
	f.Add(body("visit.arrived", 0, `{"external_id": "MIS-1"}`))
	f.Add(body("visit.cancelled", 0, `{"id": "id-1", "reason": "ill"}`))
	f.Add(body("visit.confirmed", 0, `{"id": "id-1", "external_id": "MIS-2"}`))
	f.Add(body("course.planned", 0, `{"external_id": "X", "patient": {"id": "anna"}, "visits": [{"service": "dentist_consult", "days": 7}], "from": "2026-12-01"}`))
	f.Add(body("course.planned", 0, `{"external_id": "Y", "patient": {"external_id": "P-7"}, "course": "implant", "doctor": "sokolova"}`))
	f.Add(body("step.completed", 0, `{"external_id": "X/1"}`))
	f.Add(body("prevention.set", 0, `{"patient": {"id": "anna"}, "service": "hygiene_consult", "date": "2027-05-01"}`))
	f.Add(`{"type": "visit.arrived"`)
	f.Fuzz(func(t *testing.T, told string) {
		w.TB = t
		switch s := w.posts(w.signed(w.id(), told)); s.Status {
		case 200, 400, 404, 409, 413:
		default:
			t.Errorf("%q: %d %s", told, s.Status, s.body)
		}
	})
}
