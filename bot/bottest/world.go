// Package bottest is a whole careline for tests: the sample clinic, a store, a clock that is moved by hand
// and a messenger that keeps what it was told to show.
package bottest

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/runner"
	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/clinic"
	"careline/dialogs/source"
	"careline/store"
	"careline/store/sqlite"

	"github.com/prometheus/client_golang/prometheus"
)

// Monday is when tests begin: 2026-11-23 10:00 in Moscow.
var Monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

// World is a careline at work.
type World struct {
	T      testing.TB
	Store  store.Store
	Clock  *clock.Moved
	Runner *runner.Runner
	Phones *Messenger
	name   string
	also   []channels.ID
	change []func(*booking.Clinic)
	mu     sync.Mutex
	ids    int
}

// sample is the clinic of all worlds: it is only read.
var sample = sync.OnceValues(func() (*folder.Folder, source.Findings) { return folder.Load(clinic.Files()) })

// New opens the sample clinic, changed in some settings, on the store; name tells this process from others on the
// same store.
func New(t testing.TB, db store.Store, name string, change ...func(*booking.Clinic)) *World {
	t.Helper()
	return In(t, db, name, nil, change...)
}

// In is New with more messengers than "test": a chat "vk:anna" is in the messenger vk. All show to Phones.
func In(t testing.TB, db store.Store, name string, also []channels.ID, change ...func(*booking.Clinic)) *World {
	t.Helper()
	f, findings := sample()
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
		return nil
	}
	own := *f.Clinic
	for _, c := range change {
		c(&own)
	}
	w := &World{T: t, Store: db, Clock: clock.NewStill(Monday), name: name, also: also, change: change, Phones: &Messenger{told: map[string][]channels.Outgoing{}, Typed: make(chan string, 100)}}
	messengers := []channels.Channel{w.Phones}
	for _, id := range also {
		messengers = append(messengers, another{w.Phones, id})
	}
	w.Runner = runner.New(runner.Parts{
		Store: db, Scripts: f.Scripts, Clinic: &own, Channels: messengers, Clock: w.Clock, IDs: w.ID,
		Sealer: veil{}, Metrics: runner.NewMetrics(prometheus.NewRegistry()), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Name: name, TriageRules: true,
	})
	return w
}

// Again is the next process after a crash, on the same store, at the same time, with the same messenger.
func (w *World) Again(name string) *World {
	w.T.Helper()
	next := In(w.T, w.Store, name, w.also, w.change...)
	next.Clock.Advance(w.Clock.Now().Sub(Monday))
	w.Phones.mu.Lock()
	defer w.Phones.mu.Unlock()
	for chat, told := range w.Phones.told {
		next.Phones.told[chat] = append(next.Phones.told[chat], told...)
	}
	return next
}

// SQLite is an empty database in a folder of the test.
func SQLite(t testing.TB) store.Store {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// ID is unique among the processes on the store.
func (w *World) ID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("%s-%08d", w.name, w.ids)
}

// veil makes words unreadable to whoever looks for them, and is no secret.
type veil struct{}

func (veil) Seal(b []byte) ([]byte, error) { return hex.AppendEncode(nil, b), nil }
func (veil) Open(b []byte) ([]byte, error) { return hex.AppendDecode(nil, b) }

// Write is a message of the person in the chat; nothing is stepped yet.
func (w *World) Write(chat, text string) channels.Incoming {
	return channels.Incoming{
		From: channels.Address{Channel: ChannelOf(chat), Chat: chat}, ID: w.ID(), At: w.Clock.Now(), Text: text, Profile: channels.Profile{Language: "ru"},
	}
}

// ChannelOf is the messenger that a chat is in.
func ChannelOf(chat string) channels.ID {
	if id, _, ok := strings.Cut(chat, ":"); ok {
		return channels.ID(id)
	}
	return "test"
}

// Press is a tap on the newest button with this label.
func (w *World) Press(chat, label string) channels.Incoming {
	w.T.Helper()
	m := w.Write(chat, "")
	if m.Choice = w.Phones.button(chat, label); m.Choice == "" {
		w.T.Fatalf("%s sees no button «%s»: %s", chat, label, w.Phones.Last(chat))
	}
	return m
}

// Says lets the person write and everything happen that follows.
func (w *World) Says(chat, text string) { w.T.Helper(); w.do(w.Write(chat, text)) }

// Taps lets the person press and everything happen that follows.
func (w *World) Taps(chat, label string) { w.T.Helper(); w.do(w.Press(chat, label)) }

func (w *World) do(m channels.Incoming) {
	w.T.Helper()
	if err := w.Runner.Accept(w.T.Context(), m); err != nil {
		w.T.Fatal(err)
	}
	if err := w.Runner.Settle(w.T.Context()); err != nil {
		w.T.Fatal(err)
	}
}

// Messenger keeps what it was told to show.
type Messenger struct {
	mu   sync.Mutex
	told map[string][]channels.Outgoing
	// Typed gets the chat whenever «typing…» is shown in one.
	Typed chan string
	// Forum: chats of many have topics, and what is for these alone is shown too.
	Forum  bool
	topics map[string]bool
	// Fail, when set, decides about each message before it is shown.
	Fail func(channels.Address, channels.Outgoing) error
}

// ID is "test".
func (m *Messenger) ID() channels.ID { return "test" }

// Caps are the web chat's.
func (m *Messenger) Caps() channels.Caps { return channels.Known()["web"] }

// Run receives nothing by itself.
func (m *Messenger) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

// Send keeps the message.
func (m *Messenger) Send(_ context.Context, to channels.Address, o channels.Outgoing) (channels.Receipt, error) {
	if m.Fail != nil {
		if err := m.Fail(to, o); err != nil {
			return channels.Receipt{}, err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if o.Topic == nil || !o.Topic.Only && !o.Topic.Gone || m.Forum {
		m.told[to.Chat] = append(m.told[to.Chat], o)
	}
	return channels.Receipt{ID: o.Key, Begun: m.begins(to.Chat, o)}, nil
}

// begins tells whether a message is the first of its topic.
func (m *Messenger) begins(chat string, o channels.Outgoing) bool {
	if !m.Forum || o.Topic == nil || o.Text == "" || m.topics[chat+o.Topic.Key] {
		return false
	}
	if m.topics == nil {
		m.topics = map[string]bool{}
	}
	m.topics[chat+o.Topic.Key] = true
	return true
}

// LoseTopics is somebody who deletes all topics by hand.
func (m *Messenger) LoseTopics() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.topics)
}

// Typing implements channels.Typer.
func (m *Messenger) Typing(_ context.Context, to channels.Address) error {
	m.Typed <- to.Chat
	return nil
}

// Told is everything the chat was shown.
func (m *Messenger) Told(chat string) []channels.Outgoing {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]channels.Outgoing(nil), m.told[chat]...)
}

// Last is the text of the newest message.
func (m *Messenger) Last(chat string) string {
	told := m.Told(chat)
	if len(told) == 0 {
		return ""
	}
	return told[len(told)-1].Text
}

func (m *Messenger) button(chat, label string) string {
	told := m.Told(chat)
	for i := len(told) - 1; i >= 0; i-- {
		for _, c := range told[i].Choices {
			if c.Label == label {
				return c.Data
			}
		}
	}
	return ""
}

// another messenger on the same phones.
type another struct {
	*Messenger
	id channels.ID
}

// ID implements channels.Channel.
func (a another) ID() channels.ID { return a.id }

// Scripts are the sample clinic's.
func (w *World) Scripts() *dialogs.Set { return w.Runner.Scripts }
