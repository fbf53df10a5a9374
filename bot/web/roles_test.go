package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/web"
	"careline/bot/web/page"
	"careline/bot/web/page/pagetest"
	"careline/store"
)

const password = "тёплый чай и лимон"

// plainSeal seals nothing: no test here looks into the database.
type plainSeal struct{}

func (plainSeal) Seal(b []byte) ([]byte, error) { return b, nil }
func (plainSeal) Open(b []byte) ([]byte, error) { return b, nil }

// office is the whole desk, with somebody of every role before it, and nobody.
type office struct {
	*testing.T
	routes []page.Route
	desk   page.Desk
	clock  *clock.Moved
	url    string
	people *access.Access
	seats  map[access.Role]*http.Client
}

func openOffice(t *testing.T) *office {
	var o office
	stage := pagetest.Open(t, bottest.New(t, bottest.SQLite(t), "a"), func(page.Desk) []page.Route { return nil })
	o.T, o.desk, o.clock = t, stage.Desk, stage.World.Clock
	o.people = access.New(access.Parts{Store: o.desk.Store, Now: o.desk.Clock.Now, IDs: o.desk.IDs, Sealer: plainSeal{}, Log: slog.New(slog.DiscardHandler)})
	o.desk.Access = o.people
	o.routes = web.OfficeRoutes(o.desk, o.people, stage.Runner)
	server := httptest.NewServer(web.Office(o.desk, o.people, stage.Runner))
	t.Cleanup(server.Close)
	o.url = server.URL
	o.seats = map[access.Role]*http.Client{"": o.visitor()}
	for _, role := range access.Roles() {
		_, err := o.people.AddWith(t.Context(), access.Account{Login: string(role), Name: "Анна", Role: role, Language: "ru",
			Practitioner: o.desk.Clinic.Practitioners[0].ID}, password, false)
		if err != nil {
			t.Fatal(err)
		}
		o.seats[role] = o.visitor()
		o.signIn(o.seats[role], string(role))
	}
	return &o
}

// visitor is a browser that follows nothing.
func (o *office) visitor() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (o *office) signIn(c *http.Client, login string) {
	o.Helper()
	code, to, _ := o.ask(c, "POST", "/desk/login", url.Values{"login": {login}, "password": {password}})
	if code != http.StatusSeeOther || to != "/desk/" {
		o.Fatalf("signing in as %s: %d to %s", login, code, to)
	}
}

// ask tells the status of the answer, where it leads, and the answer, of a stream nothing.
func (o *office) ask(c *http.Client, method, path string, form url.Values, header ...string) (code int, location, body string) {
	o.Helper()
	ctx, cancel := context.WithTimeout(o.Context(), time.Minute)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, o.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		o.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := c.Do(r)
	if err != nil {
		o.Fatalf("%s %s: %v", method, path, err)
	}
	defer answer.Body.Close()
	o.guarded(path, answer)
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		return answer.StatusCode, "", ""
	}
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		o.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Location"), string(b)
}

// guarded holds what is true of every answer.
func (o *office) guarded(path string, answer *http.Response) {
	o.Helper()
	policy := answer.Header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
		o.Errorf("%s is not guarded: %v", path, answer.Header)
	}
	if !strings.Contains(path, "/assets/") && !strings.Contains(answer.Header.Get("Cache-Control"), "no-store") {
		o.Errorf("%s may be kept by others: %s", path, answer.Header.Get("Cache-Control"))
	}
}

var piece = regexp.MustCompile(`\{[a-z]+(\.\.\.)?\}`)

// at are method and path of a route about the thing with the id.
func at(r page.Route, id string) (method, path string) {
	method, path, _ = strings.Cut(strings.ReplaceAll(r.Pattern, "{$}", ""), " ")
	return method, piece.ReplaceAllString(path, id)
}

// Every page, with every role and with none: whoever may is served, nobody else is.
func TestEveryPageIsForThoseWhoMay(t *testing.T) {
	o := openOffice(t)
	for _, r := range o.routes {
		method, path := at(r, "nothing")
		if path == "/desk/logout" {
			continue
		}
		if !r.Public && r.Needs == "" {
			t.Errorf("%s is for nobody", r.Pattern)
		}
		for _, role := range append(access.Roles(), "") {
			code, to, _ := o.ask(o.seats[role], method, path, nil)
			turned := code == http.StatusSeeOther && strings.HasPrefix(to, "/desk/login?") || code == http.StatusUnauthorized
			may := access.Account{Role: role}.May(r.Needs)
			switch {
			case code >= 500:
				t.Errorf("%s as %q: %d", r.Pattern, role, code)
			case r.Public && (code == http.StatusForbidden || turned):
				t.Errorf("%s is not for everybody: %q got %d", r.Pattern, role, code)
			case !r.Public && role == "" && !turned:
				t.Errorf("%s is served to strangers: %d", r.Pattern, code)
			case !r.Public && role != "" && may && (code == http.StatusForbidden || turned):
				t.Errorf("%s is not served to %s: %d", r.Pattern, role, code)
			case !r.Public && role != "" && !may && code != http.StatusForbidden:
				t.Errorf("%s is served to %s: %d", r.Pattern, role, code)
			}
		}
	}
}

// Only coming in and assets are public, whatever else pages will there be.
func TestStrangersSeeOnlyTheLogin(t *testing.T) {
	o := openOffice(t)
	for _, r := range o.routes {
		_, path := at(r, "x")
		if r.Public && !strings.HasPrefix(path, "/desk/login") && !strings.HasPrefix(path, "/desk/assets/") {
			t.Errorf("%s is public", r.Pattern)
		}
	}
	for _, path := range []string{"/desk/", "/desk/nowhere", "/desk/people/../inbox", "/desk/assets/", "/desk/live", "/desk/login/code", "/desk//people"} {
		for _, method := range []string{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} {
			if code, to, body := o.ask(o.seats[""], method, path, nil); code == http.StatusOK || strings.Contains(body, "<nav") {
				t.Errorf("%s %s: %d to %s", method, path, code, to)
			}
		}
	}
}

// No other site can have a form sent with the cookie of somebody who is signed in.
func TestNoFormOfOtherSites(t *testing.T) {
	o := openOffice(t)
	for _, r := range o.routes {
		method, path := at(r, "nothing")
		if method == "GET" {
			continue
		}
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
			if code, _, _ := o.ask(o.seats[access.Owner], method, path, nil, header...); code != http.StatusForbidden {
				t.Errorf("%s with %v: %d", r.Pattern, header, code)
			}
		}
	}
}

// Of patients of others a practitioner does not even learn that they are there.
func TestPractitionersKnowNobodyElses(t *testing.T) {
	o := openOffice(t)
	start := o.desk.Clock.Now().Add(48 * time.Hour)
	err := o.desk.Store.Tx(t.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "chat", PatientID: "patient", Channel: "test", Chat: "7", Name: "Пётр", CreatedAt: start}})
		if err != nil {
			return err
		}
		if err := tx.OpenTickets(t.Context(), []store.Ticket{{ID: "ticket", ContactID: met[0].ID, PatientID: "patient", Kind: "asked", Priority: "normal", State: "open", CreatedAt: start}}); err != nil {
			return err
		}
		return tx.Book(t.Context(), store.Appointment{ID: "visit", PatientID: "patient", ContactID: "chat", Status: store.StatusBooked, Start: start, End: start.Add(time.Hour),
			Branch: o.desk.Clinic.Branches[0].ID, Service: o.desk.Clinic.Services[0].ID,
			Parts: []store.Part{{Practitioner: o.desk.Clinic.Practitioners[1].ID, Start: start, End: start.Add(time.Hour)}}}, start)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range o.routes {
		if !piece.MatchString(strings.ReplaceAll(r.Pattern, "{$}", "")) || !(access.Account{Role: access.Practitioner}).May(r.Needs) {
			continue
		}
		for _, id := range []string{"patient", "chat", "visit", "ticket"} {
			method, path := at(r, id)
			code, to, _ := o.ask(o.seats[access.Practitioner], method, path, nil)
			if method == "GET" && code != http.StatusNotFound || code < 400 {
				t.Errorf("%s about the %s of another: %d %s", r.Pattern, id, code, to)
			}
		}
	}
}
