package demo_test

import (
	"bufio"
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/web/demo"
	"careline/dialogs/clinic"
	"careline/store"
	"careline/store/sqlite"
)

var monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// stage is a demo that runs, without a bot behind it.
type stage struct {
	*demo.Demo
	store  store.Store
	clock  *clock.Moved
	time   *passing
	said   []string // what they said of visits
	server *httptest.Server
	stop   context.CancelFunc
}

// passing is a time in which one thing happens at next; it passes when the test lets it.
type passing struct {
	next  time.Time
	moves atomic.Int32
	let   chan struct{}
}

func (p *passing) NextDue(context.Context) (time.Time, error) { return p.next, nil }

func (p *passing) PassTo(ctx context.Context, c *clock.Moved, end time.Time) error {
	p.moves.Add(1)
	select {
	case <-p.let:
	case <-ctx.Done():
		return ctx.Err()
	}
	c.Advance(end.Sub(c.Now()))
	return nil
}

func open(t *testing.T) *stage {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	db, err := sqlite.Open(t.TempDir() + "/careline.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &stage{store: db, clock: clock.NewStill(monday), time: &passing{let: make(chan struct{})}}
	s.Demo = demo.New(demo.Parts{
		Store: db, Scripts: f.Scripts, Clinic: f.Clinic, Clock: s.clock, Time: s.time, Chat: "/chat/",
		Log: slog.New(slog.DiscardHandler),
		AtVisit: func(_ context.Context, visit, status string) error {
			switch {
			case visit != "v1":
				return store.ErrNotFound
			case status == store.StatusNoShow && s.clock.Now().Before(monday.Add(time.Hour)):
				return booking.ErrEarly
			}
			s.said = append(s.said, visit+" "+status)
			return nil
		},
	})
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	s.server = httptest.NewServer(s.Demo)
	t.Cleanup(func() {
		stop()
		<-ended
		s.server.Close()
	})
	for s.status("POST", "clock", url.Values{"to": {"?"}}) == http.StatusServiceUnavailable { // until Run has begun
		runtime.Gosched()
	}
	return s
}

// meet makes a contact who has written.
func (s *stage) meet(t *testing.T) {
	t.Helper()
	err := s.store.Tx(t.Context(), func(tx store.Tx) error {
		_, err := tx.Meet(t.Context(), []store.Contact{{ID: "c1", Channel: "web", Chat: "abc", PatientID: "p1", CreatedAt: monday}})
		if err != nil {
			return err
		}
		tx.Wake(store.InboxTopic)
		if err := tx.SaveConversations(t.Context(), []store.Conversation{{ContactID: "c1", State: []byte("{}"), UpdatedAt: monday}}); err != nil {
			return err
		}
		return tx.AppendEvents(t.Context(), []store.Event{{At: monday, Name: "dialog.ended", ContactID: "c1", Channel: "web", Dialog: "booking", State: "finish", Value: "booked"}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stage) ask(method, path string, form url.Values, header ...string) *http.Response {
	r := httptest.NewRequestWithContext(context.Background(), method, s.server.URL+"/demo/"+path, strings.NewReader(form.Encode()))
	r.RequestURI = ""
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		panic(err)
	}
	return response
}

func (s *stage) status(method, path string, form url.Values, header ...string) int {
	response := s.ask(method, path, form, header...)
	response.Body.Close()
	return response.StatusCode
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	var b strings.Builder
	if _, err := bufio.NewReader(r.Body).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormsThatMakeNoSense(t *testing.T) {
	s := open(t)
	s.meet(t)
	typed := func(n, unit string) url.Values { return url.Values{"to": {"typed"}, "n": {n}, "unit": {unit}} }
	for _, c := range []struct {
		name, method, path string
		form               url.Values
		want               int
	}{
		{"a clock is not read so", "GET", "clock", nil, http.StatusMethodNotAllowed},
		{"a page is not written", "POST", "", nil, http.StatusMethodNotAllowed},
		{"no such page", "GET", "other", nil, http.StatusNotFound},
		{"nowhere to", "POST", "clock", nil, http.StatusBadRequest},
		{"backwards", "POST", "clock", typed("-3", "days"), http.StatusBadRequest},
		{"not at all", "POST", "clock", typed("0", "hours"), http.StatusBadRequest},
		{"no number", "POST", "clock", typed("два", "days"), http.StatusBadRequest},
		{"no unit", "POST", "clock", typed("2", "years"), http.StatusBadRequest},
		{"too far", "POST", "clock", typed("401", "days"), http.StatusBadRequest},
		{"overflowing", "POST", "clock", typed("9223372036854775807", "weeks"), http.StatusBadRequest},
		{"nothing ahead", "POST", "clock", url.Values{"to": {"next"}}, http.StatusConflict},
		{"more than a form", "POST", "clock", url.Values{"to": {strings.Repeat("я", 20000)}}, http.StatusBadRequest},
	} {
		if got := s.status(c.method, c.path, c.form); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if len(s.said) > 0 {
		t.Errorf("said of visits: %q", s.said)
	}
	if s.time.moves.Load() != 0 || !s.clock.Now().Equal(monday) {
		t.Error("the clock has moved")
	}
}

func TestOnlyTheOwnPageWritesAndNobodyFramesIt(t *testing.T) {
	s := open(t)
	if got := s.status("POST", "clock", url.Values{"to": {"day"}}, "Sec-Fetch-Site", "cross-site"); got != http.StatusForbidden {
		t.Errorf("another site moves the clock: %d", got)
	}
	r := s.ask("GET", "", nil)
	page := body(t, r)
	policy := r.Header.Get("Content-Security-Policy")
	if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", r.Header)
	}
	if found := regexp.MustCompile(`<script>|<script [^>]*>[^<]| style=| on\w+=|https?://[^w]`).FindString(page); found != "" {
		t.Errorf("the page has something inline or from elsewhere: %s", found)
	}
}

func TestTheClockMovesOnceAtATime(t *testing.T) {
	s := open(t)
	events := s.listen(t, "")
	events.wait(t, "clock", "November 23")
	if got := s.status("POST", "clock", url.Values{"to": {"day"}}); got != http.StatusAccepted {
		t.Fatalf("a day: %d", got)
	}
	events.wait(t, "clock", "time is passing")
	if got := s.status("POST", "clock", url.Values{"to": {"hour"}}); got != http.StatusConflict {
		t.Errorf("two at once: %d", got)
	}
	s.time.let <- struct{}{}
	events.wait(t, "clock", "November 24")
	s.time.next = monday.Add(48 * time.Hour)
	if got := s.status("POST", "clock", url.Values{"to": {"next"}}); got != http.StatusAccepted {
		t.Errorf("the next event: %d", got)
	}
	s.time.let <- struct{}{}
	events.wait(t, "clock", "November 25")
	if !s.clock.Now().Equal(s.time.next) {
		t.Errorf("the clock shows %v, want %v", s.clock.Now(), s.time.next)
	}
}

// book gives the contact a visit of an hour.
func (s *stage) book(t *testing.T, id string, at time.Time) {
	t.Helper()
	err := s.store.Tx(t.Context(), func(tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.Book(t.Context(), store.Appointment{
			ID: id, PatientID: "p1", ContactID: "c1", Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked, Start: at, End: at.Add(time.Hour),
			Parts: []store.Part{{Practitioner: "lebedeva", Start: at, End: at.Add(time.Hour)}}, CreatedAt: monday, UpdatedAt: monday, StatusAt: monday,
		}, monday)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The button says what comes next and goes there: a visit to its end, and then what the desk would say of it.
func TestTheNextEventIsTheVisitAndThenItsOutcome(t *testing.T) {
	s := open(t)
	events := s.listen(t, "")
	events.wait(t, "next", "book a visit on the phone")
	s.meet(t)
	s.book(t, "v1", monday.Add(2*time.Hour))
	events.wait(t, "next", "today, November 23, at 12:00")
	if got := s.status("POST", "clock", url.Values{"to": {"next"}}); got != http.StatusAccepted {
		t.Fatalf("the visit: %d", got)
	}
	s.time.let <- struct{}{}
	events.wait(t, "clock", "3 hours passed")
	events.wait(t, "next", "the administrator notes that the patient came")
	if got := s.status("POST", "clock", url.Values{"to": {"next"}}); got != http.StatusAccepted {
		t.Fatalf("the outcome: %d", got)
	}
	s.time.let <- struct{}{}
	for s.status("POST", "clock", url.Values{"to": {"?"}}) == http.StatusConflict { // until it is said
		runtime.Gosched()
	}
	if want := []string{"v1 fulfilled"}; !slices.Equal(s.said, want) {
		t.Errorf("said of visits: %q, want %q", s.said, want)
	}
}

// What timelines are going to do stands on the page, and what they did not do, with the reason.
func TestThePlansStandOnThePage(t *testing.T) {
	s := open(t)
	s.meet(t)
	s.book(t, "v1", monday.Add(72*time.Hour))
	err := s.store.Tx(t.Context(), func(tx store.Tx) error {
		_, err := tx.Touch(t.Context(), []store.Touch{{
			Timeline: "rating", About: "visit/v1", Moment: monday, PatientID: "p1", ContactID: "c1", Class: "care", Outcome: "consent", At: monday,
		}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{
		"en": {"Reminder", "service", "care", "Rating", "consent is missing"},
		"ru": {"Напоминание о визите", "Вопрос администратору, пришёл ли пациент", "служебное", "забота", "нет согласия"},
	} {
		page := body(t, s.ask("GET", "?lang="+lang, nil))
		plans := page[strings.Index(page, `id="plans"`):]
		for _, word := range words {
			if !strings.Contains(strings.ToLower(plans), strings.ToLower(word)) {
				t.Errorf("in %s there is no %q in\n%s", lang, word, plans)
			}
		}
	}
}

// events is an open stream.
type events struct{ lines *bufio.Scanner }

func (s *stage) listen(t *testing.T, dialog string) events {
	t.Helper()
	r := s.ask("GET", "events?lang=en&dialog="+dialog, nil)
	t.Cleanup(func() { r.Body.Close() })
	if r.StatusCode != http.StatusOK {
		t.Fatalf("the stream answers %s", r.Status)
	}
	lines := bufio.NewScanner(r.Body)
	lines.Buffer(nil, 1<<20)
	return events{lines}
}

// wait reads on until the part of the page has the words.
func (e events) wait(t *testing.T, part, words string) {
	t.Helper()
	name := ""
	for e.lines.Scan() {
		key, value, _ := strings.Cut(e.lines.Text(), ": ")
		switch {
		case key == "event":
			name = value
		case key == "data" && name == part && strings.Contains(value, words):
			return
		}
	}
	t.Fatalf("the stream ended before %s said %q", part, words)
}

func TestThePageIsLiveAndEndsWithTheProgram(t *testing.T) {
	s := open(t)
	events := s.listen(t, "")
	events.wait(t, "standing", "Nobody has written")
	s.meet(t)
	events.wait(t, "standing", "The talk is over")
	events.wait(t, "picture", `node end current\" data-name=\"end booked`)
	chosen := s.listen(t, "rating")
	chosen.wait(t, "picture", "Rating")
	s.stop()
	for events.lines.Scan() && chosen.lines.Scan() {
		continue // what was under way
	}
	if got := s.status("GET", "events", nil); got != http.StatusServiceUnavailable {
		t.Errorf("after the end the stream answers %d", got)
	}
}

func TestThePageSpeaksItsReadersLanguage(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ query, accept, want string }{
		{"?lang=en", "ru", "The front desk"},
		{"?lang=ru", "en", "Стол администратора"},
		{"", "en-GB,en;q=0.9", "The front desk"},
		{"", "ru-RU", "Стол администратора"},
		{"", "de", "Стол администратора"},
		{"?lang=xx&dialog=nothing", "", "Стол администратора"},
	} {
		if page := body(t, s.ask("GET", c.query, nil, "Accept-Language", c.accept)); !strings.Contains(page, c.want) {
			t.Errorf("%q with %q does not say %q", c.query, c.accept, c.want)
		}
	}
}

func TestEveryWordOfThePageIsWritten(t *testing.T) {
	f, _ := folder.Load(clinic.Files())
	catalogue := f.Scripts.Catalogue()
	used := regexp.MustCompile(`(?:\.T|With|"refused") "([a-z._]+)"|refuse\(w, r, [\w.]+, "(\w+)"\)`)
	here := os.DirFS(".")
	var ids []string
	for _, pattern := range []string{"assets/*.html", "*.go"} {
		names, err := fs.Glob(here, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := fs.ReadFile(here, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range used.FindAllStringSubmatch(string(text), -1) {
				if m[1] != "" {
					ids = append(ids, "demo."+m[1])
				} else {
					ids = append(ids, "demo.refused."+m[2])
				}
			}
		}
	}
	if len(ids) < 30 {
		t.Fatalf("only %d words found", len(ids))
	}
	for _, lang := range []string{"ru", "en"} {
		for _, id := range ids {
			if _, ok := catalogue.Message(lang, id); !ok {
				t.Errorf("%s has no %s", lang, id)
			}
		}
	}
}
