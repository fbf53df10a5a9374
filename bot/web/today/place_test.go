package today_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/booking"
	"careline/store"
)

// A branch has its own clock: what is today there is not asked of the reader.
func TestTheDayOfABranchInAnotherZone(t *testing.T) {
	r := open(t)
	far := r.Desk.Clinic.Branch("yekaterinburg")
	midnight := time.Date(2026, 11, 24, 0, 30, 0, 0, far.Zone) // 22:30 in Moscow, the day before
	doctor := r.Desk.Clinic.Practitioners[0].ID
	for _, d := range r.Desk.Clinic.Practitioners {
		if d.Works[far.ID] != nil {
			doctor = d.ID
		}
	}
	r.do(func(tx store.Tx) error {
		err := tx.SavePatients(t.Context(), []store.Patient{{ID: "p", FullName: "Уральцева Нина", CreatedAt: r.Clock.Now()}})
		if err != nil {
			return err
		}
		end := midnight.Add(time.Hour)
		return tx.Book(t.Context(), store.Appointment{ID: "v", PatientID: "p", Service: "hygiene_consult", Branch: far.ID, Status: store.StatusBooked, Start: midnight,
			End: end, Parts: []store.Part{{Practitioner: doctor, Start: midnight, End: end}}, CreatedAt: r.Clock.Now(), UpdatedAt: r.Clock.Now(), StatusAt: r.Clock.Now()}, r.Clock.Now())
	})
	admin := r.As(access.Administrator)
	lacks(t, admin.Get("/desk/today?branch=yekaterinburg"), "Уральцева")
	holds(t, admin.Get("/desk/today?branch=yekaterinburg&day=2026-11-24"), "Уральцева", "00:30", "Завтра")
	r.pass(12 * time.Hour) // 22:00 in Moscow, midnight there
	holds(t, admin.Get("/desk/today?branch=yekaterinburg"), "Уральцева", "Сегодня")
	lacks(t, admin.Get("/desk/today"), "Уральцева")
}

// A day on which clocks change has 23 or 25 hours, and all of them are the day's.
func TestTheDayOnWhichClocksChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	r := open(t, func(c *booking.Clinic) {
		there := *c.Branches[0]
		there.Zone = berlin
		c.Branches = append([]*booking.Branch{&there}, c.Branches[1:]...)
	})
	for i, at := range []time.Time{time.Date(2027, 3, 27, 23, 30, 0, 0, berlin), time.Date(2027, 3, 28, 0, 30, 0, 0, berlin), time.Date(2027, 3, 28, 23, 30, 0, 0, berlin), time.Date(2027, 3, 29, 0, 30, 0, 0, berlin)} {
		r.comes(string(rune('a'+i)), "Пациент "+string(rune('A'+i)), "sokolova", at.Sub(r.Clock.Now()))
	}
	a := r.As(access.Administrator).Get("/desk/today?day=2027-03-28")
	holds(t, a, "Пациент B", "Пациент C", "00:30", "23:30")
	lacks(t, a, "Пациент A", "Пациент D")
	holds(t, a, "day=2027-03-27", "day=2027-03-29")
}

func TestAClosedDayLeadsToTheNextOpenOne(t *testing.T) {
	r := open(t)
	sunday := "2026-11-29"
	a := r.As(access.Administrator).Get("/desk/today?doctor=sokolova&day=" + sunday)
	holds(t, a, "Выходной", "Ближайший рабочий день", "day=2026-11-30")
	lacks(t, r.As(access.Administrator).Get("/desk/today?doctor=sokolova&day=2026-11-30"), "Выходной")
}

// A practitioner's own day is all that they reach, by whatever route.
func TestAPractitionerReachesNobodyElsesDay(t *testing.T) {
	r := open(t)
	own, other := r.Desk.Clinic.Practitioners[0].ID, r.Desk.Clinic.Practitioners[1].ID
	r.comes("own", "Петрова Анна", own, time.Hour)
	r.comes("other", "Сидоров Пётр", other, time.Hour)
	doctor := r.As(access.Practitioner)
	for _, page := range []string{"", "/print"} {
		a := doctor.Get("/desk/today" + page + "?doctor=" + other)
		holds(t, a, "Петрова")
		lacks(t, a, "Сидоров")
	}
	if a := doctor.Get("/desk/today?branch=nowhere"); a.Code != http.StatusNotFound {
		t.Errorf("a branch that is not there: %d", a.Code)
	}
	for _, b := range r.Desk.Clinic.Branches {
		want := http.StatusOK
		if r.Desk.Clinic.Practitioner(own).Works[b.ID] == nil {
			want = http.StatusNotFound
		}
		if a := doctor.Get("/desk/today?branch=" + b.ID); a.Code != want {
			t.Errorf("branch %s: %d", b.ID, a.Code)
		}
	}
	for _, id := range []string{"own", "other"} {
		if a := doctor.Post("/desk/today/"+id+"/status", url.Values{"status": {store.StatusArrived}}); a.Code != http.StatusForbidden {
			t.Errorf("marks %s: %d", id, a.Code)
		}
	}
}

// What is printed: a page for each practitioner with their own, nothing to press, and nobody who has cancelled.
func TestThePaperOfTheDay(t *testing.T) {
	r := open(t)
	r.comes("one", "Петрова Анна", "sokolova", time.Hour)
	r.comes("two", "Сидоров Пётр", "belov", 2*time.Hour)
	r.comes("three", "Ли Софья", "belov", 4*time.Hour)
	r.cancels("three", "")
	tab := r.Browser(t, access.Administrator, "/desk/today/print", 1280, 900)
	tab.Accessible()
	tab.Get(`[...doc.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r.media?.mediaText === "print").map(r => { r.media.mediaText = "all"; }).length`)
	for expression, want := range map[string]string{
		`doc.querySelectorAll(".sheet").length`: "2",
		`[...doc.querySelectorAll("header, nav, button, .head, a")].filter(e => e.checkVisibility()).length`: "0",
		`getComputedStyle(doc.querySelector(".sheet")).breakAfter`:                                           "page",
		`getComputedStyle([...doc.querySelectorAll(".sheet")].at(-1)).breakAfter`:                            "auto",
		`doc.querySelector(".sheet").innerText.includes("Сидоров")`:                                          "false",
		`doc.querySelector("main").innerText.includes("Ли Софья")`:                                           "false",
	} {
		if got := tab.Get(expression); got != want {
			t.Errorf("%s is %s, not %s", expression, got, want)
		}
	}
	tab.Picture("paper")
	paper := r.As(access.Practitioner).Get("/desk/today/print").Body.String()
	if strings.Contains(paper, "Сидоров") {
		t.Error("a practitioner prints another's day")
	}
}
