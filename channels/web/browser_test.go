package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/channels/web"
	"careline/locales"
)

// watch is a clock moved by hand.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// stage is a chat that runs, and the clinic behind it.
type stage struct {
	*clinic
	web    *web.Web
	watch  *watch
	server *httptest.Server
	stop   context.CancelFunc
	ended  chan error
}

func open(t testing.TB, change ...func(*web.Options)) *stage {
	t.Helper()
	s := &stage{clinic: newClinic(), watch: &watch{now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}, ended: make(chan error, 1)}
	o := web.Options{Words: words, Mailbox: s.clinic, Files: s.clinic, Now: s.watch.Now, Clinic: func(string) string { return "Улыбка" }, Prefer: locales.Prefer}
	for _, c := range change {
		c(&o)
	}
	s.web = web.New(o)
	ctx, cancel := context.WithCancel(t.Context())
	s.stop = cancel
	go func() { s.ended <- s.web.Run(ctx, s.clinic) }()
	for s.web.Healthy(ctx) != nil { // until Run has begun
		runtime.Gosched()
	}
	s.server = httptest.NewServer(s.web)
	t.Cleanup(func() {
		cancel()
		s.server.Close()
	})
	return s
}

// browser is one person's.
type browser struct {
	t    *testing.T
	home string
	http.Client
	header http.Header
}

func (s *stage) browser(t *testing.T) *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{t: t, home: s.server.URL + "/chat/", Client: http.Client{Jar: jar}, header: http.Header{}}
}

// visit has a session already.
func (s *stage) visit(t *testing.T) *browser {
	b := s.browser(t)
	b.do("POST", "session", "", nil).Body.Close()
	return b
}

func (b *browser) do(method, path, kind string, body io.Reader) *http.Response {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.home+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header = b.header.Clone()
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	response, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { response.Body.Close() })
	return response
}

// post sends one message and returns the status and the code of a refusal.
func (b *browser) post(message string) (status int, code string, header http.Header) {
	b.t.Helper()
	return answerOf(b.do("POST", "messages", "application/json", strings.NewReader(message)))
}

func answerOf(response *http.Response) (status int, code string, header http.Header) {
	defer response.Body.Close()
	var body struct{ Error string }
	_ = json.NewDecoder(response.Body).Decode(&body)
	return response.StatusCode, body.Error, response.Header
}

// attach sends a file with a message.
func (b *browser) attach(message, name string, content []byte) (int, string) {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("message", message)
	part, _ := form.CreateFormFile("file", name)
	_, _ = part.Write(content)
	form.Close()
	status, code, _ := answerOf(b.do("POST", "messages", form.FormDataContentType(), &body))
	return status, code
}

// event of the live stream.
type event struct {
	name, id string
	line     struct {
		Seq     int64
		Mine    string
		Key     string
		Closes  string
		Redraws string
		Shown   []channels.Shown
	}
}

func (e event) text() string {
	var all []string
	for _, s := range e.line.Shown {
		all = append(all, s.Text)
	}
	return strings.Join(all, "|")
}

// listen opens the stream; next waits for an event.
func (b *browser) listen(after string) (next func() event) {
	b.t.Helper()
	b.header.Set("Last-Event-ID", after)
	response := b.do("GET", "events", "", nil)
	b.header.Del("Last-Event-ID")
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("the stream answers %s", response.Status)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	return func() event {
		b.t.Helper()
		var e event
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "event":
				e.name = value
			case "id":
				e.id = value
			case "data":
				if err := json.Unmarshal([]byte(value), &e.line); err != nil {
					b.t.Fatal(err)
				}
			case "":
				if e.name != "" {
					return e
				}
			}
		}
		e.name = "end"
		return e
	}
}

func (b *browser) chat(s *stage) string {
	b.t.Helper()
	before := len(s.inbox())
	if status, code, _ := b.post(`{"id":"who","text":"/start"}`); status != http.StatusAccepted {
		b.t.Fatalf("%d %s", status, code)
	}
	return s.inbox()[before].From.Chat
}

var errFull = errors.New("disk full")
