package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"careline/channels"
	"careline/channels/whatsapp"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store"
	"careline/store/sqlite"

	"go.mau.fi/whatsmeow/store/sqlstore"
)

// stage is WhatsApp on loopback, our channel on it, and the clinic behind.
type stage struct {
	*whatsapp.WhatsApp
	server  *whatsapptest.Server
	options whatsapp.Options
	clinic  *clinic
	watch   *watch
	log     *diary
	stop    func()
	ended   chan error
}

// build makes the channel without linking or running it.
func build(t testing.TB, change ...func(*whatsapp.Options)) *stage {
	t.Helper()
	s := &stage{server: whatsapptest.Start(t, whatsapptest.Options{}), clinic: newClinic(), watch: newWatch(), log: &diary{}}
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s.options = whatsapp.Options{
		Memory: newMemory(s.watch.Now), Words: words, ColdPerDay: 50, HTTP: s.server.Client(), CertRoot: s.server.Root(),
		Now: s.watch.Now, Pause: s.watch.Pause, Random: func() float64 { return 0.5 },
		Clinic: fstest.MapFS{"media/smile.png": {Data: pixel}},
		Log:    slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	s.keep(t, db)
	for _, c := range change {
		c(&s.options)
	}
	s.WhatsApp = s.another(t)
	return s
}

// keep has the session in the store.
func (s *stage) keep(t testing.TB, db store.Store) {
	t.Helper()
	var err error
	s.options.DB, s.options.Dialect, err = db.(store.Sessions).Sessions(t.Context(), "whatsapp")
	if err != nil {
		t.Fatal(err)
	}
	sessions := s.options.DB
	t.Cleanup(func() { _ = sessions.Close() })
}

// another is the channel in another process.
func (s *stage) another(t testing.TB) *whatsapp.WhatsApp {
	t.Helper()
	made, err := whatsapp.New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// link makes our device one that was linked some time ago.
func (s *stage) link(t testing.TB) {
	t.Helper()
	c := sqlstore.NewWithDB(s.options.DB, s.options.Dialect, nil)
	if err := c.Upgrade(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.server.OwnPhone().Link(t.Context(), c.NewDevice()); err != nil {
		t.Fatal(err)
	}
}

// open is build with the channel linked, running and connected, until the test ends.
func open(t testing.TB, change ...func(*whatsapp.Options)) *stage {
	t.Helper()
	s := build(t, change...)
	s.link(t)
	s.run(t)
	s.connected(t)
	return s
}

func (s *stage) run(t testing.TB) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	s.ended = make(chan error, 1)
	ended := s.ended
	channel := s.WhatsApp
	go func() { ended <- channel.Run(ctx, s.clinic) }()
	s.stop = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(s.stop)
}

// connected waits until the device can send.
func (s *stage) connected(t testing.TB) {
	t.Helper()
	until(t, "a connection", func() bool { return s.server.Online() && s.Connected() })
}

// awaits lets time pass, so much at a time, until there is a connection.
func (s *stage) awaits(t testing.TB, d time.Duration) {
	t.Helper()
	until(t, "a connection", func() bool {
		s.watch.pass(d)
		return s.Connected()
	})
}

// complains waits until the channel says what is wrong, and that holds the piece.
func (s *stage) complains(t testing.TB, piece string) {
	t.Helper()
	until(t, "the complaint "+piece, func() bool {
		err := s.Healthy(t.Context())
		return err != nil && strings.Contains(err.Error(), piece)
	})
}

func (s *stage) person(u ...whatsapptest.User) *whatsapptest.Person {
	if len(u) == 0 {
		u = []whatsapptest.User{{}}
	}
	return s.server.Person(u[0])
}

func address(p *whatsapptest.Person) channels.Address {
	return channels.Address{Channel: "whatsapp", Chat: p.LID().String()}
}

// send answers a person who has just written.
func (s *stage) send(p *whatsapptest.Person, m channels.Outgoing) (channels.Receipt, error) {
	if m.Heard.IsZero() {
		m.Heard = s.watch.Now()
	}
	return s.Send(context.Background(), address(p), m)
}

func (s *stage) shows(t testing.TB, p *whatsapptest.Person, m channels.Outgoing) channels.Receipt {
	t.Helper()
	receipt, err := s.send(p, m)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	return receipt
}

func failed(t testing.TB, err error) *channels.Error {
	t.Helper()
	var e *channels.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want a *channels.Error", err)
	}
	return e
}

func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func until(t testing.TB, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for ctx := within(t); !done(); {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// clinic stores what comes, unless it was told to refuse.
type clinic struct {
	mu     sync.Mutex
	known  map[string]bool
	kept   []channels.Incoming
	refuse int
	seen   int
	breaks bool
}

func newClinic() *clinic { return &clinic{known: map[string]bool{}} }

func (c *clinic) Accept(_ context.Context, messages ...channels.Incoming) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen++
	if c.breaks {
		c.breaks = false
		panic("жалоба пациента")
	}
	if c.refuse > 0 {
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

// got waits for the n-th message, from 1.
func (c *clinic) got(t testing.TB, n int) channels.Incoming {
	t.Helper()
	until(t, "a message", func() bool { return len(c.stored()) >= n })
	return c.stored()[n-1]
}

// watch is a clock that can be moved. Short pauses are short indeed; long ones last until the clock has passed them.
type watch struct {
	mu    sync.Mutex
	ahead time.Duration
	moved chan struct{}
}

func newWatch() *watch { return &watch{moved: make(chan struct{})} }

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.ahead)
}

func (w *watch) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ahead += d
	close(w.moved)
	w.moved = make(chan struct{})
}

const short = 15 * time.Second

func (w *watch) Pause(ctx context.Context, d time.Duration) error {
	end := w.Now().Add(d)
	brief := time.NewTimer(time.Millisecond)
	defer brief.Stop()
	for {
		w.mu.Lock()
		moved := w.moved
		w.mu.Unlock()
		if d > short && !w.Now().Before(end) {
			return nil
		}
		soon := brief.C
		if d > short {
			soon = nil
		}
		select {
		case <-soon:
			return nil
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// memory is the store's, by its own rules.
type memory struct {
	mu    sync.Mutex
	now   func() time.Time
	kept  map[string]string
	until map[string]time.Time
}

func newMemory(now func() time.Time) *memory {
	return &memory{now: now, kept: map[string]string{}, until: map[string]time.Time{}}
}

func (m *memory) Recall(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if end := m.until[name]; !end.IsZero() && !end.After(m.now()) {
		return "", nil
	}
	return m.kept[name], nil
}

func (m *memory) Remember(_ context.Context, name, value string, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[name], m.until[name] = value, until
	return nil
}

// diary is what was logged.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

func (d *diary) read() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

func words(lang, id string) string {
	if lang == "en" {
		return map[string]string{channels.WordHello: "Hello!", channels.WordCode: "code"}[id]
	}
	return map[string]string{
		channels.WordNumber: "Ответьте числом.", channels.WordNumbers: "Ответьте числами.", channels.WordChoose: "Выберите:", channels.WordMore: "Ещё:",
		channels.WordHello: "Здравствуйте!", channels.WordCode: "код",
	}[id]
}

var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89")
