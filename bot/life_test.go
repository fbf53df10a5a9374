package bot

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/channels"
	"careline/store"
	"careline/store/storetest"
)

// What a process had in hand when it died goes to those who live, and what these have in hand stays theirs.
func TestTheLivingTakeOverFromTheDead(t *testing.T) {
	t.Parallel()
	url := storetest.Postgres(t)
	l := &line{t: t, moved: make(chan struct{})}
	a := startReplica(t, url, receiver{l, "a"})
	l.until("a")
	b := startReplica(t, url, receiver{l, "b"})
	held := inHand(t, a, b)
	for range 3 { // while a lives, looking changes nothing
		pause(t.Context(), leasePace.look)
		if held() != 0 {
			t.Fatal("taken from a process that lives")
		}
	}
	a.reach.set(true)
	died := time.Now()
	for held() == 0 {
		if time.Since(died) > 20*time.Second {
			t.Fatal("nobody takes over")
		}
		pause(t.Context(), 50*time.Millisecond)
	}
	if took := time.Since(died); took > 10*time.Second {
		t.Errorf("taken over after %v", took)
	}
	if a.life.Held() {
		t.Error("a believes that it lives")
	}
	for range 3 {
		pause(t.Context(), leasePace.look)
		if held() != 0 {
			t.Fatal("taken from b, who lives")
		}
	}
	a.reach.set(false)
}

// inHand puts a message into the hands of one process, and tells how often another one can take it.
func inHand(t *testing.T, of, other *replica) (claimed func() int) {
	t.Helper()
	now := time.Now()
	const off = "messenger that is off" // nobody else's sender takes from it
	in := func(f func(store.Tx) error) {
		t.Helper()
		if err := other.reach.Store.Tx(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	in(func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "anna", Channel: off, Chat: "1", PatientID: "anna", CreatedAt: now}})
		if err != nil {
			return err
		}
		return tx.Put(t.Context(), []store.Output{{
			ID: "1", ContactID: met[0].ID, Channel: off, Chat: "1", Class: "service", Payload: []byte("{}"), CreatedAt: now,
			Holder: of.name, Until: now.Add(time.Hour),
		}})
	})
	return func() (n int) {
		in(func(tx store.Tx) error {
			claimed, err := tx.Claim(t.Context(), []string{off}, other.name, now, now.Add(time.Hour), 10)
			n = len(claimed)
			return err
		})
		return n
	}
}

// After an outage of the database all leases are over, and who renews first inherits nothing.
func TestAnOutageOfTheDatabaseLeavesNoHeirs(t *testing.T) {
	t.Parallel()
	url := storetest.Postgres(t)
	l := &line{t: t, moved: make(chan struct{})}
	a := startReplica(t, url, receiver{l, "a"})
	l.until("a")
	b := startReplica(t, url, receiver{l, "b"})
	until(t, "b lives", b.life.Held)
	held := inHand(t, a, b)
	a.reach.set(true)
	b.reach.set(true)
	until(t, "all leases are over", func() bool { return !a.life.Held() && !b.life.Held() })
	pause(t.Context(), leasePace.margin)
	b.reach.set(false)
	until(t, "b lives again", b.life.Held)
	pause(t.Context(), leasePace.look)
	a.reach.set(false)
	until(t, "a lives again", a.life.Held)
	for range 5 {
		if held() != 0 {
			t.Fatal("taken from a, who lives")
		}
		pause(t.Context(), leasePace.look)
	}
}

// screen is a messenger that every process may send to. It shows what arrived; of a held one the answer is late.
type screen struct {
	mu    *sync.Mutex
	shown map[string]int // how often, by key
	calls chan struct{}
	hold  chan struct{} // closed when answers may come
}

func (c screen) ID() channels.ID     { return "test" }
func (c screen) Caps() channels.Caps { return channels.Known()["web"] }
func (c screen) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

func (c screen) Send(_ context.Context, _ channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	c.mu.Lock()
	c.shown[m.Key]++
	c.mu.Unlock()
	c.calls <- struct{}{}
	<-c.hold
	return channels.Receipt{ID: m.Key}, nil
}

// A process that counted as dead for a while repeats nothing of what another one has said for it meanwhile, but
// for the one message that was under way.
func TestWhoWasBelievedDeadForgetsWhatItHadInHand(t *testing.T) {
	t.Parallel()
	url := storetest.Postgres(t)
	late := screen{&sync.Mutex{}, map[string]int{}, make(chan struct{}, 100), make(chan struct{})}
	a := startReplica(t, url, late)
	until(t, "a lives", func() bool { return a.life.Held() && a.working.Load() })
	hello := channels.Incoming{ID: "1", From: channels.Address{Channel: "test", Chat: "anna"}, At: time.Now(), Text: "/start"}
	if err := a.Runner.Accept(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	<-late.calls // the greeting; the question waits behind it
	prompt := late
	prompt.hold = make(chan struct{})
	close(prompt.hold)
	a.reach.set(true)
	b := startReplica(t, url, prompt)
	<-prompt.calls
	<-prompt.calls
	a.reach.set(false)
	until(t, "a lives again", a.life.Held)
	close(late.hold)
	until(t, "a has noted the greeting", func() bool { return strings.Contains(scrape(t, a.Bot), `careline_sent_total{channel="test"}`) })
	a.stop()
	b.stop()
	repeated := 0
	for _, n := range late.shown {
		repeated += n - 1
	}
	if len(late.shown) != 2 || repeated != 1 {
		t.Errorf("shown: %v, want the greeting twice and the question once", late.shown)
	}
}

func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); pause(t.Context(), 10*time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			t.Fatalf("%s: never", what)
		}
	}
}
