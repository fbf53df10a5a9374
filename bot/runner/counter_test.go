//go:build !race

// Timers of testing/synctest let the race detector itself fall over, now and then (golang/go#78156), so the lanes are
// tried without it; whole programs send under it elsewhere.

package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"careline/bot/clock"
	"careline/channels"
	"careline/store"
	"careline/store/sqlite"

	"github.com/prometheus/client_golang/prometheus"
)

// counter is a sender between a store and a network, in a world whose time passes at once.
type counter struct {
	*testing.T
	store.Store
	*sender
	net      *network
	registry *prometheus.Registry
	ids      int
	hang     func() // claims nothing more
	stop     func()
}

// network takes messages and tells when.
type network struct {
	rates channels.Rates
	takes time.Duration // each call
	mu    sync.Mutex
	taken []taken
	fail  func(to string, m channels.Outgoing) error // decides before a message is taken
	calls func(text string) int                      // what a message takes; nil = one
	away  atomic.Bool                                // its device is in another process
}

type taken struct {
	chat, text string
	at         time.Duration // since the beginning
}

var beginning = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of every synctest

func (n *network) ID() channels.ID     { return "test" }
func (n *network) Caps() channels.Caps { return channels.Caps{Rates: n.rates} }
func (n *network) Group(c string) bool { return strings.HasPrefix(c, "group") }
func (n *network) Here() bool          { return !n.away.Load() }

func (n *network) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

func (n *network) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := (clock.Real{}).Until(ctx, time.Now().Add(n.takes)); err != nil {
		return channels.Receipt{}, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail != nil {
		if err := n.fail(to.Chat, m); err != nil {
			return channels.Receipt{}, err
		}
	}
	n.taken = append(n.taken, taken{to.Chat, m.Text, time.Since(beginning)})
	receipt := channels.Receipt{ID: "n" + m.Key}
	if n.calls != nil {
		receipt.Calls = n.calls(m.Text)
	}
	return receipt, nil
}

// becomes changes how the network behaves.
func (n *network) becomes(change func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	change()
}

// at is what one chat was told, and when.
func (n *network) at(chat string) []taken {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(n.taken), func(m taken) bool { return m.chat != chat })
}

// told is what one chat was told, in order; "" = all.
func (n *network) told(chat string) (texts []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, m := range n.taken {
		if m.chat == chat || chat == "" {
			texts = append(texts, m.text)
		}
	}
	return texts
}

// stage tells a story of a network in fake time. The claims run as they do beside a runner.
func stage(t *testing.T, net *network, story func(c *counter)) {
	synctest.Test(t, func(t *testing.T) {
		db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		c := opened(t, db, net, "a")
		story(c)
		c.stop()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func opened(t *testing.T, db store.Store, net *network, name string) *counter {
	registry := prometheus.NewRegistry()
	c := &counter{T: t, Store: db, net: net, registry: registry, sender: newSender(Parts{
		Store: db, Channels: []channels.Channel{net}, Clock: clock.Real{}, Name: name,
		Metrics: NewMetrics(registry), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}, nil)}
	ctx, cancel := context.WithCancel(t.Context())
	shut := c.open()
	r := &Runner{Parts: c.Parts, sender: c.sender}
	var loop sync.WaitGroup
	loop.Go(func() { _ = r.loop(ctx, ctx, store.OutboxTopic, "claiming", c.Claim, r.nextClaim) })
	c.hang = func() {
		cancel()
		loop.Wait()
	}
	c.stop = func() {
		c.hang()
		shut(ctx)
	}
	return c
}

// says puts messages out for a chat, as a step does.
func (c *counter) says(chat string, priority int, texts ...string) {
	c.Helper()
	c.take(c.puts(chat, priority, texts...))
}

// puts is the transaction of it.
func (c *counter) puts(chat string, priority int, texts ...string) (out []store.Output) {
	c.Helper()
	err := c.Store.Tx(c.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(c.Context(), []store.Contact{{ID: chat, Channel: "test", Chat: chat, PatientID: "p" + chat, CreatedAt: time.Now()}})
		if err != nil {
			return err
		}
		out = nil
		for _, text := range texts {
			c.ids++
			payload, err := json.Marshal(channels.Outgoing{Text: text})
			if err != nil {
				return err
			}
			out = append(out, store.Output{
				ID: fmt.Sprint(c.sender.Name, c.ids), ContactID: met[0].ID, Channel: "test", Chat: chat, Class: "service", Payload: payload,
				CreatedAt: time.Now(), Priority: priority,
			})
		}
		return c.put(c.Context(), tx, out)
	})
	if err != nil {
		c.Fatal(err)
	}
	return out
}

// passes lets time pass and everything happen that happens in it.
func (c *counter) passes(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// counted is the sum of a metric.
func (c *counter) counted(name string) (sum float64) {
	all, err := c.registry.Gather()
	if err != nil {
		c.Fatal(err)
	}
	for _, family := range all {
		for _, m := range family.GetMetric() {
			if family.GetName() == name {
				sum += m.GetCounter().GetValue()
			}
		}
	}
	return sum
}

func (c *counter) want(what string, got, want []string) {
	c.Helper()
	if !slices.Equal(got, want) {
		c.Errorf("%s: %q, want %q", what, got, want)
	}
}

// most is the largest number of messages in any stretch of time, of one chat or ("") all.
func (n *network) most(chat string, within time.Duration) (most int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i, from := range n.taken {
		count := 0
		for _, m := range n.taken[i:] {
			if m.at < from.at+within && (chat == "" || m.chat == chat) {
				count++
			}
		}
		most = max(most, count)
	}
	return most
}
