package vktest_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels/vk/vktest"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/callback"
	"github.com/SevereCloud/vksdk/v2/events"
)

const secret = "s3cret"

// door is a bot's address: how it answers its posts, by turns and then «ok», and what came.
type door struct {
	mu      sync.Mutex
	answers []func(w http.ResponseWriter)
	came    []string
	retries []string
	all     chan struct{}
	want    int
	url     string
}

func opens(t *testing.T, s *vktest.Server, want int, answers ...func(http.ResponseWriter)) *door {
	t.Helper()
	d := &door{answers: answers, want: want, all: make(chan struct{})}
	server := httptest.NewServer(d)
	t.Cleanup(server.Close)
	d.url = server.URL
	if err := s.SetCallback(d.url, secret); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if strings.Contains(string(body), `"type":"confirmation"`) {
		_, _ = io.WriteString(w, vktest.Confirmation)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	_, text, _ := strings.Cut(string(body), `"text":"`)
	text, _, _ = strings.Cut(text, `"`)
	d.came = append(d.came, text)
	d.retries = append(d.retries, r.Header.Get("X-Retry-Counter"))
	if len(d.came) == d.want {
		close(d.all)
	}
	if n := len(d.came) - 1; n < len(d.answers) && d.answers[n] != nil {
		d.answers[n](w)
		return
	}
	_, _ = io.WriteString(w, "ok")
}

// wait for all that the door wants, and tell what came.
func (d *door) wait(t *testing.T) []string {
	t.Helper()
	select {
	case <-d.all:
	case <-soon(t).Done():
		d.mu.Lock()
		defer d.mu.Unlock()
		t.Fatalf("came %q, want %d", d.came, d.want)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.came)
}

func says(code int, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { w.WriteHeader(code); _, _ = io.WriteString(w, body) }
}

// The real client confirms, checks the secret and takes events; one whose handler asks for later comes later.
func TestTheRealClientByCallback(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	cb := callback.NewCallback()
	cb.ConfirmationKey, cb.SecretKey, cb.ErrorLog = s.Confirmation(), secret, log.New(io.Discard, "", 0)
	c := clinic{client(s)}
	tries := make(chan int, 10)
	cb.MessageNew(func(ctx context.Context, e events.MessageNewObject) {
		try := callback.RetryCounterFromContext(ctx)
		tries <- try
		if try == 0 {
			callback.RetryAfter(ctx, http.StatusServiceUnavailable, time.Now().Add(-time.Second))
			return
		}
		c.answer(e.Message)
	})
	server := httptest.NewServer(http.HandlerFunc(cb.HandleFunc))
	t.Cleanup(server.Close)
	if err := s.SetCallback(server.URL, "another"); err == nil {
		t.Error("the wrong secret was confirmed")
	}
	if err := s.SetCallback(server.URL, secret); err != nil {
		t.Fatal(err)
	}
	<-s.Asked()
	p := s.Person(vktest.User{})
	said := p.Write("привет")
	read(t, p.Seat, "Вы сказали: привет")
	if a, err := s.Confirm(); err != nil || a.Body != s.Confirmation() {
		t.Errorf("asked again it says %+v, %v", a, err)
	}
	if a, err := s.Post(server.URL, `{"type":"message_new","group_id":1,"secret":"wrong"}`); err != nil || a.Code != http.StatusForbidden {
		t.Errorf("somebody else is answered %+v, %v", a, err)
	}
	if s.Brought(said.Update) != 2 {
		t.Errorf("brought %d times", s.Brought(said.Update))
	}
	s.EndCallback()
	if first, second := <-tries, <-tries; first != 0 || second != 1 || s.Pending() != 1 {
		t.Errorf("tries %d and %d, %d pending by Long Poll", first, second, s.Pending())
	}
}

// Whatever is not exactly «ok» brings the event again, with the number of the try, before the person's next one.
func TestRedeliveryKeepsTheOrderOfAPerson(t *testing.T) {
	s := vktest.Start(t, vktest.Options{Impatience: time.Millisecond})
	d := opens(t, s, 5, says(500, "ok"), says(200, "OK"), says(200, "ok\n"), nil, nil)
	p := s.Person(vktest.User{})
	p.Write("раз")
	p.Write("два")
	if came := d.wait(t); !slices.Equal(came, []string{"раз", "раз", "раз", "раз", "два"}) || !slices.Equal(d.retries, []string{"", "1", "2", "3", ""}) {
		t.Errorf("came %q, tries %q", came, d.retries)
	}
}

// Somebody's event that cannot be taken does not hold up the others.
func TestOthersDoNotWait(t *testing.T) {
	s := vktest.Start(t, vktest.Options{Impatience: time.Minute})
	refused := make(chan struct{})
	d := opens(t, s, 2, func(w http.ResponseWriter) { w.WriteHeader(500); close(refused) })
	poison, other := s.Person(vktest.User{}), s.Person(vktest.User{})
	poison.Write("яд")
	<-refused
	other.Write("привет")
	if came := d.wait(t); !slices.Equal(came, []string{"яд", "привет"}) || s.Pending() == 0 {
		t.Errorf("came %q, %d pending", came, s.Pending())
	}
}

// What one address has not taken goes to the next one.
func TestAnotherAddress(t *testing.T) {
	s := vktest.Start(t, vktest.Options{Impatience: time.Minute})
	first := opens(t, s, 1, says(503, ""))
	said := s.Person(vktest.User{}).Write("раз")
	first.wait(t)
	if err := s.SetCallback("http://127.0.0.1:1", secret); err == nil {
		t.Error("confirmed by nobody")
	}
	second := opens(t, s, 1)
	if came := second.wait(t); !slices.Equal(came, []string{"раз"}) || s.Brought(said.Update) != 2 {
		t.Errorf("came %q, brought %d times", came, s.Brought(said.Update))
	}
}

// After too many failures in a row nothing is brought for a while, and then all of it.
func TestThePauseAfterFailures(t *testing.T) {
	const pause = 80 * time.Millisecond
	s := vktest.Start(t, vktest.Options{Impatience: time.Millisecond, PauseAfter: 2, Pause: pause})
	var failed time.Time
	d := opens(t, s, 3, says(500, ""), func(w http.ResponseWriter) { failed = time.Now(); w.WriteHeader(500) })
	s.Person(vktest.User{}).Write("раз")
	if came := d.wait(t); len(came) != 3 || time.Since(failed) < pause {
		t.Errorf("came %q, %v after the second failure", came, time.Since(failed))
	}
}

// By the dice an event overtakes the one before it.
func TestOutOfOrder(t *testing.T) {
	s := vktest.Start(t, vktest.Options{Impatience: time.Millisecond})
	release := make(chan struct{})
	d := opens(t, s, 3, func(w http.ResponseWriter) { <-release; _, _ = io.WriteString(w, "ok") })
	s.SetFaults(vktest.Faults{OutOfOrder: 1})
	p := s.Person(vktest.User{})
	p.Write("раз")
	p.Write("два")
	p.Write("три")
	close(release)
	if came := d.wait(t); slices.Equal(came, []string{"раз", "два", "три"}) {
		t.Errorf("came in order: %q", came)
	}
}

func TestAnEventThatComesTwice(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	d := opens(t, s, 2)
	s.SetFaults(vktest.Faults{Again: 1})
	said := s.Person(vktest.User{}).Write("раз")
	if came := d.wait(t); !slices.Equal(came, []string{"раз", "раз"}) || s.Brought(said.Update) != 2 {
		t.Errorf("came %q, brought %d times", came, s.Brought(said.Update))
	}
}

func TestAnAddressThatDoesNotConfirm(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	for _, body := range []string{"", "ok", vktest.Confirmation + "\n"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
		if err := s.SetCallback(server.URL, secret); err == nil {
			t.Errorf("confirmed by %q", body)
		}
		server.Close()
	}
	if err := s.SetCallback("http://127.0.0.1:1", ""); err == nil {
		t.Error("confirmed by nobody")
	}
	status(t, s, "http://127.0.0.1:1", "failed")
	status(t, s, opens(t, s, 1).url, "ok")
}

func status(t *testing.T, s *vktest.Server, url, want string) {
	t.Helper()
	got, err := client(s).GroupsGetCallbackServers(api.Params{"group_id": s.GroupID()})
	if err != nil || len(got.Items) != 1 || got.Items[0].URL != url || got.Items[0].Status != want {
		t.Errorf("callback servers %+v, %v; want %s %s", got, err, url, want)
	}
}

// What the managers took out is not brought until the bot ticks it again.
func TestUntickedEventsAreNotBrought(t *testing.T) {
	s := vktest.Start(t, vktest.Options{})
	d := opens(t, s, 2)
	p := s.Person(vktest.User{})
	s.Untick("message_new", "message_deny")
	p.Write("раз")
	p.Deny()
	server := api.Params{"group_id": s.GroupID(), "server_id": 1}
	set, err := client(s).GroupsGetCallbackSettings(server)
	if err != nil || bool(set.Events.MessageNew) || !bool(set.Events.MessageReply) {
		t.Errorf("settings %+v, %v", set.Events, err)
	}
	if _, err := client(s).GroupsSetCallbackSettings(api.Params{"group_id": s.GroupID(), "server_id": 1, "message_new": true, "message_reply": false}); err != nil {
		t.Error(err)
	}
	s.Admin().ReplyTo(p, "два")
	p.Write("три")
	s.Person(vktest.User{}).Write("три")
	if came := d.wait(t); !slices.Equal(came, []string{"три", "три"}) {
		t.Errorf("came %q", came)
	}
}
