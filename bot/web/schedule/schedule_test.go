package schedule_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/schedule"
	"careline/store"

	"github.com/a-h/templ"
)

// clinic is the schedule with visits in it.
type clinic struct {
	*pagetest.Stage
	t testing.TB
}

func open(t testing.TB) clinic {
	t.Helper()
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(d page.Desk) []page.Route {
		login := page.Route{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error { return q.Plain("", templ.NopComponent) }}
		return append(schedule.New(d).Routes(), login)
	})
	return clinic{s, t}
}

func (c clinic) do(f func(store.Tx) error) {
	c.t.Helper()
	if err := c.Desk.Store.Tx(c.t.Context(), f); err != nil {
		c.t.Fatal(err)
	}
}

const service = "hygiene_consult"

// performer of the service is somebody else than the practitioner who may sit at the desk.
func (c clinic) performer() string {
	for _, d := range c.Desk.Clinic.Service(service).Parts[0].By {
		if d.ID != c.Desk.Clinic.Practitioners[0].ID && d.Works["moscow"] != nil {
			return d.ID
		}
	}
	c.t.Fatal("nobody does it")
	return ""
}

// free are the free times of the service with the performer.
func (c clinic) free() (slots []booking.Slot) {
	c.t.Helper()
	s, who := c.Desk.Clinic.Service(service), c.performer()
	var busy []store.Busy
	now := c.Clock.Now()
	c.do(func(tx store.Tx) (err error) {
		busy, err = tx.Busy(c.t.Context(), []string{who}, now, now.AddDate(0, 0, 14), now)
		return err
	})
	found := c.Desk.Clinic.Find(booking.Query{Service: s, Branches: c.Desk.Clinic.Branches[:1], Doctor: who, Acute: true,
		From: now, To: now.AddDate(0, 0, 7), Now: now, Busy: busy})
	for slot := range found.All() {
		slots = append(slots, slot)
	}
	return slots
}

// comes books a visit into a slot.
func (c clinic) comes(id, name string, s booking.Slot) {
	c.t.Helper()
	now := c.Clock.Now()
	c.do(func(tx store.Tx) error {
		person := store.Contact{ID: "c-" + id, Channel: "test", Chat: "chat-" + id, PatientID: "p-" + id, Language: "ru", CreatedAt: now}
		if _, err := tx.Meet(c.t.Context(), []store.Contact{person}); err != nil {
			return err
		}
		err := tx.SavePatients(c.t.Context(), []store.Patient{{ID: "p-" + id, FullName: name, Phone: "+79151234567", CreatedAt: now}})
		if err != nil {
			return err
		}
		return tx.Book(c.t.Context(), store.Appointment{ID: id, PatientID: "p-" + id, ContactID: "c-" + id, Service: service, Branch: "moscow",
			Status: store.StatusBooked, Start: s.Start(), End: s.End(), Parts: s.Parts, CreatedAt: now, UpdatedAt: now, StatusAt: now}, now)
	})
}

func (c clinic) read(id string) (a store.Appointment) {
	c.t.Helper()
	c.do(func(tx store.Tx) error {
		found, err := tx.AppointmentsByID(c.t.Context(), []string{id})
		if err == nil && len(found) == 1 {
			a = found[0]
		}
		return err
	})
	return a
}

// to is the slot as a form has it.
func to(c clinic, s booking.Slot) string {
	return s.Parts[0].Practitioner + " " + s.Start().In(c.Desk.Clinic.Branches[0].Zone).Format("2006-01-02T15:04")
}

func (c clinic) moves(role access.Role, id string, s booking.Slot) *httptest.ResponseRecorder {
	return c.As(role).Post("/desk/schedule/visit/"+id+"/move", url.Values{"to": {to(c, s)}, "branch": {"moscow"}}, "HX-Request", "true")
}

func (c clinic) plans(visit string) (keys []string) {
	c.t.Helper()
	c.do(func(tx store.Tx) error {
		found, err := tx.TimersAbout(c.t.Context(), []string{"visit/" + visit})
		for _, t := range found {
			keys = append(keys, t.Key+" "+t.Due.Format(time.RFC3339))
		}
		return err
	})
	return keys
}

func TestAVisitIsMovedToAFreeTimeAndItsRemindersFollow(t *testing.T) {
	c := open(t)
	free := c.free()
	c.comes("one", "Петрова Анна", free[len(free)-3])
	before := strings.Join(c.plans("one"), "\n")
	last := free[len(free)-1]
	if a := c.moves(access.Administrator, "one", last); a.Code != http.StatusOK {
		t.Fatalf("%d: %s", a.Code, a.Body)
	}
	if v := c.read("one"); !v.Start.Equal(last.Start()) {
		t.Errorf("the visit begins at %s, not %s", v.Start, last.Start())
	}
	after := strings.Join(c.plans("one"), "\n")
	if before == "" || after == "" || before == after {
		t.Errorf("its plans were\n%s\nand are\n%s", before, after)
	}
}

func TestAMoveToATakenTimeChangesNothingAndTellsWhatIsFree(t *testing.T) {
	c := open(t)
	free := c.free()
	c.comes("one", "Петрова Анна", free[0])
	c.comes("two", "Сидоров Пётр", free[len(free)-1])
	a := c.moves(access.Administrator, "one", free[len(free)-1])
	if a.Code != http.StatusConflict || !strings.Contains(a.Body.String(), "Это время уже занято") || !strings.Contains(a.Body.String(), `name="to"`) {
		t.Errorf("%d: %s", a.Code, a.Body)
	}
	if v := c.read("one"); !v.Start.Equal(free[0].Start()) {
		t.Errorf("the visit was moved to %s", v.Start)
	}
	a = c.As(access.Administrator).Post("/desk/schedule/visit/one/move", url.Values{"to": {to(c, free[len(free)-1])}})
	if a.Code != http.StatusConflict || !strings.Contains(a.Body.String(), "<html") || !strings.Contains(a.Body.String(), "Петрова Анна") {
		t.Errorf("without a script: %d", a.Code)
	}
}

// form is a filled form for a new visit.
func (c clinic) form(s booking.Slot, name, phone string) url.Values {
	return url.Values{"do": {"book"}, "branch": {"moscow"}, "service": {service}, "to": {to(c, s)}, "day": {s.Start().Format(time.DateOnly)},
		"name": {name}, "phone": {phone}, "once": {c.ID()}}
}

var visitAt = regexp.MustCompile(`^/desk/schedule/visit/(.+)$`)

func TestABookedVisitGetsItsReminders(t *testing.T) {
	c := open(t)
	free := c.free()
	f := c.form(free[len(free)-1], "Петрова Анна", "8 915 123-45-67")
	a := c.As(access.Administrator).Post("/desk/schedule/new", f)
	m := visitAt.FindStringSubmatch(a.Header().Get("Location"))
	if a.Code != http.StatusSeeOther || m == nil {
		t.Fatalf("%d to %s: %s", a.Code, a.Header().Get("Location"), a.Body)
	}
	v := c.read(m[1])
	if !v.Start.Equal(free[len(free)-1].Start()) || !v.First {
		t.Errorf("booked %+v", v)
	}
	if len(c.plans(v.ID)) == 0 {
		t.Error("nothing is planned for the visit")
	}
	c.do(func(tx store.Tx) error {
		who, err := tx.PatientsAt(t.Context(), []string{"+79151234567"})
		if len(who) != 1 || who[0].FullName != "Петрова Анна" {
			t.Errorf("the patient is %+v", who)
		}
		return err
	})
	if again := c.As(access.Administrator).Post("/desk/schedule/new", f); again.Header().Get("Location") != a.Header().Get("Location") {
		t.Errorf("the same form sent again: %d to %s", again.Code, again.Header().Get("Location"))
	}
	f = c.form(free[0], "Сидоров Пётр", "+7 915 123 45 67")
	if a := c.As(access.Administrator).Post("/desk/schedule/new", f); a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), "Петрова Анна") {
		t.Errorf("somebody else with that phone: %d", a.Code)
	}
	f.Set("another", "on")
	if a := c.As(access.Administrator).Post("/desk/schedule/new", f); a.Code != http.StatusSeeOther {
		t.Errorf("somebody else with that phone, as it is meant: %d", a.Code)
	}
}

func TestOfTwoDesksThatBookOneTimeOneWins(t *testing.T) {
	c := open(t)
	slot := c.free()[0]
	codes := make([]int, 2)
	var both sync.WaitGroup
	for i, name := range []string{"Петрова Анна", "Сидоров Пётр"} {
		f := c.form(slot, name, "+7 915 123-45-6"+string(rune('0'+i)))
		both.Go(func() { codes[i] = c.As(access.Administrator).Post("/desk/schedule/new", f).Code })
	}
	both.Wait()
	if codes[0]+codes[1] != http.StatusSeeOther+http.StatusConflict {
		t.Errorf("they heard %v", codes)
	}
	var n int
	c.do(func(tx store.Tx) error {
		all, err := tx.AppointmentsBetween(t.Context(), "moscow", slot.Start(), slot.End())
		n = len(all)
		return err
	})
	if n != 1 {
		t.Errorf("%d visits stand there", n)
	}
}

func TestClosedTimeIsGivenToNobodyAndFollowsTheVisitsThatLeaveIt(t *testing.T) {
	c := open(t)
	free := c.free()
	slot := free[len(free)-1]
	c.comes("one", "Петрова Анна", slot)
	who, day := slot.Parts[0].Practitioner, slot.Start().In(c.Desk.Clinic.Branches[0].Zone).Format(time.DateOnly)
	admin := c.As(access.Administrator)
	a := admin.Post("/desk/schedule/close", url.Values{"doctor": {who}, "branch": {"moscow"}, "first": {day}, "last": {day}})
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(a.Header().Get("Location"), "/desk/schedule/close?") {
		t.Fatalf("%d to %s: %s", a.Code, a.Header().Get("Location"), a.Body)
	}
	if a := admin.Get(a.Header().Get("Location")); !strings.Contains(a.Body.String(), "Петрова Анна") || !strings.Contains(a.Body.String(), "1 визит стоит") {
		t.Errorf("the visit in the way is not told: %s", a.Body)
	}
	onDay := func() (n int) {
		for _, s := range c.free() {
			if s.Start().In(c.Desk.Clinic.Branches[0].Zone).Format(time.DateOnly) == day {
				n++
			}
		}
		return n
	}
	if n := onDay(); n > 0 {
		t.Errorf("%d times are free on a closed day", n)
	}
	if a := admin.Post("/desk/schedule/visit/one/cancel", url.Values{"reason": {"doctor"}}); a.Code != http.StatusSeeOther {
		t.Errorf("cancelling: %d", a.Code)
	}
	if n := onDay(); n > 0 {
		t.Errorf("%d times are free on a closed day after its visit has gone", n)
	}
	var closed []store.Busy
	c.do(func(tx store.Tx) (err error) {
		closed, err = tx.Busy(t.Context(), []string{who}, slot.Start().Add(-24*time.Hour), slot.Start().Add(24*time.Hour), c.Clock.Now())
		return err
	})
	for _, b := range closed {
		if a := admin.Post("/desk/schedule/open", url.Values{"id": {b.ID}, "doctor": {who}, "branch": {"moscow"}}); a.Code != http.StatusSeeOther {
			t.Errorf("opening: %d", a.Code)
		}
	}
	if onDay() == 0 {
		t.Error("nothing is free on a day that was opened again")
	}
}

func TestAPractitionerSeesTheirOwnWeekOnly(t *testing.T) {
	c := open(t)
	c.comes("one", "Петрова Анна", c.free()[0])
	doctor := c.As(access.Practitioner)
	if a := doctor.Get("/desk/schedule?doctor=" + c.read("one").Parts[0].Practitioner); a.Code != http.StatusOK || strings.Contains(a.Body.String(), "Петрова") {
		t.Errorf("another's week: %d", a.Code)
	}
	for _, path := range []string{"visit/one", "visit/one/live", "visit/nobody's", "visit/nobody's/live"} {
		if a := doctor.Get("/desk/schedule/" + path); a.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.Code)
		}
	}
	for _, b := range c.Desk.Clinic.Branches {
		want := http.StatusOK
		if c.Desk.Clinic.Practitioners[0].Works[b.ID] == nil {
			want = http.StatusNotFound
		}
		if a := doctor.Get("/desk/schedule?branch=" + b.ID); a.Code != want {
			t.Errorf("branch %s: %d", b.ID, a.Code)
		}
	}
	for _, path := range []string{"visit/one/places", "new", "close"} {
		if a := doctor.Get("/desk/schedule/" + path); a.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, a.Code)
		}
	}
	for _, path := range []string{"visit/one/move", "visit/one/cancel", "new", "close", "open"} {
		if a := doctor.Post("/desk/schedule/"+path, url.Values{}); a.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, a.Code)
		}
	}
}

func TestTheGridShowsVisitsHoldsAndClosedTime(t *testing.T) {
	c := open(t)
	free := c.free()
	c.comes("one", "Петрова <b>Анна", free[0])
	now, left := c.Clock.Now(), c.free()[0]
	c.do(func(tx store.Tx) error {
		h := store.Hold{ID: "h", ContactID: "c-one", Task: 1, Service: service, Branch: "moscow", Parts: left.Parts, Until: now.Add(time.Hour)}
		return tx.HoldTime(t.Context(), h, now)
	})
	a := c.As(access.Administrator).Get("/desk/schedule?doctor=" + free[0].Parts[0].Practitioner)
	for _, w := range []string{"Петрова &lt;b&gt;Анна", "держим", `data-visit="one"`, "Понедельник"} {
		if !strings.Contains(a.Body.String(), w) {
			t.Errorf("«%s» is not shown", w)
		}
	}
	if n := a.Body.Len(); n > 100_000 {
		t.Errorf("the page is %d bytes", n)
	}
	if a := c.As(access.Administrator).Get("/desk/schedule/visit/one/places?doctor=" + free[0].Parts[0].Practitioner); a.Code != http.StatusOK || !strings.Contains(a.Body.String(), `"to":"`) {
		t.Errorf("the places: %d %s", a.Code, a.Body)
	}
	if a := c.As(access.Administrator).Get("/desk/schedule"); a.Code != http.StatusOK {
		t.Errorf("the day of the branch: %d", a.Code)
	}
}
