package web_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"careline/channels/web"
)

func read(t *testing.T, r *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestThePageIsSmallStrictAndComplete(t *testing.T) {
	s := open(t, func(o *web.Options) { o.Ancestors = []string{"https://clinic.example"} })
	b := s.browser(t)
	r := b.do("GET", "", "", nil)
	page := read(t, r)
	csp := r.Header.Get("Content-Security-Policy")
	if strings.Contains(csp, "unsafe") || !strings.HasSuffix(csp, "frame-ancestors 'self' https://clinic.example") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", r.Header)
	}
	if regexp.MustCompile(`<[^>]* (style|on\w+)=`).MatchString(page) {
		t.Error("the page has inline styles or handlers, which its policy forbids")
	}
	if strings.Contains(page, `:""`) && !strings.Contains(page, `"source":""`) {
		t.Error("some words of the page are empty")
	}
	total, seen := len(page), map[string]bool{}
	queue := regexp.MustCompile(`(?:href|src)="([a-z]+\.(?:js|css|svg))"`).FindAllStringSubmatch(page, -1)
	for len(queue) > 0 {
		name := queue[0][1]
		queue = queue[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		r := b.do("GET", name, "", nil)
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", name, r.Status)
		}
		body := read(t, r)
		total += len(body)
		queue = append(queue, regexp.MustCompile(`from "\./([a-z]+\.js)"`).FindAllStringSubmatch(body, -1)...)
		b.header.Set("If-None-Match", r.Header.Get("ETag"))
		if again := b.do("GET", name, "", nil); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s is sent again: %s", name, again.Status)
		}
		b.header.Del("If-None-Match")
	}
	if len(seen) < 8 {
		t.Errorf("the page loads only %v", seen)
	}
	if total > 60_000 {
		t.Errorf("the first page has %d bytes, want at most 60,000", total)
	}
}

func TestThePageSpeaksTheReadersLanguage(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ query, accept, want string }{
		{"", "", "ru"}, {"", "en-GB,en;q=0.9,ru;q=0.5", "en"}, {"", "de,ru;q=0.8", "ru"}, {"?lang=en", "ru", "en"}, {"?lang=xx", "ru", "ru"}, {"", "fr", "ru"}, {"", ";;", "ru"},
	} {
		b := s.browser(t)
		if c.accept != "" {
			b.header.Set("Accept-Language", c.accept)
		}
		if page := read(t, b.do("GET", c.query, "", nil)); !strings.Contains(page, `<html lang="`+c.want+`">`) {
			t.Errorf("%q with %q is not in %s", c.query, c.accept, c.want)
		}
	}
}

func TestNothingInTheAddressGetsIntoThePageAsCode(t *testing.T) {
	s := open(t)
	page := read(t, s.browser(t).do("GET", `?source="><script>alert(1)</script>&color=red;x&lang=<b>`, "", nil))
	if strings.Contains(page, "alert(1)") || strings.Contains(page, "red;x") {
		t.Error("the page repeats the address")
	}
	page = read(t, s.browser(t).do("GET", `?source=ad-7&color=0a7d5c&widget=1`, "", nil))
	for _, want := range []string{`"source":"ad-7"`, `"color":"#0a7d5c"`, `class="chat framed"`, `href="?color=%230a7d5c&amp;lang=en&amp;source=ad-7&amp;widget=1"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestTheWidgetMayBeLoadedFromAnySite(t *testing.T) {
	s := open(t)
	r := s.browser(t).do("GET", "widget.js", "", nil)
	body := read(t, r)
	if r.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || !strings.Contains(r.Header.Get("Content-Type"), "javascript") {
		t.Errorf("headers %v", r.Header)
	}
	if !strings.HasSuffix(strings.TrimSpace(body), "});") || !strings.Contains(body, `"open":"Открыть чат"`) {
		t.Errorf("the widget ends %q", body[len(body)-80:])
	}
}
