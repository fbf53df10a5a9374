package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/web"
)

func TestWhatIsWrittenArrivesOnceWhateverIsRetried(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for range 3 {
		if status, code, _ := b.post(`{"id":"m1","text":" Болит зуб\u0000 ","language":"en","zone":"Asia/Yekaterinburg","source":"ad-7"}`); status != http.StatusAccepted {
			t.Fatalf("%d %s", status, code)
		}
	}
	in := s.inbox()
	if len(in) != 1 {
		t.Fatalf("%d messages arrived, want 1", len(in))
	}
	m := in[0]
	if m.Text != "Болит зуб" || m.Profile.Language != "en" || m.Profile.Zone != "Asia/Yekaterinburg" || m.Source != "ad-7" || !m.At.Equal(s.watch.Now()) {
		t.Errorf("arrived %+v", m)
	}
}

func TestTwoPeopleHaveTwoChatsAndMayUseTheSameIDs(t *testing.T) {
	s := open(t)
	s.visit(t).post(`{"id":"m1","text":"первый"}`)
	s.visit(t).post(`{"id":"m1","text":"вторая"}`)
	in := s.inbox()
	if len(in) != 2 || in[0].From == in[1].From {
		t.Fatalf("arrived %+v", in)
	}
}

func TestAMessageThatIsNotStoredIsNotAcknowledged(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	s.mu.Lock()
	s.refuse = errFull
	s.mu.Unlock()
	status, code, header := b.post(`{"id":"m1","text":"раз"}`)
	if status != http.StatusServiceUnavailable || code != "unavailable" || header.Get("Retry-After") == "" {
		t.Fatalf("%d %s, Retry-After %q", status, code, header.Get("Retry-After"))
	}
	s.mu.Lock()
	s.refuse = nil
	s.mu.Unlock()
	if status, _, _ := b.post(`{"id":"m1","text":"раз"}`); status != http.StatusAccepted || len(s.inbox()) != 1 {
		t.Errorf("the second try: %d, %d stored", status, len(s.inbox()))
	}
}

func TestThirtyMessagesInASecondLoseNothing(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	held := 0
	for i := range 30 {
		for {
			status, _, header := b.post(fmt.Sprintf(`{"id":"m%d","text":"%d"}`, i, i))
			if status == http.StatusAccepted {
				break
			}
			if status != http.StatusTooManyRequests || header.Get("Retry-After") != "1" {
				t.Fatalf("message %d: %d, Retry-After %q", i, status, header.Get("Retry-After"))
			}
			held++
			s.watch.pass(time.Second)
		}
	}
	if held == 0 {
		t.Error("nothing was held back")
	}
	for i, m := range s.inbox() {
		if m.Text != fmt.Sprint(i) {
			t.Fatalf("message %d is %q", i, m.Text)
		}
	}
	if n := len(s.inbox()); n != 30 {
		t.Errorf("%d of 30 arrived", n)
	}
}

func TestBadMessagesAreRefusedClearly(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for name, c := range map[string]struct {
		body, code string
		status     int
	}{
		"no JSON":          {`зуб`, "json", 400},
		"two messages":     {`{"id":"a","text":"b"}{"id":"c","text":"d"}`, "json", 400},
		"unknown field":    {`{"id":"a","text":"b","admin":true}`, "json", 400},
		"no id":            {`{"text":"b"}`, "id", 400},
		"a foreign id":     {`{"id":"../x","text":"b"}`, "id", 400},
		"nothing said":     {`{"id":"a","text":" \n "}`, "empty", 400},
		"a long choice":    {`{"id":"a","choice":"` + strings.Repeat("x", 65) + `"}`, "choice", 400},
		"a choice in Кyr":  {`{"id":"a","choice":"да"}`, "choice", 400},
		"too long a text":  {`{"id":"a","text":"` + strings.Repeat("я", 20_001) + `"}`, "too_long", 413},
		"an endless body":  {`{"id":"a","text":"` + strings.Repeat("я", 300_000) + `"}`, "too_long", 413},
		"emoji over limit": {`{"id":"a","text":"` + strings.Repeat("😀", 10_001) + `"}`, "too_long", 413},
	} {
		t.Run(name, func(t *testing.T) {
			s.watch.pass(time.Minute)
			if status, code, _ := b.post(c.body); status != c.status || code != c.code {
				t.Errorf("%d %s, want %d %s", status, code, c.status, c.code)
			}
		})
	}
	if n := len(s.inbox()); n != 0 {
		t.Errorf("%d bad messages were stored", n)
	}
	s.watch.pass(time.Minute)
	if status, _, _ := b.post(`{"id":"a","text":"` + strings.Repeat("я", 10_000) + `"}`); status != http.StatusAccepted {
		t.Errorf("10,000 characters: %d", status)
	}
}

func TestOddSettingsOfABrowserDoNotBlockItsMessage(t *testing.T) {
	s := open(t)
	s.visit(t).post(`{"id":"a","text":"привет","zone":"../../etc/passwd","language":"xx","source":"<script>"}`)
	if m := s.inbox()[0]; m.Profile.Zone != "" || m.Profile.Language != "" || m.Source != "" {
		t.Errorf("arrived %+v", m)
	}
}

func TestWrongMethodsMediaAndStrangers(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	for _, c := range []struct {
		method, path, kind string
		status             int
	}{
		{"GET", "messages", "", 405}, {"DELETE", "events", "", 405}, {"PUT", "session", "", 405}, {"POST", "", "", 405},
		{"POST", "messages", "text/plain", 415}, {"POST", "messages", "", 415}, {"GET", "nowhere", "", 404}, {"GET", "../secret", "", 404},
	} {
		if got := b.do(c.method, c.path, c.kind, nil); got.StatusCode != c.status {
			t.Errorf("%s %s %s: %d, want %d", c.method, c.path, c.kind, got.StatusCode, c.status)
		}
	}
	stranger := s.browser(t)
	if status, code, _ := stranger.post(`{"id":"a","text":"b"}`); status != http.StatusUnauthorized || code != "session" {
		t.Errorf("without a session: %d %s", status, code)
	}
	b.header.Set("Origin", "https://evil.example")
	b.header.Set("Sec-Fetch-Site", "cross-site")
	if status, code, _ := b.post(`{"id":"a","text":"b"}`); status != http.StatusForbidden || code != "origin" {
		t.Errorf("from another site: %d %s", status, code)
	}
	if n := len(s.inbox()); n != 0 {
		t.Errorf("%d messages were stored", n)
	}
}

func TestSendSaysYesAgainAndAgain(t *testing.T) {
	s := open(t)
	to := channels.Address{Channel: "web", Chat: s.visit(t).chat(s)}
	for range 2 {
		if receipt, err := s.web.Send(t.Context(), to, channels.Outgoing{Key: "k7", Text: "Ждём вас"}); err != nil || receipt.ID != "k7" {
			t.Errorf("receipt %+v, %v", receipt, err)
		}
	}
	for _, to := range []channels.Address{{Channel: "telegram", Chat: to.Chat}, {Channel: "web", Chat: "../x"}} {
		var failed *channels.Error
		if _, err := s.web.Send(t.Context(), to, channels.Outgoing{Key: "k8"}); !errors.As(err, &failed) || failed.Kind != channels.Rejected {
			t.Errorf("a foreign address: %v", err)
		}
	}
}

func TestBeforeRunAndAfterItPagesAreAskedToWait(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	next := b.listen("0")
	next()
	s.stop()
	if err := <-s.ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Run ended with %v", err)
	}
	if e := next(); e.name != "end" {
		t.Errorf("the stream goes on with %+v", e)
	}
	if status, _, header := b.post(`{"id":"a","text":"b"}`); status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
		t.Errorf("after Run: %d", status)
	}
	if s.web.Healthy(t.Context()) == nil {
		t.Error("a stopped chat calls itself healthy")
	}
}

func TestChatsWithoutAFileStoreTakeNoFiles(t *testing.T) {
	s := open(t, func(o *web.Options) { o.Files = nil })
	if status, _ := s.visit(t).attach(`{"id":"a"}`, "x.pdf", []byte("%PDF-1.7")); status != http.StatusUnsupportedMediaType {
		t.Errorf("a file: %d", status)
	}
	if s.web.Caps().Files {
		t.Error("the caps promise files")
	}
}
