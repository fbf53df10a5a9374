package api_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"careline/bot/web/api"
)

func TestOnlyWhoKnowsTheSecretIsHeard(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
	for story, spoil := range map[string]func(*http.Request){
		"no signature":          func(r *http.Request) { r.Header.Del("webhook-signature") },
		"no id":                 func(r *http.Request) { r.Header.Del("webhook-id") },
		"no timestamp":          func(r *http.Request) { r.Header.Del("webhook-timestamp") },
		"another id":            func(r *http.Request) { r.Header.Set("webhook-id", "msg-2") },
		"another timestamp":     func(r *http.Request) { r.Header.Set("webhook-timestamp", strconv.FormatInt(noon.Unix()+1, 10)) },
		"a timestamp in words":  func(r *http.Request) { r.Header.Set("webhook-timestamp", "noon") },
		"the end of all time":   func(r *http.Request) { r.Header.Set("webhook-timestamp", "9223372036854775807") },
		"another version":       func(r *http.Request) { again(r, func(s string) string { return "v2" + s[2:] }) },
		"a signature cut short": func(r *http.Request) { again(r, func(s string) string { return s[:len(s)-4] }) },
		"a signature of air":    func(r *http.Request) { again(r, func(string) string { return "v1," }) },
		"no version":            func(r *http.Request) { again(r, func(s string) string { return s[3:] }) },
	} {
		r := w.signed("msg-1", told)
		spoil(r)
		if s := w.posts(r); s.Status != http.StatusUnauthorized || s.Code != "signature" {
			t.Errorf("%s: %d %s", story, s.Status, s.body)
		}
	}
	if log := w.log.String(); log != "" {
		t.Errorf("a stranger can fill the log: %s", log)
	}
	r := w.signed("msg-1", told)
	again(r, func(s string) string { return "v1a,bm9uZQ== v1,bm9uZQ== " + s }) // of several, one fits
	if s := w.posts(r); s.Result != "done" {
		t.Errorf("several signatures: %d %s", s.Status, s.body)
	}
}

func again(r *http.Request, change func(string) string) {
	r.Header.Set("webhook-signature", change(r.Header.Get("webhook-signature")))
}

func TestASignatureHoldsFiveMinutes(t *testing.T) {
	w := newWorld(t, onSQLite(t))
	w.books("MIS-1", time.Hour)
	told := body("visit.confirmed", -time.Hour, `{"external_id": "MIS-1"}`)
	for _, c := range []struct {
		story string
		late  time.Duration // of our clock behind the sender's
		want  int
	}{
		{"five minutes old", 5 * time.Minute, 200}, {"older", 5*time.Minute + time.Second, 401},
		{"five minutes ahead", -5 * time.Minute, 200}, {"further ahead", -5*time.Minute - time.Second, 401},
	} {
		r := w.signed(w.id(), told)
		w.clock.Advance(c.late)
		if s := w.posts(r); s.Status != c.want {
			t.Errorf("%s: %d %s", c.story, s.Status, s.body)
		}
		w.clock.Advance(-c.late)
	}
}

func TestTwoSecretsWhileOneReplacesTheOther(t *testing.T) {
	both, err := api.ParseKeys("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD," + secret)
	if err != nil {
		t.Fatal(err)
	}
	told := body("visit.confirmed", 0, `{"external_id": "MIS-1"}`)
	for story, c := range map[string]struct {
		keys api.Keys
		want int
	}{"old and new": {both, 200}, "only the new": {both[:1], 401}} {
		w := newWorld(t, onSQLite(t), func(p *api.Parts) { p.Keys = c.keys })
		w.books("MIS-1", time.Hour)
		if s := w.posts(w.signed("msg-1", told)); s.Status != c.want {
			t.Errorf("%s: %d %s", story, s.Status, s.body)
		}
	}
}

func TestSecretsThatAreNone(t *testing.T) {
	for _, s := range []string{"", ",", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + strings.Repeat("A", 88), secret + ",whsec_пароль"} {
		if keys, err := api.ParseKeys(s); err == nil {
			t.Errorf("%q is taken as %d keys", s, len(keys))
		}
	}
}
