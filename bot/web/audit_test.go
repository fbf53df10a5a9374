package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/store"
)

// What somebody may be called who means harm: markup, a formula, letters that turn the line around or are not seen.
const (
	surname = "Пробный"
	markup  = `<img src=x onerror=alert(1)>`
	hostile = surname + " =cmd|' /C calc'!A0" + markup + `<script>alert(1)</script>"'` + "\u202e\u200b"
	phone   = "+79991234567"
)

// harm puts a patient into the clinic all of whose words mean harm. Every id of theirs is theirs alone.
func (o *office) harm() (ids []string) {
	o.Helper()
	now := o.desk.Clock.Now()
	start := now.Add(2 * time.Hour)
	err := o.desk.Store.Tx(o.Context(), func(tx store.Tx) error {
		ctx := o.Context()
		met, err := tx.Meet(ctx, []store.Contact{{ID: "chat", PatientID: "patient", Channel: "test", Chat: "7", Name: hostile, Language: "ru", Source: markup, CreatedAt: now}})
		if err != nil {
			return err
		}
		for _, err := range []error{
			tx.SavePatients(ctx, []store.Patient{
				{ID: "patient", FullName: hostile, Phone: phone, Birth: "1990-01-02", Tags: []string{markup}, External: markup, CreatedAt: now},
				{ID: "child", FullName: surname + " младший" + markup, CreatedAt: now}}),
			tx.AddFamily(ctx, store.Kinship{Guardian: "patient", Ward: "child", Kin: "child", Since: now}),
			tx.OpenTickets(ctx, []store.Ticket{{ID: "ticket", ContactID: met[0].ID, PatientID: "patient", Kind: "asked", Priority: "high", State: "open",
				Note: surname + markup, Deadline: start, CreatedAt: now}}),
			tx.KeepAnswers(ctx, []store.Answer{{ContactID: "chat", PatientID: "patient", Dialog: "booking", Name: "complaint",
				Value: fmt.Appendf(nil, "%q", markup), Mark: "health", At: now}}),
			tx.Book(ctx, store.Appointment{ID: "visit", PatientID: "patient", ContactID: "chat", Status: store.StatusBooked, Start: start, End: start.Add(time.Hour),
				Branch: o.desk.Clinic.Branches[0].ID, Service: o.desk.Clinic.Services[0].ID, Reason: markup, CreatedAt: now, UpdatedAt: now, StatusAt: now,
				Parts: []store.Part{{Practitioner: o.desk.Clinic.Practitioners[0].ID, Start: start, End: start.Add(time.Hour)}}}, now),
			tx.RecordConsents(ctx, []store.Consent{{PatientID: "patient", Kind: "personal", Given: true, Version: markup, Channel: "desk", At: now}}),
		} {
			if err != nil {
				return err
			}
		}
		_, err = tx.Accept(ctx, []store.Input{{Channel: "test", ExternalID: "1", ContactID: "chat", Kind: store.MessageInput, ReceivedAt: now,
			Payload: fmt.Appendf(nil, `{"text": %q}`, surname+markup)}})
		return err
	})
	if err != nil {
		o.Fatal(err)
	}
	return []string{"patient", "chat", "visit", "ticket", "child"}
}

// noted is how often the audit tells that somebody has seen one of the two, or done something about them.
func (o *office) noted() (n int) {
	o.Helper()
	err := o.desk.Store.Read(o.Context(), func(tx store.Tx) error {
		for _, id := range []string{"patient", "child"} {
			deeds, err := tx.Deeds(o.Context(), store.Deeds{Patient: id, Limit: 1000})
			if err != nil {
				return err
			}
			n += len(deeds)
		}
		return nil
	})
	if err != nil {
		o.Fatal(err)
	}
	return n
}

// shows tells whether the answer has something of the patient.
func shows(body string) bool {
	return strings.Contains(body, surname) || strings.Contains(body, "999 123")
}

// Whatever shows a patient is in the audit, and whatever patients wrote is words and nothing else.
func TestWhoeverSeesAPatientIsInTheAudit(t *testing.T) {
	o := openOffice(t)
	ids := o.harm()
	owner := o.seats[access.Owner]
	shown := 0
	look := func(method, path string, form url.Values) {
		t.Helper()
		before := o.noted()
		code, _, body := o.ask(owner, method, path, form)
		if strings.Contains(body, "<html") && (strings.Contains(body, "<img src=x") || strings.Contains(body, "<script>alert")) {
			t.Errorf("%s %s has the markup that a patient wrote", method, path)
		}
		if !shows(body) || code == http.StatusUnprocessableEntity {
			return
		}
		shown++
		if o.noted() > before {
			return
		}
		o.clock.Advance(11 * time.Minute) // the same list within ten minutes is one look
		if o.ask(owner, method, path, form); o.noted() == before {
			t.Errorf("%s %s shows a patient, and the audit does not know", method, path)
		}
	}
	for _, r := range o.routes {
		if !strings.HasPrefix(r.Pattern, "GET ") {
			continue
		}
		for _, id := range ids {
			method, path := at(r, id)
			look(method, path, nil)
			if !strings.Contains(r.Pattern, "{") {
				break
			}
		}
	}
	search := url.Values{"query": {surname}}
	for path, form := range map[string]url.Values{
		"/desk/patients": search, "/desk/patients/segment": {"service": {""}, "channel": {""}}, "/desk/patients/segment.csv": {"service": {""}, "channel": {""}},
		"/desk/patients/child/merge": search, "/desk/patients/child/family": search, "/desk/patients/patient/export": nil,
		"/desk/patients/new": {"once": {"form-12345678"}, "name": {"Анна Ли"}, "phone": {phone}},
	} {
		look("POST", path, form)
	}
	look("GET", "/desk/patients/child/merge/patient", nil)
	look("GET", "/desk/schedule/new?patient=patient", nil)
	if shown < 15 {
		t.Errorf("only %d pages show the patient: is it still looked for?", shown)
	}
}
