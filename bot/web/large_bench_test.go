package web_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"careline/bot/web/largetest"
)

// sight is a page that people look at.
type sight struct {
	name, path string
	form       url.Values // it is asked for by POST
}

// sights are the first pages of everything that the desk shows.
func sights() []sight {
	long, patient := "/desk/chats/"+largetest.LongChat, "/desk/patients/"+largetest.LongPatient
	search := func(name, query string) sight {
		return sight{"patients " + name, "/desk/patients", url.Values{"query": {query}}}
	}
	return []sight{
		{name: "inbox", path: "/desk/inbox"},
		{name: "inbox mine", path: "/desk/inbox?show=mine"},
		{name: "inbox nobody's", path: "/desk/inbox?show=nobody"},
		{name: "inbox closed", path: "/desk/inbox?show=closed"},
		{name: "inbox chats", path: "/desk/inbox?show=chats"},
		{name: "inbox chats of a messenger", path: "/desk/inbox?show=chats&channel=web"},
		{name: "inbox of a kind", path: "/desk/inbox?kind=red_flag"},
		{name: "inbox of a branch", path: "/desk/inbox?branch=moscow"},
		{name: "inbox of another branch", path: "/desk/inbox?branch=yekaterinburg"},
		{name: "inbox of a messenger", path: "/desk/inbox?channel=vk"},
		{name: "chat", path: "/desk/chats/" + largetest.Contact(38)},
		{name: "chat of 10,000", path: long},
		{name: "chat of 10,000 older", path: long + "/older?to=c0:9000"},
		{name: "chat of 10,000 oldest", path: long + "/older?to=c0:60"},
		{name: "today", path: "/desk/today?branch=moscow"},
		{name: "today of one", path: "/desk/today?branch=moscow&doctor=p3"},
		{name: "schedule day of 40", path: "/desk/schedule?branch=moscow"},
		{name: "schedule week", path: "/desk/schedule?branch=moscow&doctor=p3"},
		{name: "patients", path: "/desk/patients"},
		search("by name", "Беленко Анна"),
		search("by part", "бел"),
		search("by phone", largetest.Phone(42)),
		search("by end of phone", largetest.Phone(42)[8:]),
		search("by nobody's", "Щщщщ"),
		{name: "card", path: "/desk/patients/" + largetest.Patient(42)},
		{name: "card of 10,000", path: patient},
		{name: "numbers", path: "/desk/numbers"},
		{name: "numbers of a year", path: "/desk/numbers?days=365"},
		{name: "scripts", path: "/desk/scripts"},
		{name: "script", path: "/desk/scripts/booking"},
		{name: "channels", path: "/desk/channels"},
		{name: "people", path: "/desk/people"},
		{name: "audit", path: "/desk/audit"},
		{name: "audit of one", path: "/desk/audit?account=a7"},
		{name: "audit of a patient", path: "/desk/audit?patient=p0"},
		{name: "audit of a day", path: "/desk/audit?day=2026-08-03"},
	}
}

// look asks for the page as a browser does, and tells what came over the wire and what it was.
func look(t testing.TB, c *http.Client, base string, s sight) (wire int, text string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+s.path, nil)
	if s.form != nil {
		r, err = http.NewRequestWithContext(t.Context(), http.MethodPost, base+s.path, strings.NewReader(s.form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d", s.path, answer.StatusCode)
	}
	wire = len(body)
	if answer.Header.Get("Content-Encoding") == "gzip" {
		unpacked, err := gzip.NewReader(strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		if body, err = io.ReadAll(unpacked); err != nil {
			t.Fatal(err)
		}
	}
	return wire, string(body)
}

// BenchmarkDesk is the desk of a clinic with 100,000 patients and 1,000,000 messages.
func BenchmarkDesk(b *testing.B) {
	for _, e := range largetest.Engines() {
		b.Run(e.Name, func(b *testing.B) {
			began := time.Now()
			o := largetest.Fill(b, e, largetest.Large).Open(b)
			fmt.Printf("filled %s in %.0f s\n", e.Name, time.Since(began).Seconds())
			c := o.SignIn(b, 0)
			for _, s := range sights() {
				b.Run(s.name, func(b *testing.B) { measure(b, c, o.URL, s) })
			}
			b.Run("a message arrives", func(b *testing.B) { arrival(b, o) })
		})
	}
}

func measure(b *testing.B, c *http.Client, base string, s sight) {
	var wire int
	var text string
	began := time.Now()
	look(b, c, base, s)
	first := time.Since(began)
	for b.Loop() {
		wire, text = look(b, c, base, s)
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N), "ms/page")
	b.ReportMetric(first.Seconds()*1000, "ms-first")
	b.ReportMetric(float64(wire)/1000, "kB-wire")
	b.ReportMetric(float64(len(text))/1000, "kB-html")
	b.ReportMetric(0, "ns/op")
}
