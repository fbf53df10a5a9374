package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
)

// stage is Telegram on loopback, our channel on it, and the clinic behind.
type stage struct {
	*telegram.Telegram
	server  *telegramtest.Server
	options telegram.Options
	clinic  *clinic
	watch   *watch
	log     *diary
	web     *httptest.Server // what Telegram's webhook reaches
	stop    func()
	ended   chan error
}

const secret = "s3cret-of-the-webhook"

// build makes the channel without running it.
func build(t testing.TB, change ...func(*telegram.Options)) *stage {
	t.Helper()
	s := &stage{
		server: telegramtest.Start(t, telegramtest.Options{Impatience: time.Millisecond}), clinic: newClinic(), watch: newWatch(), log: &diary{},
	}
	s.web = httptest.NewServer(nil)
	t.Cleanup(s.web.Close)
	s.options = telegram.Options{
		Token: s.server.Token(), API: s.server.URL(), Words: words, Now: s.watch.Now, Pause: s.watch.Pause,
		Clinic: fstest.MapFS{"media/smile.png": {Data: pixel}, "media/price.pdf": {Data: []byte("%PDF-1.7")}},
		Log:    slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&s.options)
	}
	s.Telegram = s.another(t, s.options)
	s.web.Config.Handler = s.Telegram
	return s
}

// hooked has updates brought by a webhook.
func hooked(o *telegram.Options) {
	o.Mode, o.Secret = telegram.Webhook, secret
}

func (s *stage) another(t testing.TB, o telegram.Options) *telegram.Telegram {
	t.Helper()
	if o.Mode == telegram.Webhook {
		o.Public = s.web.URL
	}
	made, err := telegram.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// open is build with the channel running until the test ends.
func open(t testing.TB, change ...func(*telegram.Options)) *stage {
	t.Helper()
	s := build(t, change...)
	s.run(t)
	return s
}

func (s *stage) run(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	s.ended = make(chan error, 1)
	go func() { s.ended <- s.Run(ctx, s.clinic) }()
	var once sync.Once
	s.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-s.ended; !errors.Is(err, context.Canceled) {
				t.Errorf("Run ended with %v", err)
			}
		})
	}
	t.Cleanup(s.stop)
	await(t, "Run to register", func() bool { return len(s.server.Calls("getUpdates"))+len(s.server.Calls("setWebhook")) > 0 })
}

func (s *stage) address(p *telegramtest.Seat) channels.Address {
	return channels.Address{Channel: "telegram", Chat: strconv.FormatInt(p.ChatID(), 10)}
}

// send shows m to the person.
func (s *stage) send(t testing.TB, p *telegramtest.Seat, m channels.Outgoing) channels.Receipt {
	t.Helper()
	receipt, err := s.Send(t.Context(), s.address(p), m)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return receipt
}

// fails is the error of a Send that has to fail.
func (s *stage) fails(t testing.TB, p *telegramtest.Seat, m channels.Outgoing) *channels.Error {
	t.Helper()
	_, err := s.Send(t.Context(), s.address(p), m)
	var failed *channels.Error
	if !errors.As(err, &failed) {
		t.Fatalf("Send says %v, want a *channels.Error", err)
	}
	if strings.Contains(err.Error(), s.server.Token()) {
		t.Error("the error holds the token")
	}
	return failed
}

func words(_, id string) string {
	return map[string]string{
		channels.WordChoose: "Выберите:", channels.WordMore: "Ещё варианты:", channels.WordSharePhone: "Отправить мой номер",
	}[id]
}

// await waits for what goroutines of the channel do over real sockets.
func await(t testing.TB, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(10 * time.Second); !is(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// watch is the time of the channel: short pauses take a moment, long ones last until pass.
type watch struct {
	mu     sync.Mutex
	now    time.Time
	long   chan struct{}
	pauses []time.Duration
}

func newWatch() *watch {
	return &watch{now: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC), long: make(chan struct{})}
}

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) Pause(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	w.pauses = append(w.pauses, d)
	w.mu.Unlock()
	var moment <-chan time.Time
	if d < time.Minute {
		moment = time.After(time.Millisecond)
	}
	select {
	case <-moment:
	case <-w.long:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// pass ends one long pause that goes on.
func (w *watch) pass() { w.long <- struct{}{} }

func (w *watch) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *watch) paused() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.pauses...)
}

// clinic stores what people write, unless it is told to refuse.
type clinic struct {
	mu     sync.Mutex
	refuse int
	known  map[string]bool
	kept   []channels.Incoming
	tries  int
}

func newClinic() *clinic { return &clinic{known: map[string]bool{}} }

func (c *clinic) Accept(_ context.Context, messages ...channels.Incoming) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tries++; c.refuse > 0 {
		c.refuse--
		return errors.New("the database is away")
	}
	for _, m := range messages {
		if !c.known[m.ID] {
			c.known[m.ID] = true
			c.kept = append(c.kept, m)
		}
	}
	return nil
}

func (c *clinic) stored() []channels.Incoming {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]channels.Incoming(nil), c.kept...)
}

// hears waits until n messages are stored and Telegram has been told so.
func (s *stage) hears(t testing.TB, n int) []channels.Incoming {
	t.Helper()
	await(t, strconv.Itoa(n)+" messages", func() bool { return len(s.clinic.stored()) >= n && s.server.Pending() == 0 })
	got := s.clinic.stored()
	if len(got) != n {
		t.Fatalf("stored %d messages, want %d: %+v", len(got), n, got)
	}
	return got
}

// diary is the log.
type diary struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.Write(p)
}

func (d *diary) holds(text string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Contains(d.b.String(), text)
}

func (d *diary) count(text string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Count(d.b.String(), text)
}

var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
