package whatsapptest_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"
	_ "modernc.org/sqlite"

	"careline/channels/whatsapp/whatsapptest"
)

// bot is the least that an adapter does: the real client, and its events in the order they came.
type bot struct {
	*whatsmeow.Client
	t      testing.TB
	events chan any
}

// within is long enough for everything on loopback.
func within(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func newDevice(t testing.TB) *store.Device {
	t.Helper()
	dsn := "file:" + filepath.Join(t.TempDir(), "wa.db") +
		"?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(5000)&_txlock=immediate"
	container, err := sqlstore.New(t.Context(), "sqlite", dsn, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = container.Close() })
	return container.NewDevice()
}

func newBot(t testing.TB, srv *whatsapptest.Server, dev *store.Device) *bot {
	t.Helper()
	if root := srv.Root(); whatsmeow.WACertPubKey != root {
		whatsmeow.WACertPubKey = root
	}
	b := &bot{Client: whatsmeow.NewClient(dev, nil), t: t, events: make(chan any, 1<<16)}
	b.AddEventHandler(func(e any) { b.events <- e })
	b.SetWebsocketHTTPClient(srv.Client())
	b.SetPreLoginHTTPClient(srv.Client())
	b.SetMediaHTTPClient(srv.Client())
	t.Cleanup(b.Disconnect)
	return b
}

func (b *bot) connect() {
	b.t.Helper()
	if err := b.Connect(); err != nil {
		b.t.Fatal(err)
	}
	await[*events.Connected](b)
}

func (b *bot) say(to *whatsapptest.Person, text string) whatsmeow.SendResponse {
	b.t.Helper()
	resp, err := b.send(to, &waE2E.Message{Conversation: &text})
	if err != nil {
		b.t.Fatal(err)
	}
	return resp
}

func (b *bot) send(to *whatsapptest.Person, m *waE2E.Message, extra ...whatsmeow.SendRequestExtra) (whatsmeow.SendResponse, error) {
	return b.SendMessage(b.t.Context(), to.JID(), m, extra...)
}

// linked is a server, a linked bot that is online, and a person.
func linked(t testing.TB) (*whatsapptest.Server, *bot, *whatsapptest.Person) {
	t.Helper()
	srv := whatsapptest.Start(t, whatsapptest.Options{})
	dev := newDevice(t)
	if err := srv.OwnPhone().Link(t.Context(), dev); err != nil {
		t.Fatal(err)
	}
	b := newBot(t, srv, dev)
	b.connect()
	return srv, b, srv.Person(whatsapptest.User{})
}

func shown(t testing.TB, p *whatsapptest.Person, piece string) whatsapptest.Message {
	t.Helper()
	m, err := p.AwaitText(within(t), piece)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func fine(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// quiet lets everything that is under way arrive: the server answers a query after what it has sent before.
func (b *bot) quiet() {
	b.t.Helper()
	if err := b.SetPassive(b.t.Context(), false); err != nil {
		b.t.Fatal(err)
	}
}

// await skips events until one of the wanted type.
func await[E any](b *bot) E {
	b.t.Helper()
	ctx := within(b.t)
	for {
		select {
		case e := <-b.events:
			if wanted, ok := e.(E); ok {
				return wanted
			}
		case <-ctx.Done():
			var none E
			b.t.Fatalf("no %T", none)
		}
	}
}
