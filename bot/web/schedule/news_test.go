package schedule_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/bot/desk"
	"careline/store"
)

// told is what the patient of a visit has been written since the last time.
func (c clinic) told(id string) string {
	var all []string
	for _, m := range c.Phones.Told("chat-" + id) {
		all = append(all, m.Text)
	}
	return strings.Join(all, "\n")
}

func (c clinic) pass(d time.Duration) {
	c.t.Helper()
	if err := c.Runner.PassTo(c.t.Context(), c.Clock, c.Clock.Now().Add(d)); err != nil {
		c.t.Fatal(err)
	}
}

// tells moves a visit as the form of its page does.
func (c clinic) tells(id string, s booking.Slot, tell string) {
	c.t.Helper()
	a := c.As(access.Administrator).Post("/desk/schedule/visit/"+id+"/move", url.Values{"to": {to(c, s)}, "branch": {"moscow"}, "tell": {tell}})
	if a.Code != http.StatusSeeOther {
		c.t.Fatalf("moving: %d", a.Code)
	}
}

func (c clinic) page(id string) string {
	return c.As(access.Administrator).Get("/desk/schedule/visit/" + id).Body.String()
}

func shows(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("«%s» is not shown", w)
		}
	}
}

func TestThePatientIsToldOnceOfWhatTheDeskHasChanged(t *testing.T) {
	c := open(t)
	free := c.free()
	last := len(free) - 1
	c.comes("one", "Петрова Анна", free[last-4])
	if page := c.page("one"); !strings.Contains(page, `name="tell" value="on" checked`) {
		t.Error("the patient is not told by default")
	}
	for _, i := range []int{last, last - 1, last - 2} {
		c.tells("one", free[i], "on")
	}
	shows(t, c.page("one"), "Пациенту напишем")
	if said := c.told("one"); said != "" {
		t.Errorf("told at once, though it changes: %s", said)
	}
	c.pass(3 * time.Minute)
	begins := free[last-2].Start().In(c.Desk.Clinic.Branches[0].Zone).Format("15:04")
	if said := c.told("one"); strings.Count(said, "пришлось изменить") != 1 || !strings.Contains(said, begins) || !strings.Contains(said, free[last-4].Start().In(c.Desk.Clinic.Branches[0].Zone).Format("15:04")) {
		t.Errorf("told: %s", said)
	}
	shows(t, c.page("one"), "Пациент знает")

	before := c.told("one")
	c.tells("one", free[last], "")
	c.pass(time.Hour)
	if said := c.told("one"); said != before {
		t.Errorf("told, though the desk has done so itself: %s", strings.TrimPrefix(said, before))
	}
	c.tells("one", free[last-1], "on")
	a := c.As(access.Administrator).Post("/desk/schedule/visit/one/cancel", url.Values{"reason": {"doctor"}, "tell": {"on"}})
	if a.Code != http.StatusSeeOther {
		t.Fatalf("cancelling: %d", a.Code)
	}
	c.pass(time.Hour)
	said := strings.TrimPrefix(c.told("one"), before)
	if strings.Contains(said, "пришлось изменить") || strings.Count(said, "врач не сможет принять") != 1 {
		t.Errorf("of a move and a cancellation was told: %s", said)
	}
	shows(t, c.page("one"), "Пациент знает", "врача не будет")
}

func TestWhoCannotBeWrittenToIsCalled(t *testing.T) {
	c := open(t)
	free := c.free()
	last := len(free) - 1
	c.comes("blocked", "Петрова Анна", free[last-3])
	now, s := c.Clock.Now(), free[0]
	c.do(func(tx store.Tx) error {
		if err := tx.Blocked(t.Context(), "c-blocked", now); err != nil {
			return err
		}
		if err := tx.SavePatients(t.Context(), []store.Patient{{ID: "p-nowhere", FullName: "Сидоров Пётр", Phone: "+79151234567", CreatedAt: now}}); err != nil {
			return err
		}
		return tx.Book(t.Context(), store.Appointment{ID: "nowhere", PatientID: "p-nowhere", Service: service, Branch: "moscow",
			Status: store.StatusBooked, Start: s.Start(), End: s.End(), Parts: s.Parts, CreatedAt: now, UpdatedAt: now, StatusAt: now}, now)
	})
	shows(t, c.page("nowhere"), "мессенджера у пациента нет")
	c.tells("blocked", free[last], "on")
	c.tells("nowhere", free[5], "on")
	c.pass(5 * time.Minute)
	for _, id := range []string{"blocked", "nowhere"} {
		shows(t, c.page(id), "Позвоните", "tel:+79151234567")
		c.do(func(tx store.Tx) error {
			open, err := tx.TicketsAbout(t.Context(), []string{id})
			if n := len(slices.DeleteFunc(open, func(k store.Ticket) bool { return k.Kind != desk.Rescheduled || k.PatientID != "p-"+id })); n != 1 {
				t.Errorf("%s: %d tasks to call", id, n)
			}
			return err
		})
	}
}

func TestOfABookingAtTheDeskThePatientIsTold(t *testing.T) {
	c := open(t)
	free := c.free()
	c.comes("one", "Петрова Анна", free[0])
	f := c.form(free[len(free)-1], "", "")
	f.Set("patient", "p-one")
	f.Set("tell", "on")
	a := c.As(access.Administrator).Post("/desk/schedule/new", f)
	m := visitAt.FindStringSubmatch(a.Header().Get("Location"))
	if m == nil {
		t.Fatalf("%d: %s", a.Code, a.Body)
	}
	c.pass(3 * time.Minute)
	if said := c.told("one"); strings.Count(said, "записали вас") != 1 {
		t.Errorf("told: %s", said)
	}
	shows(t, c.page(m[1]), "Пациент знает")
}

// A mother calls: her child is found with her, is booked once however often the form is sent, and she is told.
func TestAChildIsBookedAtTheDeskAndTheMotherIsTold(t *testing.T) {
	c := open(t)
	free := c.free()
	c.comes("one", "Петрова Анна", free[0])
	now := c.Clock.Now()
	c.do(func(tx store.Tx) error {
		if err := tx.SavePatients(t.Context(), []store.Patient{{ID: "p-child", FullName: "Смирнов Лев", CreatedAt: now}}); err != nil {
			return err
		}
		return tx.AddFamily(t.Context(), store.Kinship{Guardian: "p-one", Ward: "p-child", Kin: "child", Since: now})
	})
	admin := c.As(access.Administrator)
	look := admin.Post("/desk/schedule/new", url.Values{"do": {"look"}, "branch": {"moscow"}, "service": {service}, "query": {"петрова"}})
	shows(t, look.Body.String(), "Петрова Анна", "Смирнов Лев", `value="p-child"`)
	f := c.form(free[len(free)-1], "", "")
	f.Set("patient", "p-child")
	f.Set("tell", "on")
	first, again := admin.Post("/desk/schedule/new", f), admin.Post("/desk/schedule/new", f)
	if first.Code != http.StatusSeeOther || again.Header().Get("Location") != first.Header().Get("Location") {
		t.Errorf("the form sent twice: %d to %s, %d to %s", first.Code, first.Header().Get("Location"), again.Code, again.Header().Get("Location"))
	}
	c.pass(3 * time.Minute)
	if said := c.told("one"); strings.Count(said, "записали вас") != 1 || !strings.Contains(said, "Пациент — Лев") {
		t.Errorf("the mother was told: %s", said)
	}
}
