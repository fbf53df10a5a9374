package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"careline/channels/web"
)

func TestTheSessionOutlivesThePage(t *testing.T) {
	s := open(t)
	b := s.visit(t)
	b.post(`{"id":"a","text":"раз"}`)
	if r := b.do("POST", "session", "", nil); r.StatusCode != http.StatusOK {
		t.Errorf("a known browser is answered %s", r.Status)
	}
	b.post(`{"id":"b","text":"два"}`)
	in := s.inbox()
	if in[0].From != in[1].From {
		t.Error("the chat changed")
	}
}

func TestABrowserWithoutCookiesKeepsItsChatByAHeader(t *testing.T) {
	s := open(t)
	b := s.browser(t)
	b.Jar = nil
	var first struct{ Token string }
	if err := json.NewDecoder(b.do("POST", "session", "", nil).Body).Decode(&first); err != nil || len(first.Token) != 22 {
		t.Fatalf("token %q, %v", first.Token, err)
	}
	b.header.Set("X-Careline-Chat", first.Token)
	r := b.do("POST", "session", "", nil)
	if r.StatusCode != http.StatusOK || r.Header.Get("Set-Cookie") != "" {
		t.Errorf("known by the header: %s", r.Status)
	}
	if status, code, _ := b.post(`{"id":"a","text":"раз"}`); status != http.StatusAccepted {
		t.Errorf("%d %s", status, code)
	}
	if chat := s.inbox()[0].From.Chat; strings.Contains(chat, first.Token) {
		t.Error("the address gives the secret away")
	}
	b.header.Set("X-Careline-Chat", "guess")
	if status, _, _ := b.post(`{"id":"a","text":"раз"}`); status != http.StatusUnauthorized {
		t.Errorf("a guessed token: %d", status)
	}
}

func TestCookies(t *testing.T) {
	cookie := func(change func(*web.Options)) *http.Cookie {
		s := open(t, change)
		return s.browser(t).do("POST", "session", "", nil).Cookies()[0]
	}
	plain := cookie(func(*web.Options) {})
	if !plain.HttpOnly || plain.SameSite != http.SameSiteLaxMode || plain.Secure || plain.Path != "/chat/" {
		t.Errorf("on the clinic's own site: %s", plain)
	}
	framed := cookie(func(o *web.Options) { o.Secure, o.Ancestors = true, []string{"https://clinic.example"} })
	if !framed.HttpOnly || framed.SameSite != http.SameSiteNoneMode || !framed.Secure || !framed.Partitioned {
		t.Errorf("framed on another site: %s", framed)
	}
}
