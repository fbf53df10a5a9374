package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
)

// ear is a bot's webhook; refuse is how many updates it turns away first.
type ear struct {
	mu     sync.Mutex
	refuse int
	secret []string
	texts  []string
	answer string
	heard  chan string
}

func (e *ear) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	body, _ := io.ReadAll(r.Body) // what was cut off does not decode
	var u struct{ Message struct{ Text string } }
	if err := json.Unmarshal(body, &u); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	e.secret = append(e.secret, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	if e.refuse > 0 {
		e.refuse--
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	e.texts = append(e.texts, u.Message.Text)
	_, _ = io.WriteString(w, e.answer)
	e.heard <- u.Message.Text
}

func listen(t *testing.T, e *ear) string {
	t.Helper()
	e.heard = make(chan string, 100)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return server.URL + "/hook"
}

// A webhook gets each update until it takes it, in order, with the secret, and what waited for a poll too.
func TestAWebhookIsCalledUntilItTakesTheUpdate(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{Impatience: time.Millisecond})
	p := s.Person(telegramtest.User{})
	p.Write("слово 0")
	e := &ear{refuse: 3}
	if a := call(t, s, "setWebhook", object{"url": listen(t, e), "secret_token": "only-we-know", "max_connections": 2}); !a.OK {
		t.Fatalf("%+v", a)
	}
	want := []string{"слово 0"}
	for i := 1; i < 10; i++ {
		want = append(want, fmt.Sprint("слово ", i))
		p.Write(want[i])
	}
	for range want {
		<-e.heard
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if !slices.Equal(e.texts, want) || len(e.secret) != len(want)+3 || slices.ContainsFunc(e.secret, func(s string) bool { return s != "only-we-know" }) {
		t.Errorf("heard %q with secrets %q", e.texts, e.secret)
	}
	if a := call(t, s, "getUpdates", nil); a.Code != 409 || !strings.Contains(a.Description, "webhook is active") {
		t.Errorf("a poll beside a webhook: %+v", a)
	}
	if a := call(t, s, "getWebhookInfo", nil); !strings.Contains(string(a.Result), `"last_error_message":"Wrong response from the webhook: 503`) {
		t.Errorf("the trouble is not told: %s", a.Result)
	}
}

// What the webhook never took waits for the next poll.
func TestADeletedWebhookLeavesItsUpdates(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{Impatience: time.Hour})
	p := s.Person(telegramtest.User{})
	call(t, s, "setWebhook", object{"url": "http://127.0.0.1:1/nobody"})
	a, b := p.Write("раз").Update, p.Write("два").Update
	if s.Pending() != 2 {
		t.Errorf("%d pending", s.Pending())
	}
	call(t, s, "deleteWebhook", nil)
	if got := call(t, s, "getUpdates", nil).ids(t); !slices.Equal(got, []int64{a, b}) {
		t.Errorf("left %v", got)
	}
}

// A webhook may answer with a call.
func TestAWebhookAnswersWithACall(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	e := &ear{answer: fmt.Sprintf(`{"method":"sendMessage","chat_id":%d,"text":"Слышу вас"}`, p.ChatID())}
	call(t, s, "setWebhook", object{"url": listen(t, e)})
	p.Write("ау")
	read(t, p.Seat, "Слышу вас")
}
