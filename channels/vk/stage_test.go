package vk_test

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
	"careline/channels/vk"
	"careline/channels/vk/vktest"
)

// stage is VK on loopback, our channel on it, and the clinic behind.
type stage struct {
	*vk.VK
	server  *vktest.Server
	options vk.Options
	clinic  *clinic
	watch   *watch
	log     *diary
	memory  *memory
	web     *httptest.Server // what VK's callback reaches
	stop    func()
	ended   chan error
}

const secret = "s3cret-of-the-callback"

// build makes the channel without running it.
func build(t testing.TB, change ...func(*vk.Options)) *stage {
	t.Helper()
	s := &stage{
		server: vktest.Start(t, vktest.Options{Impatience: time.Millisecond}), clinic: newClinic(), watch: newWatch(), log: &diary{}, memory: &memory{},
	}
	s.web = httptest.NewServer(nil)
	t.Cleanup(s.web.Close)
	s.options = vk.Options{
		Token: s.server.Token(), GroupID: s.server.GroupID(), API: s.server.URL(), Words: words, Now: s.watch.Now, Pause: s.watch.Pause, Memory: s.memory, Cards: true,
		Clinic: fstest.MapFS{"media/smile.png": {Data: pixel}, "media/price.pdf": {Data: []byte("%PDF-1.7")}},
		Log:    slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&s.options)
	}
	s.VK = s.another(t, s.options)
	s.web.Config.Handler = s.VK
	return s
}

// hooked has events brought by the Callback API.
func hooked(o *vk.Options) {
	o.Mode, o.Secret, o.Confirmation = vk.Callback, secret, vktest.Confirmation
}

func (s *stage) another(t testing.TB, o vk.Options) *vk.VK {
	t.Helper()
	if o.Mode == vk.Callback {
		o.Public = s.web.URL
	}
	made, err := vk.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// open is build with the channel running until the test ends.
func open(t testing.TB, change ...func(*vk.Options)) *stage {
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
	s.attend(t)
}

// attend waits until events reach the channel.
func (s *stage) attend(t testing.TB) {
	t.Helper()
	if s.options.Mode == vk.Callback {
		if err := s.server.SetCallback(s.web.URL+s.Path(), secret); err != nil {
			t.Fatal(err)
		}
		return
	}
	await(t, "the long poll", func() bool { return len(s.server.Calls("groups.getLongPollServer")) > 0 })
	select {
	case <-s.server.Asked():
	case <-time.After(10 * time.Second):
		t.Fatal("nobody polls")
	}
}

func address(p *vktest.Seat) channels.Address {
	return channels.Address{Channel: "vk", Chat: strconv.FormatInt(p.ChatID(), 10)}
}

// send shows m to the person.
func (s *stage) send(t testing.TB, p *vktest.Seat, m channels.Outgoing) channels.Receipt {
	t.Helper()
	receipt, err := s.Send(t.Context(), address(p), m)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return receipt
}

// fails is the error of a Send that has to fail.
func (s *stage) fails(t testing.TB, p *vktest.Seat, m channels.Outgoing) *channels.Error {
	t.Helper()
	_, err := s.Send(t.Context(), address(p), m)
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
	return map[string]string{channels.WordChoose: "Выберите:", channels.WordMore: "Ещё варианты:"}[id]
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
	mu   sync.Mutex
	now  time.Time
	long chan struct{}
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
	var moment <-chan time.Time
	if d < time.Minute {
		moment = time.After(time.Millisecond)
	}
	select {
	case <-moment:
		w.advance(d)
	case <-w.long:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// pass ends one long pause that goes on.
func (w *watch) pass() { w.long <- struct{}{} }

// passIfLong is pass where there may be no long pause.
func (w *watch) passIfLong() {
	select {
	case w.long <- struct{}{}:
	default:
	}
}

func (w *watch) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
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

// hears waits until n messages are stored and VK has been told so.
func (s *stage) hears(t testing.TB, n int) []channels.Incoming {
	t.Helper()
	await(t, strconv.Itoa(n)+" messages", func() bool { return len(s.clinic.stored()) >= n && s.server.Pending() == 0 })
	got := s.clinic.stored()
	if len(got) != n {
		t.Fatalf("stored %d messages, want %d: %+v", len(got), n, got)
	}
	return got
}

// memory is what outlives a run. It may be told to fail.
type memory struct {
	mu     sync.Mutex
	values map[string]string
	broken int
}

func (m *memory) Recall(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[name], m.fail()
}

func (m *memory) Remember(_ context.Context, name, value string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail(); err != nil {
		return err
	}
	if m.values == nil {
		m.values = map[string]string{}
	}
	m.values[name] = value
	return nil
}

func (m *memory) fail() error {
	if m.broken == 0 {
		return nil
	}
	m.broken--
	return errors.New("the database is away")
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

var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
