package patients_test

import (
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
	"careline/bot/web/patients"
	"careline/store"

	"github.com/a-h/templ"
)

// clinic is a desk with some people: Anna writes in a chat and has a child; a patient's name is a trap.
type clinic struct {
	*pagetest.Stage
	t *testing.T
}

const trap = `<script>alert(1)</script>=1+1`

func open(t *testing.T, change ...func(*booking.Clinic)) *clinic {
	t.Helper()
	w := bottest.New(t, bottest.SQLite(t), "a", change...)
	c := &clinic{pagetest.Open(t, w, func(d page.Desk) []page.Route {
		login := page.Route{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error { return q.Plain("Вход", templ.NopComponent) }}
		return append(patients.New(d).Routes(), login)
	}), t}
	now := w.Clock.Now()
	start, own := now.Add(50*time.Hour), c.Desk.Clinic.Practitioners[0].ID
	c.do(func(tx store.Tx) error {
		_, err := tx.Meet(t.Context(), []store.Contact{
			{ID: "chat", Channel: "test", Chat: "anna", PatientID: "anna", Name: "Аня", Language: "ru", Zone: "Asia/Vladivostok", Source: "qr_door", CreatedAt: now}})
		if err != nil {
			return err
		}
		met, err := tx.Contacts(t.Context(), []string{"chat"})
		if err != nil {
			return err
		}
		met[0].Phone = "+79123456789"
		visit := store.Appointment{ID: "visit", PatientID: "anna", ContactID: "chat", Status: store.StatusBooked, Start: start, End: start.Add(time.Hour),
			Service: "hygiene_consult", Branch: c.Desk.Clinic.Branches[0].ID, Parts: []store.Part{{Practitioner: own, Start: start, End: start.Add(time.Hour)}},
			CreatedAt: now, UpdatedAt: now, StatusAt: now}
		past := visit
		past.ID, past.Status, past.Start, past.End = "past", store.StatusFulfilled, now.Add(-9000*time.Hour), now.Add(-8999*time.Hour)
		for _, err := range []error{
			tx.SaveContacts(t.Context(), met),
			tx.SavePatients(t.Context(), []store.Patient{
				{ID: "anna", FullName: "Анна Петрова", Phone: "+79123456789", Birth: "1990-03-12", Tags: []string{"vip"}, CreatedAt: now},
				{ID: "child", FullName: "Маша Петрова", Birth: "2020-01-01", CreatedAt: now},
				{ID: "trap", FullName: trap, Tags: []string{"=cmd|' /C calc'!A0", trap}, External: "@SUM(1)", CreatedAt: now},
				{ID: "anya", FullName: "Петрова Анна", Phone: "+79123456789", External: "7", CreatedAt: now},
			}),
			tx.AddFamily(t.Context(), store.Kinship{Guardian: "anna", Ward: "child", Kin: "child", Since: now}),
			tx.RecordConsents(t.Context(), []store.Consent{{PatientID: "anna", Kind: "personal", Given: true, Version: "2020-01-01", Channel: "test", ContactID: "chat", At: now}}),
			tx.Book(t.Context(), visit, now),
			tx.KeepAnswers(t.Context(), []store.Answer{{ContactID: "chat", PatientID: "anna", Dialog: "booking", Name: "complaint", Value: []byte(`"болит зуб"`), Mark: "health", At: now}}),
			tx.OpenTickets(t.Context(), []store.Ticket{{ID: "ticket", ContactID: "chat", PatientID: "anna", Kind: "same_phone", Priority: "normal", State: "open", CreatedAt: now}}),
			tx.JoinWaitlist(t.Context(), store.Waiting{ID: "place", PatientID: "anna", ContactID: "chat", Service: "hygiene_consult", State: "waiting", CreatedAt: now}),
			tx.SaveSteps(t.Context(), []store.Step{{ID: "step", PatientID: "anna", Title: "Контроль импланта", Service: "implant", Due: start.Add(2400 * time.Hour), State: store.StepActive, CreatedAt: now}}),
		} {
			if err != nil {
				return err
			}
		}
		if _, err := tx.ImportAppointments(t.Context(), []store.Appointment{past}); err != nil {
			return err
		}
		_, err = tx.Accept(t.Context(), []store.Input{{Channel: "test", ExternalID: "1", ContactID: "chat", Kind: store.MessageInput, Payload: []byte(`{"text": "болит"}`), ReceivedAt: now}})
		if err != nil {
			return err
		}
		_, err = tx.AddPoints(t.Context(), []store.Point{{PatientID: "anna", Amount: 250, Reason: store.ForVisit, Ref: "past", At: now}})
		if err != nil {
			return err
		}
		return tx.RateAppointment(t.Context(), store.Rating{AppointmentID: "past", PatientID: "anna", Value: 3, At: now})
	})
	return c
}

func (c *clinic) do(f func(store.Tx) error) {
	c.t.Helper()
	if err := c.Desk.Store.Tx(c.t.Context(), f); err != nil {
		c.t.Fatal(err)
	}
}

// patient as they are kept.
func (c *clinic) patient(id string) (p store.Patient) {
	c.t.Helper()
	c.do(func(tx store.Tx) error {
		found, err := tx.Patients(c.t.Context(), []string{id})
		if err == nil && len(found) > 0 {
			p = found[0]
		}
		return err
	})
	return p
}

// deeds are the patients about whom the audit has the action, the newest first.
func (c *clinic) deeds(action string) (about []string) {
	c.t.Helper()
	c.do(func(tx store.Tx) error {
		deeds, err := tx.Deeds(c.t.Context(), store.Deeds{Limit: 1000})
		for _, d := range deeds {
			if d.Action == action {
				about = append(about, d.PatientID)
			}
		}
		return err
	})
	return about
}

// well is the page of an answer that is as it should be.
func (c *clinic) well(a *httptest.ResponseRecorder, code int) string {
	c.t.Helper()
	if a.Code != code {
		c.t.Fatalf("%d, want %d: %s\n%s", a.Code, code, a.Body, c.Log)
	}
	return a.Body.String()
}

func (c *clinic) says(body string, words ...string) {
	c.t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			c.t.Errorf("the page does not say %q:\n%s", w, body)
		}
	}
}

func TestACardTellsWhatIsKnown(t *testing.T) {
	c := open(t)
	body := c.well(c.As(access.Owner).Get("/desk/patients/anna"), 200)
	c.says(body, "Анна Петрова", "36 лет", "+7 912 345-67-89", "подтверждён", "Аня", "17:00", "qr_door", "Маша Петрова", "vip", "прежняя редакция",
		"Контроль импланта", "болит зуб", "250 баллов", "★ 3", "/desk/chats/chat", "/desk/tickets/ticket", "/desk/schedule/visit/visit", "ждёт время")
	if i := strings.Index(body, "desk.patients."); i >= 0 {
		t.Errorf("a word is missing: %s", body[i:i+60])
	}
	if seen := c.deeds("patient_seen"); len(seen) != 1 || seen[0] != "anna" {
		t.Errorf("the audit has %v", seen)
	}
	c.says(c.well(c.As(access.Owner).Get("/desk/patients/child"), 200), "Анна Петрова", "Представитель")
	c.well(c.As(access.Owner).Get("/desk/patients/nobody"), 404)
	if a := c.As(access.Marketer).Get("/desk/patients/anna"); a.Code != http.StatusForbidden {
		t.Errorf("a marketer sees a card: %d", a.Code)
	}
}

func TestASearchFindsEverybodyByWhatIsKnownOfThem(t *testing.T) {
	c := open(t)
	find := func(query string) string {
		return c.well(c.As(access.Administrator).Post("/desk/patients", url.Values{"query": {query}}, "HX-Request", "true"), 200)
	}
	for _, query := range []string{"петр", "ПЕТРОВА анна", "анна петрова", "8 912 345 67 89", "6789", "vip"} {
		c.says(find(query), "/desk/patients/anna")
	}
	c.says(find("нет таких"), "Никого не нашли")
	if n := len(c.deeds("patient_found")); n != 3 { // however often they were shown
		t.Errorf("the audit has %d patients who were shown", n)
	}
	c.says(c.well(c.As(access.Administrator).Post("/desk/patients", url.Values{"query": {"маша"}}), 200), "<html", "Маша Петрова")
	if strings.Contains(c.Log.String(), "петр") {
		t.Error("the log has what was looked for")
	}
}
