package page_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"careline/bot/bottest"
	"careline/bot/web/page"
	"careline/store"
)

// soon is less than the hub sleeps without a signal. Where the store is SQLite, time is that of synctest: it passes when there is
// nothing else to do, so no load makes anything late.
const soon = 15 * time.Second

// hub is a Live that runs over a store.
func hub(t *testing.T, db store.Store) (l *page.Live, stop func()) {
	t.Helper()
	l = page.NewLive(db, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	stop = func() {
		if cancel(); ended != nil {
			<-ended
			ended = nil
		}
	}
	t.Cleanup(stop)
	return l, stop
}

func told(t *testing.T, within time.Duration, what string, c <-chan struct{}) {
	t.Helper()
	select {
	case <-c:
	case <-time.After(within):
		t.Fatalf("%s: nobody was told", what)
	}
}

// meet makes chats of two people.
func meet(t *testing.T, db store.Store) (anna, boris store.Contact) {
	t.Helper()
	change(t, db, func(ctx context.Context, tx store.Tx) error {
		met, err := tx.Meet(ctx, []store.Contact{
			{ID: "anna", Channel: "test", Chat: "anna", PatientID: "pa", CreatedAt: bottest.Monday},
			{ID: "boris", Channel: "test", Chat: "boris", PatientID: "pb", CreatedAt: bottest.Monday},
		})
		if err == nil {
			anna, boris = met[0], met[1]
		}
		return err
	})
	return anna, boris
}

func change(t *testing.T, db store.Store, f func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := db.Tx(t.Context(), func(tx store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func says(t *testing.T, db store.Store, c store.Contact, id string) {
	t.Helper()
	change(t, db, func(ctx context.Context, tx store.Tx) error {
		tx.Wake(store.SaidTopic)
		_, err := tx.Accept(ctx, []store.Input{{Channel: "test", ExternalID: id, ContactID: c.ID, Kind: store.MessageInput, Payload: []byte(`{}`), ReceivedAt: bottest.Monday}})
		return err
	})
}

func TestThoseAreToldWhomItConcerns(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { areTold(t, bottest.SQLite(t), true, soon) })
	})
	t.Run("postgres", func(t *testing.T) { areTold(t, bottest.Postgres(t), false, time.Minute) })
}

func areTold(t *testing.T, db store.Store, alone bool, within time.Duration) {
	heard := func(what string, c <-chan struct{}) {
		t.Helper()
		told(t, within, what, c)
	}
	anna, boris := meet(t, db)
	l, stop := hub(t, db)
	ctx := t.Context()
	hers, his := l.Watch(ctx, page.ChatKey(anna.ID)), l.Watch(ctx, page.ChatKey(boris.ID))
	inbox, day := l.Watch(ctx, page.InboxKey), l.Watch(ctx, page.DayKey)

	says(t, db, anna, "1")
	heard("anna's chat", hers)
	heard("boris's chat, seen for the first time", his)
	says(t, db, anna, "2")
	heard("anna's chat again", hers)

	change(t, db, func(ctx context.Context, tx store.Tx) error {
		tx.Wake(store.DeskTopic)
		return tx.OpenTickets(ctx, []store.Ticket{{ID: "k", ContactID: anna.ID, PatientID: anna.PatientID, Kind: "asked", Priority: "normal", State: "open", CreatedAt: bottest.Monday}})
	})
	heard("a new ticket", inbox)
	heard("whose the chat is", hers)
	heard("whose the chat is", his)
	says(t, db, anna, "3")
	heard("what is said in a ticket", inbox)
	heard("what is said in a ticket", hers)

	change(t, db, func(ctx context.Context, tx store.Tx) error {
		start := bottest.Monday.Add(time.Hour)
		return tx.Book(ctx, store.Appointment{ID: "v", PatientID: anna.PatientID, ContactID: anna.ID, Service: "s", Branch: "b", Status: store.StatusBooked,
			Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: "d", Start: start, End: start.Add(time.Hour)}}, CreatedAt: start, UpdatedAt: start, StatusAt: start}, bottest.Monday)
	})
	heard("a visit", day)
	select {
	case <-his:
		if alone { // another process may hear of one change twice
			t.Error("boris's page heard of what anna does")
		}
	default:
	}
	stop()
	for _, c := range []<-chan struct{}{hers, his, inbox, day} {
		heard("the end", c)
	}
}

// What the bot and a patient say to each other is heard as it is said, with no human and no ticket in it.
func TestATalkWithTheBotIsHeard(t *testing.T) { synctest.Test(t, talkIsHeard) }

func talkIsHeard(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	var anna store.Contact
	change(t, w.Store, func(ctx context.Context, tx store.Tx) (err error) {
		anna, err = tx.ContactAt(ctx, "test", "anna")
		return err
	})
	l, _ := hub(t, w.Store)
	hers, all := l.Watch(t.Context(), page.ChatKey(anna.ID)), l.Watch(t.Context(), page.HeardKey)
	w.Taps("anna", "Даю согласие")
	told(t, soon, "anna's chat, seen for the first time", hers)
	told(t, soon, "all chats", all)
	w.Says("anna", "цены")
	told(t, soon, "anna's chat", hers)
	told(t, soon, "all chats", all)
}

func TestPagesThatAreClosedAreForgotten(t *testing.T) {
	l, _ := hub(t, bottest.SQLite(t))
	ctx, leave := context.WithCancel(t.Context())
	c := l.Watch(ctx, page.InboxKey)
	leave()
	for range c { // is closed
	}
}

func TestWhatAllShowIsReadOnce(t *testing.T) { synctest.Test(t, isReadOnce) }

func isReadOnce(t *testing.T) {
	db := bottest.SQLite(t)
	l, _ := hub(t, db)
	var reads atomic.Int32
	memo := page.NewMemo(l, page.TicketsKey, func(context.Context) (int32, error) { return reads.Add(1), nil })
	for range 50 {
		if n, err := memo.Get(t.Context()); n != 1 || err != nil {
			t.Fatalf("read %d times: %v", n, err)
		}
	}
	changed := l.Watch(t.Context(), page.TicketsKey)
	change(t, db, func(_ context.Context, tx store.Tx) error { tx.Wake(store.DeskTopic); return nil })
	told(t, soon, "tickets", changed)
	if n, _ := memo.Get(t.Context()); n != 2 {
		t.Errorf("after a change it is read %d times", n)
	}
}
