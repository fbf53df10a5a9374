package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/bot/runner"
	"careline/bot/web"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

var opinion = bottest.Script{Name: "opinion", Says: "хочу поделиться", States: `
  find:
    call: review.place
    on: {none: end}
  ask:
    say: Расскажите о нас.
    ask: where
    choose:
      open:
        label: "{place.title}"
        link: "{place.url}"
      phone:
        label: Позвонить
        link: "tel:{clinic.phone}"
      later: Не сейчас
    on: {later: end}
  thanks:
    say: Спасибо, что поделились!
    next: end
`}

// review is a clinic at work whose patient «anna» sees the button to a review, and the pages behind it.
type review struct {
	*bottest.World
	t     *testing.T
	pages http.Handler
	link  channels.Choice
}

func newReview(t *testing.T, db store.Store) *review {
	t.Helper()
	r := &review{World: bottest.New(t, db, "a"), t: t}
	r.Play(bottest.Folder(t, "", opinion), func(p *runner.Parts) { p.Redirect = ours })
	r.serve(db)
	r.Says("anna", "/start")
	r.Taps("anna", "Даю согласие")
	r.Says("anna", "хочу поделиться")
	if r.link = r.button("anna", "open"); !strings.HasPrefix(r.link.Link, ours+runner.GoPath) {
		t.Fatalf("the button opens %s", r.link.Link)
	}
	return r
}

// serve opens the pages over a store that may fail.
func (r *review) serve(db store.Store) {
	r.pages = web.Handler(web.Parts{
		Store: db, Clinic: r.Runner.Clinic, Gatherer: prometheus.NewRegistry(), Clock: r.Clock, Words: r.Runner.Scripts.Catalogue().Word,
		Working: func() bool { return true }, Log: slog.New(slog.DiscardHandler),
	})
}

// button is the newest one of the choice in the chat.
func (r *review) button(chat, choice string) channels.Choice {
	r.t.Helper()
	for _, m := range slices.Backward(r.Phones.Told(chat)) {
		for _, c := range m.Choices {
			if strings.HasSuffix(c.Data, "."+choice) {
				return c
			}
		}
	}
	r.t.Fatalf("%s sees no button %s: %s", chat, choice, r.Phones.Last(chat))
	return channels.Choice{}
}

const ours = "https://chat.clinic.example"

const firefox = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"

// get asks for the page behind the button, as a program of that name, and lets everything happen that follows.
func (r *review) get(method, address, agent string, header ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	_, path, _ := strings.Cut(address, ours)
	request := httptest.NewRequest(method, path, nil)
	request.Header.Set("User-Agent", agent)
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer := httptest.NewRecorder()
	r.pages.ServeHTTP(answer, request)
	if err := r.Runner.Settle(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	return answer
}

func (r *review) clicks() (all []store.Event) {
	r.t.Helper()
	err := r.Store.Read(r.t.Context(), func(tx store.Tx) error {
		events, err := tx.EventsSince(r.t.Context(), 0, 1000)
		all = slices.DeleteFunc(events, func(e store.Event) bool { return e.Name != "link.clicked" })
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

func (r *review) said(chat, text string) (n int) {
	for _, m := range r.Phones.Told(chat) {
		if m.Text == text {
			n++
		}
	}
	return n
}

const thanks = "Спасибо, что поделились!"

func engines(t *testing.T, story func(t *testing.T, db store.Store)) {
	t.Run("sqlite", func(t *testing.T) { story(t, bottest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { story(t, bottest.Postgres(t)) })
}

func TestAClickIsCountedOnceAndThanked(t *testing.T) {
	engines(t, func(t *testing.T, db store.Store) {
		r := newReview(t, db)
		for range 3 {
			answer := r.get(http.MethodGet, r.link.Link, firefox)
			to := answer.Header().Get("Location")
			if answer.Code != http.StatusFound || answer.Header().Get("Cache-Control") != "no-store" || !strings.HasPrefix(to, "https://") {
				t.Fatalf("%d to %s, %v", answer.Code, to, answer.Header())
			}
			if b := r.Runner.Clinic.Branches[0]; !slices.Contains([]string{b.ReviewYandex, b.ReviewProdoctorov, b.Review2GIS}, to) {
				t.Errorf("it leads to %s, no place of the branch", to)
			}
		}
		clicks := r.clicks()
		if len(clicks) != 1 || clicks[0].Dialog != "opinion" || clicks[0].State != "ask" || clicks[0].Value != "open" {
			t.Errorf("counted: %+v", clicks)
		}
		if n := r.said("anna", thanks); n != 1 {
			t.Errorf("thanked %d times; last: %s", n, r.Phones.Last("anna"))
		}
		if closed := r.said("anna", "Этот вопрос уже закрыт."); closed > 0 {
			t.Error("who opens a link is told that a question is closed")
		}
	})
}

func TestWhoHasWrittenAtOnePlaceIsAskedForTheNext(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	seen := map[string]bool{}
	for range 3 {
		seen[r.get(http.MethodGet, r.link.Link, firefox).Header().Get("Location")] = true
		r.Says("anna", "хочу поделиться")
		r.link = r.button("anna", "open")
	}
	if len(seen) != 3 {
		t.Errorf("three reviews went to %v", seen)
	}
}

func TestALookBehindTheLinkIsNoClick(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	for _, look := range []struct {
		method, agent string
		header        []string
	}{
		{http.MethodHead, firefox, nil},
		{http.MethodGet, "TelegramBot (like TwitterBot)", nil},
		{http.MethodGet, "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)", nil},
		{http.MethodGet, "WhatsApp/2.23.20.0 A", nil},
		{http.MethodGet, "Mozilla/5.0 (Macintosh) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0", nil},
		{http.MethodGet, "curl/8.5.0", nil},
		{http.MethodGet, "", nil},
		{http.MethodGet, firefox, []string{"Sec-Purpose", "prefetch;prerender"}},
		{http.MethodGet, firefox, []string{"Purpose", "prefetch"}},
	} {
		answer := r.get(look.method, r.link.Link, look.agent, look.header...)
		if answer.Code != http.StatusFound {
			t.Errorf("%s by %q: %d", look.method, look.agent, answer.Code)
		}
	}
	if n := len(r.clicks()); n > 0 {
		t.Errorf("%d clicks of nobody", n)
	}
	r.get(http.MethodGet, r.link.Link, "Mozilla/5.0 (Linux; Android 13; CUBOT NOTE 40) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")
	if n := len(r.clicks()); n != 1 {
		t.Error("a person with a telephone of a strange make was taken for a robot")
	}
}

func TestAClickDisturbsNothingThatIsHalfDone(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	r.Says("anna", "/prices")
	before := len(r.Phones.Told("anna"))
	if answer := r.get(http.MethodGet, r.link.Link, firefox); answer.Code != http.StatusFound {
		t.Errorf("%d", answer.Code)
	}
	if told := r.Phones.Told("anna"); len(told) != before {
		t.Errorf("the bot spoke into what was on top: %s", told[len(told)-1].Text)
	}
	if len(r.clicks()) != 1 {
		t.Error("the click was not counted")
	}
}

// What she was asked in one chat goes on in another: the button in the first is still in her hand.
func TestAClickIsHeardWhereTheTalkWentOn(t *testing.T) {
	engines(t, func(t *testing.T, db store.Store) {
		r := newReview(t, db)
		r.Says("anna at work", "/start")
		r.isToo("anna at work", "anna")
		r.Says("anna at work", "/prices")
		r.Says("anna at work", "/start")
		r.Taps("anna at work", "Продолжить здесь")
		if here := r.button("anna at work", "open"); here.Data == r.link.Data {
			t.Fatal("the task has the same number in both chats")
		}
		if answer := r.get(http.MethodGet, r.link.Link, firefox); answer.Code != http.StatusFound {
			t.Errorf("%d", answer.Code)
		}
		if r.said("anna at work", thanks) != 1 || r.said("anna", thanks) != 0 || len(r.clicks()) != 1 {
			t.Errorf("last words: %s; clicks: %+v", r.Phones.Last("anna at work"), r.clicks())
		}
	})
}

// isToo makes one person of two chats.
func (r *review) isToo(chat, of string) {
	r.t.Helper()
	err := r.Store.Tx(r.t.Context(), func(tx store.Tx) error {
		first, err := tx.ContactAt(r.t.Context(), "test", of)
		if err != nil {
			return err
		}
		second, err := tx.ContactAt(r.t.Context(), "test", chat)
		second.PatientID = first.PatientID
		return errors.Join(err, tx.SaveContacts(r.t.Context(), []store.Contact{second}))
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestAnAddressThatNoBrowserOpensStaysAsItIs(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	if b := r.button("anna", "phone"); !strings.HasPrefix(strings.ToLower(b.Link), "tel:") {
		t.Errorf("the telephone became %s", b.Link)
	}
}

func TestAnUnknownLinkIsMetWithAKindPage(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	for language, words := range map[string]string{"ru-RU,ru;q=0.9": "Эта ссылка больше не открывается", "en-GB,en": "does not open any more", "": "Улыбка"} {
		for _, id := range []string{"NOBODYSLINK", "https:/evil.example/", ""} {
			answer := r.get(http.MethodGet, ours+runner.GoPath+id, firefox, "Accept-Language", language)
			if answer.Code != http.StatusNotFound || !strings.Contains(answer.Body.String(), words) {
				t.Errorf("%q in %q: %d %s", id, language, answer.Code, answer.Body)
			}
		}
	}
}

func TestAnErasedPersonsLinkLeadsNowhere(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	err := r.Store.Tx(t.Context(), func(tx store.Tx) error {
		anna, err := tx.ContactAt(t.Context(), "test", "anna")
		if err != nil {
			return err
		}
		return tx.Erase(t.Context(), anna.PatientID, r.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
	if answer := r.get(http.MethodGet, r.link.Link, firefox); answer.Code != http.StatusNotFound {
		t.Errorf("%d", answer.Code)
	}
}

// failing is a database that cannot read, or cannot write.
type failing struct {
	store.Store
	reads bool
}

func (f failing) Read(ctx context.Context, do func(store.Tx) error) error {
	if !f.reads {
		return store.ErrUnavailable
	}
	return f.Store.Read(ctx, do)
}

func (failing) Tx(context.Context, func(store.Tx) error) error { return errors.New("the disk is full") }

func TestWithoutTheDatabasePeopleAreAskedToTryAgain(t *testing.T) {
	r := newReview(t, bottest.SQLite(t))
	r.serve(failing{Store: r.Store})
	answer := r.get(http.MethodGet, r.link.Link, firefox, "Accept-Language", "en")
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" || !strings.Contains(answer.Body.String(), `http-equiv="refresh"`) {
		t.Errorf("%d %v %s", answer.Code, answer.Header(), answer.Body)
	}
	r.serve(failing{Store: r.Store, reads: true})
	if answer := r.get(http.MethodGet, r.link.Link, firefox); answer.Code != http.StatusFound {
		t.Errorf("who pressed waits for a click to be counted that cannot be: %d", answer.Code)
	}
	r.serve(r.Store)
	r.get(http.MethodGet, r.link.Link, firefox)
	if len(r.clicks()) != 1 || r.said("anna", thanks) != 1 {
		t.Error("what could not be counted at first is never counted")
	}
}
