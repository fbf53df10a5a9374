package web_test

import (
	"context"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"careline/bot/web/largetest"
)

// mostWeight of a first visit to a page, with all that it loads, as it goes over the wire.
const mostWeight = 150_000

var loaded = regexp.MustCompile(`<(?:link|script)[^>]* (?:href|src)="(/desk/[^"]+)"`)

// Every page is light, even where forty practitioners work and a chat has no end; a list has so many lines and «more».
func TestEveryPageIsLight(t *testing.T) {
	for _, e := range largetest.Engines() {
		t.Run(e.Name, func(t *testing.T) {
			o := largetest.Fill(t, e, largetest.Small).Open(t)
			c := o.SignIn(t, 0)
			assets := map[string]int{}
			for _, s := range sights() {
				if strings.Contains(s.path, "older") {
					s.path = strings.NewReplacer("c0:9000", "c0:600").Replace(s.path)
				}
				weight, text := look(t, c, o.URL, s)
				for _, found := range loaded.FindAllStringSubmatch(text, -1) {
					at := found[1]
					if assets[at] == 0 {
						assets[at], _ = look(t, c, o.URL, sight{path: at})
					}
					weight += assets[at]
				}
				if weight > mostWeight {
					t.Errorf("%s weighs %d kB", s.name, weight/1000)
				}
				if rows := strings.Count(text, "data-row"); strings.HasPrefix(s.name, "inbox") && rows > 50 {
					t.Errorf("%s has %d lines", s.name, rows)
				}
				if s.name == "inbox" && !strings.Contains(text, `rel="next"`) {
					t.Error("the inbox has no more than its first page")
				}
				if lines := strings.Count(text, `id="l-`); lines > 100 {
					t.Errorf("%s has %d messages", s.name, lines)
				}
			}
		})
	}
}

// Desks that are closed leave nothing behind: neither who wrote to them nor who looked for them.
func TestClosedDesksLeaveNothingBehind(t *testing.T) {
	o := largetest.Fill(t, largetest.Engines()[0], largetest.Small).Open(t)
	c := o.SignIn(t, 1)
	look(t, c, o.URL, sight{path: "/desk/inbox"})
	before := runtime.NumGoroutine()
	for range 15 {
		for _, path := range []string{"/desk/inbox/live", "/desk/inbox/live?show=chats", "/desk/today/live?branch=moscow", "/desk/chats/" + largetest.LongChat + "/live"} {
			glance(t, c, o.URL+path)
		}
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for began := time.Now(); runtime.NumGoroutine() > before+10; <-tick.C {
		if time.Since(began) > time.Minute {
			t.Fatalf("%d goroutines before 60 streams, %d after", before, runtime.NumGoroutine())
		}
	}
}

// glance opens a live page, and leaves when it has shown something.
func glance(t *testing.T, c *http.Client, url string) {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := answer.Body.Read(make([]byte, 100)); err != nil {
		t.Fatalf("%s shows nothing: %v", url, err)
	}
}
