package figures_test

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/numbers/year"
	"careline/bot/web/figures"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/store"
)

func open(t *testing.T) *pagetest.Stage {
	t.Helper()
	return pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(d page.Desk) []page.Route { return figures.New(d).Routes() })
}

// played has a year behind it.
func played(t *testing.T) *pagetest.Stage {
	t.Helper()
	s := open(t)
	err := year.Play(t.Context(), year.Parts{Store: s.Desk.Store, Clinic: s.Desk.Clinic, Scripts: s.Desk.Scripts, Now: s.Clock.Now(), Seed: 2026})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// counted is the page as it is when everything has been counted: each Get waits a while itself.
func counted(t *testing.T, who pagetest.Person, path string) *httptest.ResponseRecorder {
	t.Helper()
	for {
		a := who.Get(path)
		if a.Code != http.StatusServiceUnavailable && !strings.Contains(a.Body.String(), `aria-busy="true"`) || t.Context().Err() != nil {
			return a
		}
	}
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

func TestAClinicThatHasJustOpenedIsToldSo(t *testing.T) {
	holds(t, counted(t, open(t).As(access.Owner), "/desk/numbers"), "За это время ничего не произошло", "25 октября 2026")
}

func TestAYearInNumbers(t *testing.T) {
	s := played(t)
	marketer := s.As(access.Marketer)
	holds(t, counted(t, marketer, "/desk/numbers?days=365"), "Из разговора в запись", "цель — больше 50 %", "от 90 %", "Воронка", `aria-labelledby="began-title began-desc"`, "Разговоры и записи по неделям")
	for by, want := range map[string]string{
		"channel": "Telegram", "source": "не указано", "practitioner": "Соколова", "branch": "Улыбка на Чистых прудах", "service": "визиты", "dialog": "замолчали",
		"state": "/desk/scripts/", "variant": "что это значит", "timeline": "не отправлено", "ticket": "вовремя",
	} {
		a := counted(t, marketer, "/desk/numbers?days=365&by="+by)
		holds(t, a, want)
		if strings.Contains(a.Body.String(), "desk.figures.") || strings.Contains(a.Body.String(), "stats.head.") {
			t.Errorf("by %s: a text is missing", by)
		}
	}
}

func TestAPeriodIsGivenByDates(t *testing.T) {
	owner := open(t).As(access.Owner)
	holds(t, counted(t, owner, "/desk/numbers?from=2026-01-01&to=2026-01-31"), "1 января 2026", "31 января 2026")
	for query, want := range map[string]string{
		"from=2026-02-01&to=2026-01-01": "раньше, чем начинается", "from=2001-01-01&to=2026-01-01": "пять лет", "from=yesterday&to=2026-01-01": `id="e-from"`,
	} {
		if a := owner.Get("/desk/numbers?" + query); a.Code != http.StatusUnprocessableEntity || !strings.Contains(a.Body.String(), want) {
			t.Errorf("%s: %d %s", query, a.Code, a.Body)
		}
	}
}

// A source is whatever stands in a link.
func TestNoFormulaReachesASpreadsheet(t *testing.T) {
	s := open(t)
	now := s.Clock.Now()
	err := s.Desk.Store.Tx(t.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "c", PatientID: "p", Channel: "web", Chat: "1", Source: "=cmd|' /C calc'!A0", CreatedAt: now}})
		if err != nil {
			return err
		}
		return tx.AppendEvents(t.Context(), []store.Event{{At: now.Add(-time.Hour), Name: "dialog.started", ContactID: met[0].ID, Channel: "web", Dialog: "menu", Value: "start"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	a := counted(t, s.As(access.Marketer), "/desk/numbers/table.csv?by=source")
	if a.Code != http.StatusOK || !strings.Contains(a.Header().Get("Content-Disposition"), "numbers-source-2026-10-25-2026-11-23.csv") {
		t.Fatalf("%d %v", a.Code, a.Header())
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body.String(), "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "'=cmd|' /C calc'!A0" || rows[1][1] != "1" {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestOnlyThoseWhoMaySeeTheNumbers(t *testing.T) {
	s := open(t)
	for role, want := range map[access.Role]int{access.Owner: 200, access.Marketer: 200, access.Administrator: 403, access.CareManager: 403, access.Practitioner: 403} {
		for _, path := range []string{"/desk/numbers", "/desk/numbers/table.csv"} {
			if a := counted(t, s.As(role), path); a.Code != want {
				t.Errorf("%s as %s: %d", path, role, a.Code)
			}
		}
	}
}

// slow is a store that counts how often it is read, and lets nobody read before it is told so.
type slow struct {
	store.Store
	reads chan struct{}
	going chan struct{}
}

func (s slow) Read(ctx context.Context, f func(store.Tx) error) error {
	s.reads <- struct{}{}
	<-s.going
	return s.Store.Read(ctx, f)
}

func TestTenReadersCostOneLook(t *testing.T) {
	var db slow
	s := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(d page.Desk) []page.Route {
		db = slow{d.Store, make(chan struct{}, 100), make(chan struct{})}
		d.Store = db
		return figures.New(d).Routes()
	})
	answers := make(chan *httptest.ResponseRecorder, 10)
	for range 10 {
		go func() { answers <- s.As(access.Owner).Get("/desk/numbers") }()
	}
	<-db.reads
	for range 10 {
		holds(t, <-answers, "Считаем…") // it takes longer than a page waits
	}
	close(db.going)
	holds(t, counted(t, s.As(access.Owner), "/desk/numbers"), "За это время ничего не произошло", "посчитано 10:00")
	s.Clock.Advance(2 * time.Minute)
	holds(t, s.As(access.Owner).Get("/desk/numbers"), "посчитано 10:00", "считаем заново")
	<-db.reads
	if n := len(db.reads); n > 0 {
		t.Errorf("%d looks too many", n)
	}
}
