package telegram_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

const update = `{"update_id":5,"message":{"message_id":7,"date":1790000000,"from":{"id":42,"first_name":"Анна"},"chat":{"id":42,"type":"private"},"text":"привет"}}`

// request is a POST that Telegram would make.
func request(body io.Reader) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/telegram/", body)
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	return r
}

func (s *stage) answers(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// long counts what is read of it.
type long struct{ left, read int }

func (l *long) Read(p []byte) (int, error) {
	if l.left == 0 {
		return 0, io.EOF
	}
	n := min(len(p), l.left)
	for i := range p[:n] {
		p[i] = ' '
	}
	l.left, l.read = l.left-n, l.read+n
	return n, nil
}

func TestTheWebhookRefusesWhatIsNotTelegrams(t *testing.T) {
	s := open(t, hooked)
	for name, c := range map[string]struct {
		change func(*http.Request)
		body   string
		want   int
	}{
		"an update":        {func(*http.Request) {}, update, 200},
		"no secret":        {func(r *http.Request) { r.Header.Del("X-Telegram-Bot-Api-Secret-Token") }, update, 401},
		"wrong secret":     {func(r *http.Request) { r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret+"x") }, update, 401},
		"GET":              {func(r *http.Request) { r.Method = http.MethodGet }, "", 405},
		"PUT":              {func(r *http.Request) { r.Method = http.MethodPut }, update, 405},
		"another path":     {func(r *http.Request) { r.URL.Path = "/telegram/../telegram" }, update, 404},
		"broken JSON":      {func(*http.Request) {}, update[:50], 400},
		"two updates":      {func(*http.Request) {}, update + update, 400},
		"nothing":          {func(*http.Request) {}, "", 400},
		"a list":           {func(*http.Request) {}, "[]", 200},
		"an unknown kind":  {func(*http.Request) {}, `{"update_id":6,"telepathy":{}}`, 200},
		"wrongly typed":    {func(*http.Request) {}, `{"update_id":"six","message":7}`, 200},
		"the update again": {func(*http.Request) {}, update, 200},
	} {
		t.Run(name, func(t *testing.T) {
			r := request(strings.NewReader(c.body))
			c.change(r)
			w := s.answers(r)
			if w.Code != c.want {
				t.Errorf("answered %d, want %d", w.Code, c.want)
			}
			if c.want == 405 && w.Header().Get("Allow") != "POST" {
				t.Errorf("Allow is %q", w.Header().Get("Allow"))
			}
		})
	}
	if got := s.clinic.stored(); len(got) != 1 || got[0].Text != "привет" {
		t.Errorf("stored %+v", got)
	}
}

func TestTheWebhookDoesNotReadWhatIsTooLong(t *testing.T) {
	s := open(t, hooked)
	told := &long{left: 20 << 20}
	r := request(told)
	r.ContentLength = int64(told.left)
	if w := s.answers(r); w.Code != http.StatusRequestEntityTooLarge || told.read != 0 {
		t.Errorf("a long body was answered %d after %d bytes", w.Code, told.read)
	}
	untold := &long{left: 20 << 20}
	r = request(untold)
	r.ContentLength = -1
	if w := s.answers(r); w.Code != http.StatusRequestEntityTooLarge || untold.read > 2<<20 {
		t.Errorf("a long body of unknown length was answered %d after %d bytes", w.Code, untold.read)
	}
}

func TestTheWebhookAsksAgainForWhatIsNotStored(t *testing.T) {
	s := build(t, hooked)
	if w := s.answers(request(strings.NewReader(update))); w.Code != http.StatusServiceUnavailable {
		t.Errorf("before Run it answered %d", w.Code)
	}
	s.clinic.refuse = 2
	s.run(t)
	p := s.server.Person(telegramtest.User{})
	sent := p.Write("важно")
	if got := s.hears(t, 1); got[0].Text != "важно" {
		t.Errorf("stored %+v", got)
	}
	if n := s.server.Brought(sent.Update); n != 3 {
		t.Errorf("it was brought %d times, want 3", n)
	}
	s.stop()
	if w := s.answers(request(strings.NewReader(update))); w.Code != http.StatusServiceUnavailable {
		t.Errorf("after Run it answered %d", w.Code)
	}
}

func TestPollingServesNoPages(t *testing.T) {
	if w := open(t).answers(request(strings.NewReader(update))); w.Code != http.StatusNotFound {
		t.Errorf("answered %d", w.Code)
	}
}

func TestTheWebhookIsRegisteredUntilItIsTakenAndWatchedThen(t *testing.T) {
	s := build(t, hooked)
	s.server.FailNext("setWebhook", 2, telegramtest.ServerError)
	s.run(t)
	await(t, "the webhook", func() bool { return len(s.server.Calls("setWebhook")) == 3 })
	await(t, "the log to name the bot", func() bool { return s.log.holds("https://t.me/careline_test_bot") })
	got := s.server.Calls("setWebhook")[2].Params
	if got["url"] != s.web.URL+"/telegram/" || got["secret_token"] != secret || got["max_connections"] == "" ||
		got["allowed_updates"] != `["message","edited_message","callback_query","my_chat_member"]` {
		t.Errorf("registered %v", got)
	}
	s.watch.pass()
	await(t, "a look at the webhook", func() bool { return len(s.server.Calls("getWebhookInfo")) == 1 })
	if n := len(s.server.Calls("setWebhook")); n != 3 {
		t.Errorf("a good webhook was set again: %d times", n)
	}
	s.call(t, "deleteWebhook", "{}")
	s.watch.pass()
	await(t, "the webhook to be set again", func() bool { return len(s.server.Calls("setWebhook")) == 4 })
}

// call makes a call of another program with our token.
func (s *stage) call(t testing.TB, method, params string) {
	t.Helper()
	answer, err := http.Post(fmt.Sprintf("%s/bot%s/%s", s.server.URL(), s.server.Token(), method), "application/json", strings.NewReader(params))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

func TestHealthTellsWhatTelegramComplainsOf(t *testing.T) {
	s := build(t, hooked)
	if err := s.Healthy(t.Context()); err == nil {
		t.Error("a webhook that nobody runs is healthy")
	}
	s.clinic.refuse = 1
	s.run(t)
	await(t, "health", func() bool { return s.Healthy(t.Context()) == nil })
	s.server.Person(telegramtest.User{}).Write("привет")
	s.hears(t, 1)
	s.watch.advance(time.Since(s.watch.Now())) // the server's errors bear the machine's time
	s.watch.pass()
	await(t, "the complaint", func() bool { return s.Healthy(t.Context()) != nil })
	if err := s.Healthy(t.Context()); !strings.Contains(err.Error(), "503") {
		t.Errorf("health says %v", err)
	}
	await(t, "the log to tell", func() bool { return s.log.holds("Telegram cannot reach the webhook") })
}

func TestOptionsTellEverythingThatIsWrong(t *testing.T) {
	_, err := telegram.New(telegram.Options{Token: "1000 TEST", Mode: telegram.Webhook, Public: "http://clinic.example", Secret: "пароль", Rooms: []string{"5", "@group"}})
	if err == nil {
		t.Fatal("everything wrong is taken")
	}
	for _, piece := range []string{"token", "https", "secret", "group", "words"} {
		if !strings.Contains(err.Error(), piece) {
			t.Errorf("nothing is said of the %s: %v", piece, err)
		}
	}
	if strings.Contains(err.Error(), "1000 TEST") || strings.Contains(err.Error(), "пароль") {
		t.Errorf("a secret is told: %v", err)
	}
}
