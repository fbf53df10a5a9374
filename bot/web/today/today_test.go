package today_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/today"
	"careline/store"

	"github.com/a-h/templ"
)

// reception is the page of the day with visits on it.
type reception struct {
	*pagetest.Stage
	t *testing.T
}

func open(t *testing.T, change ...func(*booking.Clinic)) reception {
	t.Helper()
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a", change...), func(d page.Desk) []page.Route {
		login := page.Route{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error { return q.Plain("", templ.NopComponent) }}
		return append(today.New(d).Routes(), login)
	})
	return reception{s, t}
}

// comes books a visit so long from now with a practitioner.
func (r reception) comes(id, name, practitioner string, in time.Duration) store.Appointment {
	r.t.Helper()
	now := r.Clock.Now()
	start := now.Add(in)
	a := store.Appointment{ID: id, PatientID: "p-" + id, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked, Start: start,
		End: start.Add(40 * time.Minute), Parts: []store.Part{{Practitioner: practitioner, Start: start, End: start.Add(40 * time.Minute)}},
		First: true, CreatedAt: now, UpdatedAt: now, StatusAt: now}
	r.do(func(tx store.Tx) error {
		err := tx.SavePatients(r.t.Context(), []store.Patient{{ID: a.PatientID, FullName: name, Phone: "+79151234567", CreatedAt: now}})
		if err != nil {
			return err
		}
		return tx.Book(r.t.Context(), a, now)
	})
	return a
}

func (r reception) do(f func(store.Tx) error) {
	r.t.Helper()
	if err := r.Desk.Store.Tx(r.t.Context(), f); err != nil {
		r.t.Fatal(err)
	}
}

func (r reception) status(id string) (status string) {
	r.t.Helper()
	r.do(func(tx store.Tx) error {
		found, err := tx.AppointmentsByID(r.t.Context(), []string{id})
		if err == nil {
			status = found[0].Status
		}
		return err
	})
	return status
}

func (r reception) deeds() (all []string) {
	r.t.Helper()
	r.do(func(tx store.Tx) error {
		found, err := tx.Deeds(r.t.Context(), store.Deeds{Limit: 100})
		for _, d := range found {
			all = append(all, d.AccountID+" "+d.Action+" "+d.PatientID+" "+d.Ref)
		}
		return err
	})
	return all
}

// says taps a button of a visit.
func (r reception) says(role access.Role, id, status string) *httptest.ResponseRecorder {
	return r.As(role).Post("/desk/today/"+id+"/status", url.Values{"status": {status}, "reason": {"patient"}}, "HX-Request", "true")
}

func holds(t *testing.T, a *httptest.ResponseRecorder, words ...string) {
	t.Helper()
	if a.Code != http.StatusOK {
		t.Fatalf("%d: %s", a.Code, a.Body)
	}
	for _, w := range words {
		if !strings.Contains(a.Body.String(), w) {
			t.Errorf("«%s» is not shown in\n%s", w, a.Body)
		}
	}
}

func lacks(t *testing.T, a *httptest.ResponseRecorder, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Body.String(), w) {
			t.Errorf("«%s» is shown", w)
		}
	}
}

func TestTheDayOfABranch(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", 5*time.Hour)
	r.comes("far", "Сидоров Пётр", "belov", 26*time.Hour)
	admin := r.As(access.Administrator)
	a := admin.Get("/desk/today")
	holds(t, a, "Петрова Анна", "+7 915 123-45-67", "15:00", "Соколова Мария Андреевна", "впервые", "нет согласия", "анкета пуста", "не подтвердил", `/desk/patients/p-one`)
	lacks(t, a, "Сидоров")
	holds(t, admin.Get("/desk/today?day=2026-11-24"), "Сидоров Пётр", "Завтра")
	lacks(t, admin.Get("/desk/today?doctor=belov"), "Петрова")
	lacks(t, admin.Get("/desk/today?branch=yekaterinburg"), "Петрова")
	if a := admin.Get("/desk/today?branch=paris"); a.Code != http.StatusNotFound {
		t.Errorf("a branch that is not there: %d", a.Code)
	}
	holds(t, admin.Get("/desk/today/print"), "Соколова Мария Андреевна", "Петрова Анна")
	if all := strings.Join(r.deeds(), "\n"); !strings.Contains(all, "account-administrator day_seen p-one day/moscow/2026-11-23") {
		t.Errorf("that the day was seen is not noted:\n%s", all)
	}
}

func TestOneTapSaysWhatBecameOfAVisit(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", -10*time.Minute)
	for _, step := range []struct{ status, shown string }{
		{store.StatusArrived, "здесь с"}, {store.StatusFulfilled, "готово"}, {store.StatusBooked, "Пришёл"}, {store.StatusNoShow, "не пришёл"},
		{store.StatusBooked, "Пришёл"}, {store.StatusCancelled, "отменён"},
	} {
		holds(t, r.says(access.Administrator, "one", step.status), step.shown)
		if got := r.status("one"); got != step.status {
			t.Fatalf("the visit is %s, not %s", got, step.status)
		}
	}
	if a := r.says(access.Administrator, "one", store.StatusArrived); a.Code != http.StatusConflict {
		t.Errorf("a cancelled visit arrives: %d", a.Code)
	}
	if all := strings.Join(r.deeds(), "\n"); !strings.Contains(all, "account-administrator visit_status p-one visit/one/noshow") {
		t.Errorf("who said it is not noted:\n%s", all)
	}
	if a := r.says(access.Administrator, "nobody's", store.StatusArrived); a.Code != http.StatusNotFound {
		t.Errorf("a visit that is not there: %d", a.Code)
	}
}

func TestAVisitAheadCannotBeMissed(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", 5*time.Hour)
	if a := r.says(access.Administrator, "one", store.StatusNoShow); a.Code != http.StatusConflict || r.status("one") != store.StatusBooked {
		t.Errorf("%d, and the visit is %s", a.Code, r.status("one"))
	}
	a := r.As(access.Administrator).Post("/desk/today/one/status", url.Values{"status": {store.StatusArrived}, "branch": {"moscow"}})
	if a.Code != http.StatusSeeOther || a.Header().Get("Location") != "/desk/today?branch=moscow" {
		t.Errorf("without a script: %d to %s", a.Code, a.Header().Get("Location"))
	}
}

func TestAPractitionerSeesTheirOwnDayAndChangesNothing(t *testing.T) {
	r := open(t)
	r.comes("own", "Петрова Анна", r.Desk.Clinic.Practitioners[0].ID, time.Hour)
	r.comes("other", "Сидоров Пётр", r.Desk.Clinic.Practitioners[1].ID, time.Hour)
	a := r.As(access.Practitioner).Get("/desk/today?doctor=" + r.Desk.Clinic.Practitioners[1].ID)
	holds(t, a, "Петрова Анна")
	lacks(t, a, "Сидоров", "<button name=\"status\"")
	if a := r.says(access.Practitioner, "own", store.StatusArrived); a.Code != http.StatusForbidden {
		t.Errorf("a practitioner marks a visit: %d", a.Code)
	}
	if a := r.As(access.Marketer).Get("/desk/today"); a.Code != http.StatusForbidden {
		t.Errorf("a marketer sees the day: %d", a.Code)
	}
}

func TestWhatPatientsWriteIsNoHTML(t *testing.T) {
	r := open(t)
	r.comes("one", `<script>alert(1)</script>`, "sokolova", time.Hour)
	lacks(t, r.As(access.Administrator).Get("/desk/today"), "<script>alert")
}

// A day of many visits is read fast enough for every change to be shown to everybody.
func BenchmarkDay(b *testing.B) {
	s := pagetest.Open(b, bottest.New(b, bottest.SQLite(b), "a"), func(d page.Desk) []page.Route { return today.New(d).Routes() })
	now := s.Clock.Now()
	err := s.Store.Tx(b.Context(), func(tx store.Tx) error {
		for i := range 200 {
			id := fmt.Sprint(i)
			start := now.Add(time.Duration(i%20) * 20 * time.Minute)
			if err := tx.SavePatients(b.Context(), []store.Patient{{ID: id, FullName: "Петрова Анна", CreatedAt: now}}); err != nil {
				return err
			}
			err := tx.Book(b.Context(), store.Appointment{ID: id, PatientID: id, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked, Start: start,
				End: start.Add(20 * time.Minute), Parts: []store.Part{{Practitioner: "d" + fmt.Sprint(i/20), Start: start, End: start.Add(20 * time.Minute)}}, CreatedAt: now, UpdatedAt: now, StatusAt: now}, now)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if a := s.As(access.Administrator).Get("/desk/today"); a.Code != http.StatusOK {
			b.Fatal(a.Code)
		}
	}
}
