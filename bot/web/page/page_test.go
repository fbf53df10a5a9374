package page_test

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/store"

	"github.com/a-h/templ"
)

// sample are routes as a page has them.
func sample(page.Desk) []page.Route {
	show := func(q *page.Request) error {
		return q.Show(page.Inbox, "Входящие", templ.Raw("<h1>Все</h1>"))
	}
	return []page.Route{
		{Pattern: "GET /desk/inbox", Needs: access.ReadChats, Handle: show},
		{Pattern: "GET /desk/numbers", Needs: access.SeeNumbers, Handle: show},
		{Pattern: "GET /desk/today", Needs: access.SeeDay, Handle: show},
		{Pattern: "GET /desk/login", Public: true, Handle: func(q *page.Request) error { return q.Plain("Вход", templ.Raw("<p>login</p>")) }},
		{Pattern: "GET /desk/forgotten", Handle: show},
		{Pattern: "GET /desk/gone", Needs: access.SignedIn, Handle: func(*page.Request) error { return store.ErrNotFound }},
		{Pattern: "GET /desk/broken", Needs: access.SignedIn, Handle: func(*page.Request) error { return errors.New("disk on fire") }},
		{Pattern: "GET /desk/panic", Needs: access.SignedIn, Handle: func(*page.Request) error { panic("Анна Петрова") }},
		{Pattern: "POST /desk/say", Needs: access.Answer, Handle: say},
	}
}

func say(q *page.Request) error {
	f := q.Form()
	text := f.Text("text", page.Required, page.Max(10))
	if text == "taken" {
		return page.Conflict("desk.page.later")
	}
	if !f.Good() {
		return q.Again(page.Inbox, "Ответ", page.Field(f, page.Input{Name: "text", Label: "Ответ"}))
	}
	q.Toast("desk.page.js.back")
	return q.Redirect("/desk/inbox")
}

func open(t *testing.T) *pagetest.Stage {
	t.Helper()
	return pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), sample)
}

func TestEverybodyComesToTheFirstPageTheyMaySee(t *testing.T) {
	s := open(t)
	for role, want := range map[access.Role]string{
		access.Owner: "/desk/inbox", access.Administrator: "/desk/inbox", access.CareManager: "/desk/inbox",
		access.Marketer: "/desk/numbers", access.Practitioner: "/desk/today",
	} {
		if a := s.As(role).Get("/desk/"); a.Code != http.StatusSeeOther || a.Header().Get("Location") != want {
			t.Errorf("%s: %d to %s", role, a.Code, a.Header().Get("Location"))
		}
	}
}

func TestNobodyIsSentToTheLoginWithTheWayBack(t *testing.T) {
	s := open(t)
	nobody := s.As("")
	a := nobody.Get("/desk/inbox?tab=mine")
	if want := "/desk/login?back=%2Fdesk%2Finbox%3Ftab%3Dmine"; a.Code != http.StatusSeeOther || a.Header().Get("Location") != want {
		t.Errorf("%d to %s", a.Code, a.Header().Get("Location"))
	}
	a = nobody.Post("/desk/say", url.Values{"text": {"да"}}, "HX-Request", "true", "HX-Current-URL", "https://clinic.example/desk/inbox")
	if want := "/desk/login?back=%2Fdesk%2Finbox&why=ended"; a.Code != http.StatusUnauthorized || a.Header().Get("HX-Redirect") != want {
		t.Errorf("in the middle of a reply: %d to %s", a.Code, a.Header().Get("HX-Redirect"))
	}
	if a = nobody.Get("/desk/nowhere"); a.Code != http.StatusSeeOther {
		t.Errorf("a stranger learns which pages there are: %d", a.Code)
	}
	if a = nobody.Get("/desk/live", "Accept", "text/event-stream"); a.Code != http.StatusUnauthorized {
		t.Errorf("a stranger's stream: %d", a.Code)
	}
}

func TestTheWayBackStaysAtTheDesk(t *testing.T) {
	for asked, want := range map[string]string{
		"/desk/inbox?tab=mine": "/desk/inbox?tab=mine", "": "/desk/", "https://evil.example/desk/": "/desk/", "//evil.example/desk/": "/desk/",
		"/other": "/desk/", "/desk/\\evil": "/desk/", "javascript:alert(1)": "/desk/", "/desk/../other": "/desk/",
	} {
		if got := page.Back(asked); got != want {
			t.Errorf("%q leads to %q", asked, got)
		}
	}
}

func TestPagesAreShutByDefaultAndOpenByRight(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		role access.Role
		path string
		want int
	}{
		{access.Administrator, "/desk/inbox", 200}, {access.Marketer, "/desk/inbox", 403}, {access.Practitioner, "/desk/inbox", 403},
		{access.Administrator, "/desk/numbers", 403}, {access.Owner, "/desk/forgotten", 403},
		{access.Owner, "/desk/nowhere", 404}, {access.Owner, "/desk/gone", 404}, {access.Owner, "/desk/login", 200}, {"", "/desk/login", 200},
	} {
		if a := s.As(c.role).Get(c.path); a.Code != c.want {
			t.Errorf("%s at %s: %d, want %d", c.role, c.path, a.Code, c.want)
		}
	}
	if a := s.As(access.Owner).Do(post("/desk/inbox")); a.Code != http.StatusNotFound && a.Code != http.StatusMethodNotAllowed {
		t.Errorf("a page is not written to: %d", a.Code)
	}
}

func post(path string) *http.Request {
	r, _ := http.NewRequest(http.MethodPost, path, nil)
	return r
}

func TestAnotherSiteWritesNothing(t *testing.T) {
	s := open(t)
	form := url.Values{"text": {"да"}}
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}} {
		a := s.As(access.Administrator).Post("/desk/say", form, header...)
		if a.Code != http.StatusForbidden {
			t.Errorf("%v: %d", header, a.Code)
		}
		hardened(t, a.Header())
	}
	if a := s.As(access.Administrator).Post("/desk/say", form, "Sec-Fetch-Site", "same-origin"); a.Code != http.StatusSeeOther {
		t.Errorf("its own page: %d", a.Code)
	}
}

func hardened(t *testing.T, h http.Header) {
	t.Helper()
	policy := h.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("policy: %q", policy)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("Cache-Control") == "" {
		t.Errorf("headers: %v", h)
	}
}

var loaded = regexp.MustCompile(`(?:href|src)="(/desk/assets/[^"]+)"`)

func TestAPageIsLightAndHasNothingInline(t *testing.T) {
	s := open(t)
	a := s.As(access.Owner).Get("/desk/inbox")
	hardened(t, a.Header())
	body := a.Body.String()
	if found := regexp.MustCompile(`<script>|<script [^>]*>[^<]|<style| style=| on\w+=|https?://[^w]`).FindString(body); found != "" {
		t.Errorf("inline, or from elsewhere: %s", found)
	}
	if strings.Contains(body, "desk.page.") {
		t.Errorf("a word is missing: %s", regexp.MustCompile(`desk\.page\.[\w.]+`).FindString(body))
	}
	if a.Header().Get("Cache-Control") != "no-store" {
		t.Error("a page of patients is kept by the browser")
	}
	weight, files := len(body), loaded.FindAllStringSubmatch(body, -1)
	for _, f := range files {
		asset := s.As("").Get(f[1])
		hardened(t, asset.Header())
		if asset.Code != http.StatusOK || !strings.Contains(asset.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, kept %q", f[1], asset.Code, asset.Header().Get("Cache-Control"))
		}
		weight += asset.Body.Len()
	}
	if t.Logf("%d files, %d bytes", len(files), weight); len(files) < 10 || weight > 115_000 {
		t.Errorf("%d files, %d bytes: a page of its own has 150 kB", len(files), weight)
	}
}

func TestErrorsAreToldWithoutTheirInsides(t *testing.T) {
	s := open(t)
	for _, path := range []string{"/desk/broken", "/desk/panic"} {
		a := s.As(access.Owner).Get(path)
		id := regexp.MustCompile(`a-\d{8}`).FindString(a.Body.String())
		if a.Code != http.StatusInternalServerError || id == "" || strings.Contains(a.Body.String(), "fire") || !strings.Contains(s.Log.String(), id) {
			t.Errorf("%s: %d, id %q, log %s", path, a.Code, id, s.Log)
		}
	}
	if strings.Contains(s.Log.String(), "Анна") {
		t.Error("what a panic said stands in the log; it may be a patient's name")
	}
	a := s.As(access.Administrator).Post("/desk/say", url.Values{"text": {"taken"}}, "HX-Request", "true")
	if a.Code != http.StatusConflict || !strings.Contains(a.Header().Get("HX-Trigger"), `\u0421`) || a.Header().Get("HX-Reswap") != "none" {
		t.Errorf("a conflict: %d, %v", a.Code, a.Header())
	}
}

func TestAFormKeepsWhatWasTypedAndSaysWhatIsWrong(t *testing.T) {
	s := open(t)
	a := s.As(access.Administrator).Post("/desk/say", url.Values{"text": {"<b>слишком длинно</b>"}})
	body := a.Body.String()
	if a.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `&lt;b&gt;слишком длинно`) || !strings.Contains(body, `aria-invalid="true"`) || !strings.Contains(body, "Не длиннее 10") {
		t.Errorf("%d: %s", a.Code, body)
	}
	if a = s.As(access.Administrator).Post("/desk/say", url.Values{"text": {"\xff\x00"}}); a.Code != http.StatusUnprocessableEntity {
		t.Errorf("not UTF-8: %d", a.Code)
	}
	if a = s.As(access.Administrator).Post("/desk/say", url.Values{"text": {strings.Repeat("я", 100_000)}}); a.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a novel: %d", a.Code)
	}
}

func TestAToastComesAfterTheRedirectOnce(t *testing.T) {
	s := open(t)
	a := s.As(access.Administrator).Post("/desk/say", url.Values{"text": {"да"}})
	told, _, _ := strings.Cut(a.Header().Get("Set-Cookie"), ";")
	next := s.As(access.Administrator).Get("/desk/inbox", "Cookie", told)
	if !strings.Contains(next.Body.String(), `<p class="toast">Связь вернулась</p>`) || !strings.Contains(next.Header().Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("%v\n%s", next.Header(), next.Body)
	}
	if a = s.As(access.Administrator).Post("/desk/say", url.Values{"text": {"да"}}, "HX-Request", "true"); a.Header().Get("HX-Redirect") != "/desk/inbox" {
		t.Errorf("htmx: %d %v", a.Code, a.Header())
	}
}
