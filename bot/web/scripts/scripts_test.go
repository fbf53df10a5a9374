package scripts_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/bot/web/scripts"
	"careline/dialogs/source"
)

func open(t *testing.T, found ...source.Finding) *pagetest.Stage {
	t.Helper()
	return pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(d page.Desk) []page.Route {
		d.Findings = found
		return scripts.New(d).Routes()
	})
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
	if strings.Contains(a.Body.String(), "desk.scripts.") {
		t.Errorf("a text is missing in\n%s", a.Body)
	}
}

func TestWherePeopleStand(t *testing.T) {
	s := open(t)
	s.Says("anna", "/start")
	s.Says("boris", "/start")
	marketer := s.As(access.Marketer)
	holds(t, marketer.Get("/desk/scripts"), "<strong>2</strong>", "замечаний нет", "journey.yaml")
	holds(t, marketer.Get("/desk/scripts/welcome"), `class="picture"`, "2 здесь", "dialogs/welcome.yaml:1")
	if a := marketer.Get("/desk/scripts/nothing"); a.Code != http.StatusNotFound {
		t.Errorf("a script that is not there: %d", a.Code)
	}
}

func TestAStateAsItIsWritten(t *testing.T) {
	s := open(t)
	d := s.Desk.Scripts.Dialogs["booking"]
	for i, state := range d.States {
		a := s.As(access.Owner).Get("/desk/scripts/booking?at=" + state.Name)
		holds(t, a, `aria-current="true"`, `class="node `, " current\"")
		_, text, _ := strings.Cut(a.Body.String(), "<pre")
		text, _, _ = strings.Cut(text, "</pre>")
		if !strings.Contains(text, ">  "+state.Name+":") || i+1 < len(d.States) && strings.Contains(text, "\n  "+d.States[i+1].Name+":") {
			t.Errorf("%s is written %s", state.Name, text)
		}
	}
}

func TestWhatTheCheckFoundIsToldInTheReadersLanguage(t *testing.T) {
	s := open(t, source.Finding{Pos: source.Pos{File: "dialogs/booking.yaml", Line: 7, Column: 3}, Severity: source.Error, Number: 7, Text: "say stands here twice, first at line 5; remove one"})
	for _, path := range []string{"/desk/scripts", "/desk/scripts/booking"} {
		holds(t, s.As(access.Marketer).Get(path), "dialogs/booking.yaml:7:3", "ошибка", "say стоит дважды, впервые на строке 5", "уберите одно")
	}
}

// What is quoted from a script in a hint looks like it, and has no backticks.
func TestAHintQuotesTheScript(t *testing.T) {
	s := open(t, source.Finding{Pos: source.Pos{File: "triage.yaml", Line: 149, Column: 11}, Severity: source.Warning, Text: "these rules are unsigned; fill in `approved` (`by`, <b>)"})
	page := s.As(access.Marketer).Get("/desk/scripts")
	holds(t, page, "<code>approved</code>", "<code>by</code>", "&lt;b&gt;")
	if strings.Contains(page.Body.String(), "`") {
		t.Error("a backtick is shown")
	}
}

func TestOnlyThoseWhoMaySeeTheScripts(t *testing.T) {
	s := open(t)
	for role, want := range map[access.Role]int{access.Owner: 200, access.Marketer: 200, access.Administrator: 403, access.CareManager: 403, access.Practitioner: 403} {
		if a := s.As(role).Get("/desk/scripts"); a.Code != want {
			t.Errorf("%s: %d", role, a.Code)
		}
	}
}
