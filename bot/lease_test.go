package bot

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/channels"
	"careline/dialogs/clinic"
	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// line is a messenger's line of which one process at a time may be at the other end.
type line struct {
	t     *testing.T
	mu    sync.Mutex
	now   string        // who receives
	moved chan struct{} // closed when that changes
}

func (l *line) set(from, to string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now != from {
		l.t.Errorf("%q and %q receive at the same time", l.now, from+to)
	}
	l.now = to
	close(l.moved)
	l.moved = make(chan struct{})
}

// until waits for somebody to receive and tells how long that took.
func (l *line) until(who string) time.Duration {
	l.t.Helper()
	begun := time.Now()
	tooLong := time.After(30 * time.Second)
	for {
		l.mu.Lock()
		now, moved := l.now, l.moved
		l.mu.Unlock()
		if now == who {
			return time.Since(begun)
		}
		select {
		case <-moved:
		case <-tooLong:
			l.t.Fatalf("%q never receives, %q does", who, now)
		}
	}
}

// receiver is a process's end of the line.
type receiver struct {
	*line
	name string
}

func (r receiver) ID() channels.ID     { return "test" }
func (r receiver) Caps() channels.Caps { return channels.Known()["web"] }
func (r receiver) Single() bool        { return true }
func (r receiver) Send(context.Context, channels.Address, channels.Outgoing) (channels.Receipt, error) {
	return channels.Receipt{}, nil
}

func (r receiver) Run(ctx context.Context, _ channels.Sink) error {
	r.set("", r.name)
	<-ctx.Done()
	r.set(r.name, "")
	return ctx.Err()
}

// reach is a process's way to the database; while it is cut, every question hangs.
type reach struct {
	store.Store
	mu  sync.RWMutex
	cut bool
}

func (r *reach) set(cut bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut = cut
}

func (r *reach) Tx(ctx context.Context, f func(store.Tx) error) error {
	r.mu.RLock()
	cut := r.cut
	r.mu.RUnlock()
	if cut {
		<-ctx.Done()
		return ctx.Err()
	}
	return r.Store.Tx(ctx, f)
}

// replica is a whole careline beside others on one PostgreSQL.
type replica struct {
	*Bot
	reach *reach
	stop  func()
}

func startReplica(t *testing.T, url string, c channels.Channel) *replica {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	db, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	r := &replica{reach: &reach{Store: db}}
	r.Bot, err = New(Parts{
		Settings: Settings{Listen: "127.0.0.1:0", Secret: []byte(rand.Text())}, Folder: f, Store: r.reach, Clock: clock.Real{}, IDs: rand.Text,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Channels: []channels.Channel{c},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("a process ended with %v", err)
		}
		_ = db.Close()
	})
	t.Cleanup(r.stop)
	return r
}

// Two processes, and only one may receive: when it loses the database it stops in time for the other, who takes
// over; when that one stops as it should, the first goes on at once.
func TestOneReceivesAndTheNextTakesOverInTime(t *testing.T) {
	t.Parallel()
	url := storetest.Postgres(t)
	l := &line{t: t, moved: make(chan struct{})}
	a := startReplica(t, url, receiver{l, "a"})
	l.until("a")
	b := startReplica(t, url, receiver{l, "b"})
	lease := a.leases["test"]
	for range 2 { // renewals do not disturb it
		granted := *lease.until.Load()
		for lease.until.Load().Equal(granted) {
			pause(t.Context(), 10*time.Millisecond)
		}
		l.until("a")
	}
	if b.leases["test"].Held() {
		t.Error("b holds the lease too")
	}

	a.reach.set(true)
	if took := l.until("b"); took > 10*time.Second {
		t.Errorf("b took over after %v", took)
	}
	if lease.Held() {
		t.Error("a believes that it holds the lease")
	}
	a.reach.set(false)
	l.until("b")

	b.stop()
	if took := l.until("a"); took > 2*leasePace.look {
		t.Errorf("a went on %v after b had stopped", took)
	}
}

// A process that slept, or waited too long for the database, has lost what it held, though nobody else took it.
func TestAGrantThatWasOverIsNotRenewed(t *testing.T) {
	db := bottest.SQLite(t)
	l := &lease{pace: leasePace, name: "right", holder: "a", store: db, log: slog.New(slog.DiscardHandler)}
	for range 2 {
		if !l.ask(t.Context()) {
			t.Fatal("a lease that nobody else has is not granted")
		}
	}
	over := time.Now()
	l.until.Store(&over)
	if l.ask(t.Context()) || l.Held() {
		t.Error("renewed as if nothing had happened")
	}
	if !l.ask(t.Context()) {
		t.Error("not taken anew")
	}
}
