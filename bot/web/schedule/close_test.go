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
	"careline/store"
)

// A holiday of a branch: everybody's time there is closed, the visits that stand in it are told and moved one by one, who
// works elsewhere too keeps that, and a page that is open sees it happen.
func TestABranchIsClosedForADay(t *testing.T) {
	c := open(t)
	free := c.free()
	slot := free[len(free)-1]
	c.comes("one", "Петрова Анна", slot)
	zone := c.Desk.Clinic.Branches[0].Zone
	day := slot.Start().In(zone).Format(time.DateOnly)
	week := "/desk/schedule?doctor=" + c.performer() + "&day=" + day
	tab := c.Browser(t, access.Administrator, week, 1280, 900)
	tab.Until(`doc.querySelector("[data-visit=one]") && !doc.querySelector("a.closed")`)

	admin := c.As(access.Administrator)
	if a := admin.Post("/desk/schedule/close", url.Values{"branch": {"moscow"}, "first": {day}, "last": {day}}); a.Code != http.StatusUnprocessableEntity {
		t.Errorf("closing nobody's time: %d", a.Code)
	}
	a := admin.Post("/desk/schedule/close", url.Values{"doctor": {"*"}, "branch": {"moscow"}, "first": {day}, "last": {day}})
	where := a.Header().Get("Location")
	if a.Code != http.StatusSeeOther || !strings.HasPrefix(where, "/desk/schedule/close?") {
		t.Fatalf("%d to %s", a.Code, where)
	}
	tab.Until(`doc.querySelector("a.closed")`)

	var closed []store.Busy
	whose := map[string]bool{}
	at := slot.Start().In(zone)
	begin := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
	c.do(func(tx store.Tx) (err error) {
		var who []string
		for _, d := range c.Desk.Clinic.Practitioners {
			who = append(who, d.ID)
		}
		closed, err = tx.Busy(t.Context(), who, begin, begin.AddDate(0, 0, 1), c.Clock.Now())
		closed = slices.DeleteFunc(closed, func(b store.Busy) bool { return b.Kind != store.Unavailable })
		return err
	})
	for _, b := range closed {
		whose[b.Practitioner] = true
		d := c.Desk.Clinic.Practitioner(b.Practitioner)
		if !slices.ContainsFunc(c.Desk.Clinic.Working(d, c.Desk.Clinic.Branches[0], at), func(w [2]time.Time) bool {
			return !b.Start.Before(w[0]) && !b.End.After(w[1])
		}) {
			t.Errorf("%s is closed from %s to %s, outside of their hours in the branch", b.Practitioner, b.Start, b.End)
		}
	}
	if len(whose) < 2 {
		t.Errorf("the time of %d practitioners is closed", len(whose))
	}
	if left := c.free(); slices.ContainsFunc(left, func(s booking.Slot) bool { return s.Start().In(zone).Format(time.DateOnly) == day }) {
		t.Error("there is free time on the holiday")
	}

	tab.Go(c.URL + where)
	tab.Until(`doc.querySelector("#f-begins option").value === "" && doc.querySelector("#f-ends option[value='10:15']")`) // in any browser's language
	tab.Accessible()
	tab.Shows("main", "1 визит стоит")
	tab.Picture("closed-branch")
	tab.Tap("[data-row] a", "Петрова Анна")
	tab.Tap(".times button", "")
	tab.Shows("main", "Пациенту напишем")
	tab.Go(c.URL + where)
	tab.Until(`!doc.querySelector("[data-row]")`)
	for _, b := range closed {
		if a := admin.Post("/desk/schedule/open", url.Values{"id": {b.ID}, "doctor": {"*"}, "branch": {"moscow"}, "day": {day}}); a.Code != http.StatusSeeOther {
			t.Errorf("opening: %d", a.Code)
		}
	}
	tab.Go(c.URL + week)
	tab.Until(`doc.querySelector(".work")`)
}
