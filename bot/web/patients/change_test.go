package patients_test

import (
	"encoding/csv"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/store"
)

func TestWhoMayChangesWhoSomebodyIs(t *testing.T) {
	c := open(t)
	form := url.Values{"name": {"смирнова анна"}, "birth": {"1991-04-05"}, "phone": {"8 903 111-22-33"}}
	c.well(c.As(access.Administrator).Post("/desk/patients/anna/edit", form), 303)
	if p := c.patient("anna"); p.FullName != "Смирнова Анна" || p.Birth != "1991-04-05" || p.Phone != "+79031112233" || !slices.Equal(p.Tags, []string{"vip"}) {
		t.Errorf("%+v", p)
	}
	for field, value := range map[string]string{"name": "12345", "birth": "2999-01-01", "phone": "123"} {
		wrong := url.Values{"name": {"Анна Петрова"}, field: {value}}
		c.says(c.well(c.As(access.Administrator).Post("/desk/patients/anna/edit", wrong), 422), `class="error"`, value)
	}
	if got := c.deeds("patient_changed"); len(got) != 1 || got[0] != "anna" {
		t.Errorf("the audit has %v", got)
	}
	c.well(c.As(access.Practitioner).Post("/desk/patients/anna/edit", form), 403)
}

func TestTagsConsentsAndCampaigns(t *testing.T) {
	c := open(t)
	care := c.As(access.CareManager)
	c.well(care.Post("/desk/patients/anna/tags", url.Values{"add": {" Имплант  2026 "}}), 303)
	c.well(care.Post("/desk/patients/anna/tags", url.Values{"remove": {"vip"}}), 303)
	if p := c.patient("anna"); !slices.Equal(p.Tags, []string{"имплант 2026"}) {
		t.Errorf("tags: %v", p.Tags)
	}
	c.well(c.As(access.Administrator).Post("/desk/patients/anna/tags", url.Values{"add": {"x"}}), 403)

	c.well(care.Post("/desk/patients/anna/consents", url.Values{"kind": {"advertising"}, "given": {"yes"}}), 303)
	c.well(care.Post("/desk/patients/anna/consents", url.Values{"kind": {"personal"}, "given": {"no"}}), 303)
	c.well(care.Post("/desk/patients/anna/consents", url.Values{"kind": {"everything"}, "given": {"yes"}}), 400)
	c.do(func(tx store.Tx) error {
		list, err := tx.ConsentsOf(t.Context(), []string{"anna"})
		for _, k := range list {
			if k.Channel != "desk" || k.Account != "account-care" || k.Given != (k.Kind == "advertising") || k.Version == "" || !k.At.Equal(bottest.Monday) {
				t.Errorf("%+v", k)
			}
		}
		return err
	})
	c.do(func(tx store.Tx) error {
		return tx.AddAccount(t.Context(), store.Account{ID: "account-care", Login: "care", Name: "Ирина Белова", Role: "care", CreatedAt: bottest.Monday})
	})
	c.says(c.well(care.Get("/desk/patients/anna"), 200), "на бумаге", "отказ", "записал(а) Ирина Белова", "вся история: 3 записи", "/documents/personal")

	c.well(care.Post("/desk/patients/anna/snooze", url.Values{"days": {"90"}}), 303)
	c.well(care.Post("/desk/patients/anna/snooze", url.Values{"days": {"100000"}}), 400)
	if p := c.patient("anna"); !p.SnoozedUntil.Equal(bottest.Monday.AddDate(0, 0, 90)) {
		t.Errorf("rests until %v", p.SnoozedUntil)
	}
}

func TestANewPatientIsMadeOnce(t *testing.T) {
	c := open(t)
	reception := c.As(access.Administrator)
	form := url.Values{"once": {"form-12345678"}, "name": {"Олег Ли"}, "phone": {"8 912 345 67 89"}}
	c.says(c.well(reception.Post("/desk/patients/new", form), 422), "уже есть карточка", "/desk/patients/anna", "/desk/patients/anya")
	form.Set("anyway", "on")
	for range 2 {
		if a := reception.Post("/desk/patients/new", form); a.Code != 303 || a.Header().Get("Location") != "/desk/patients/form-12345678" {
			t.Fatalf("%d to %s", a.Code, a.Header().Get("Location"))
		}
	}
	form.Set("once", "anna1234/../x")
	c.well(reception.Post("/desk/patients/new", form), 400)
	form = url.Values{"once": {"form-12345678"}, "name": {"Другой Человек"}}
	reception.Post("/desk/patients/new", form) // somebody has guessed a form's number
	if p := c.patient("form-12345678"); p.FullName != "Олег Ли" || p.Phone != "+79123456789" {
		t.Errorf("%+v", p)
	}
	if got := c.deeds("patient_added"); len(got) != 1 {
		t.Errorf("the audit has %v", got)
	}
}

func TestWhatPeopleWroteIsNeitherAPageNorAFormula(t *testing.T) {
	c := open(t)
	owner := c.As(access.Owner)
	for _, body := range []string{
		c.well(owner.Get("/desk/patients/trap"), 200), c.well(owner.Get("/desk/patients/trap/merge/anna"), 200), c.well(owner.Get("/desk/patients/trap/erase"), 200),
		c.well(owner.Get("/desk/patients/trap/edit"), 200), c.well(owner.Post("/desk/patients", url.Values{"query": {"script"}}), 200),
		c.well(owner.Post("/desk/patients", url.Values{"query": {trap}}), 200),
	} {
		if strings.Contains(body, "<script>alert") {
			t.Errorf("what somebody is called is a script:\n%s", body)
		}
	}
	a := owner.Post("/desk/patients/segment.csv", url.Values{"tag": {""}, "service": {""}, "channel": {""}})
	body := c.well(a, 200)
	if !strings.Contains(a.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%v", a.Header())
	}
	table := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\uFEFF")))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows: %v\n%s", len(rows), err, body)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a formula: %q", cell)
			}
		}
	}
	if got := c.deeds("patients_listed"); len(got) != 4 {
		t.Errorf("the audit has %v", got)
	}
	vips := c.well(owner.Post("/desk/patients/segment.csv", url.Values{"tag": {"VIP"}, "service": {""}, "channel": {""}}), 200)
	if !strings.Contains(vips, "Анна Петрова") || strings.Contains(vips, "Маша") {
		t.Errorf("the segment: %s", vips)
	}
	c.well(c.As(access.Practitioner).Post("/desk/patients/segment.csv", nil), 403)
}

func TestEverythingThatIsKeptIsGivenOut(t *testing.T) {
	c := open(t)
	var all map[string][]map[string]any
	if err := json.Unmarshal([]byte(c.well(c.As(access.Administrator).Post("/desk/patients/anna/export", nil), 200)), &all); err != nil {
		t.Fatal(err)
	}
	if len(all["appointments"]) != 2 || len(all["answers"]) != 1 || len(all["patients"]) != 1 {
		t.Errorf("%v", all)
	}
	if got := c.deeds("patient_exported"); len(got) != 1 || got[0] != "anna" {
		t.Errorf("the audit has %v", got)
	}
	c.well(c.As(access.Practitioner).Post("/desk/patients/anna/export", nil), 403)
}

// Somebody is erased while their card is open elsewhere.
func TestErasingIsMeantAndForAll(t *testing.T) {
	c := open(t)
	owner, reception := c.As(access.Owner), c.As(access.Administrator)
	c.well(reception.Get("/desk/patients/anna"), 200)
	c.well(reception.Post("/desk/patients/anna/erase", url.Values{"sure": {"стереть"}}), 403)
	c.says(c.well(owner.Get("/desk/patients/anna/erase"), 200), "согласия как доказательство")
	c.well(owner.Post("/desk/patients/anna/erase", url.Values{"sure": {"да"}}), 422)
	c.well(owner.Post("/desk/patients/anna/erase", url.Values{"sure": {"Стереть"}}), 303)

	if p := c.patient("anna"); p.ErasedAt.IsZero() || p.FullName != "" {
		t.Errorf("%+v", p)
	}
	c.do(func(tx store.Tx) error {
		visits, err := tx.AppointmentsByID(t.Context(), []string{"visit", "past"})
		for _, v := range visits {
			if v.PatientID != "" || v.ID == "visit" && v.Status != store.StatusCancelled || v.ID == "past" && v.Status != store.StatusFulfilled {
				t.Errorf("%+v", v)
			}
		}
		return err
	})
	for path, form := range map[string]url.Values{
		"edit": {"name": {"Анна Петрова"}}, "snooze": {"days": {"30"}}, "consents": {"kind": {"personal"}, "given": {"yes"}}, "export": nil,
		"erase": {"sure": {"стереть"}}, "merge/anya": {"keep": {"anya"}}, "tags": {"add": {"x"}},
	} {
		c.says(c.well(owner.Post("/desk/patients/anna/"+path, form), 410), "больше нет")
	}
	for _, path := range []string{"", "/edit", "/erase", "/merge", "/merge/anya"} {
		c.well(reception.Get("/desk/patients/anna"+path), map[bool]int{true: 403, false: 410}[path == "/erase"])
	}
	if found := c.well(reception.Post("/desk/patients", url.Values{"query": {"маша"}}, "HX-Request", "true"), 200); strings.Contains(found, "Маша") {
		t.Error("a child whom nobody speaks for any more is still there")
	}
	if got := c.deeds("patient_erased"); len(got) != 1 || got[0] != "anna" {
		t.Errorf("the audit has %v", got)
	}
}

func TestTwoCardsBecomeOne(t *testing.T) {
	c := open(t)
	reception := c.As(access.Administrator)
	c.says(c.well(reception.Get("/desk/patients/anna/merge"), 200), "/desk/patients/anna/merge/anya")
	c.says(c.well(reception.Get("/desk/patients/anna/merge/anya"), 200), "Оставить эту")
	c.says(c.well(reception.Get("/desk/patients/child/merge/anna"), 200), "Имена разные")
	c.well(reception.Get("/desk/patients/anna/merge/anna"), 404)
	c.well(reception.Post("/desk/patients/anna/merge/anya", url.Values{"keep": {"child"}}), 400)
	c.says(c.well(reception.Get("/desk/patients/trap/merge/anya"), 200), "два разных пациента")
	c.well(reception.Post("/desk/patients/trap/merge/anya", url.Values{"keep": {"anya"}}), 409)

	if a := reception.Post("/desk/patients/anna/merge/anya", url.Values{"keep": {"anya"}}); a.Code != 303 || a.Header().Get("Location") != "/desk/patients/anya" {
		t.Fatalf("%d to %s: %s", a.Code, a.Header().Get("Location"), a.Body)
	}
	if p := c.patient("anya"); p.FullName != "Петрова Анна" || p.Birth != "1990-03-12" || p.External != "7" {
		t.Errorf("%+v", p)
	}
	if a := reception.Get("/desk/patients/anna"); a.Code != 303 || a.Header().Get("Location") != "/desk/patients/anya" {
		t.Errorf("the card that was left leads to %s (%d)", a.Header().Get("Location"), a.Code)
	}
	c.says(c.well(reception.Get("/desk/patients/anya"), 200), "Аня", "Маша Петрова")
	if got := c.deeds("patients_merged"); len(got) != 2 {
		t.Errorf("the audit has %v", got)
	}
}

// A practitioner reads the cards of those who come to them, and learns of nobody else.
func TestPractitionersReadTheirOwn(t *testing.T) {
	c := open(t)
	doctor := c.As(access.Practitioner)
	body := c.well(doctor.Get("/desk/patients/anna"), 200)
	c.says(body, "Анна Петрова", "болит зуб")
	for _, more := range []string{"Маша", "/desk/chats/", "/desk/tickets/", "<form class", "/edit", "/erase", "/merge", "/export", "/snooze", "/consents"} {
		if strings.Contains(body, more) {
			t.Errorf("a practitioner is shown %q", more)
		}
	}
	c.well(doctor.Get("/desk/patients/child"), 404)
	c.well(doctor.Get("/desk/patients/nobody"), 404)
	c.well(doctor.Get("/desk/patients"), 403)
	c.well(doctor.Post("/desk/patients", url.Values{"query": {"анна"}}), 403)
}
