package runner_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
	"careline/store/storetest"
)

func TestAMessageThatANetworkRepeatsIsAnsweredOnce(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	hello := w.Write("anna", "/start")
	for range 3 {
		if err := w.Runner.Accept(t.Context(), hello, hello); err != nil {
			t.Fatal(err)
		}
	}
	settle(t, w)
	greeted := 0
	for _, m := range w.Phones.Told("anna") {
		if strings.HasPrefix(m.Text, "Здравствуйте") {
			greeted++
		}
	}
	if greeted != 1 {
		t.Errorf("greeted %d times", greeted)
	}
}

func TestAPoisonMessageIsParkedAndBlocksNobody(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Says("boris", "/start")
	spoil(t, w, "anna")
	if err := w.Runner.Accept(t.Context(), w.Write("anna", "меню"), w.Press("boris", "Даю согласие")); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	if last := w.Phones.Last("boris"); !strings.HasPrefix(last, "Чем помочь") {
		t.Errorf("Boris waits behind the poison; he was told %q", last)
	}
	for range 3 { // each try comes later than the one before
		next, err := w.Runner.NextDue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if next.IsZero() {
			break
		}
		if err := w.Runner.PassTo(t.Context(), w.Clock, next); err != nil {
			t.Fatal(err)
		}
	}
	var parked int
	var tickets []store.Ticket
	read(t, w, func(tx store.Tx) (err error) {
		if _, parked, err = storetest.InDepth(t.Context(), tx); err != nil {
			return err
		}
		tickets, err = tx.TicketList(t.Context(), nil, 10)
		return err
	})
	if parked != 1 || len(tickets) != 1 || tickets[0].Kind != "poison" {
		t.Errorf("parked %d, tickets %+v", parked, tickets)
	}
	if last := w.Phones.Last("anna"); last == "" || strings.HasPrefix(last, "Чем") {
		t.Errorf("Anna was not told that somebody will look: %q", last)
	}

	// The human who looks can answer, and hands back a bot that listens again.
	turn(t, w, "anna", desk.Turn{Do: desk.Reply, Author: "maria", Text: "Это Мария, помогу."})
	if last := w.Phones.Last("anna"); last != "Это Мария, помогу." {
		t.Errorf("Anna reads %q", last)
	}
	turn(t, w, "anna", desk.Turn{Do: desk.Return, Author: "maria"})
	heard := len(w.Phones.Told("anna"))
	w.Says("anna", "меню")
	if len(w.Phones.Told("anna")) == heard {
		t.Error("the bot is deaf to Anna after all")
	}
}

// spoil makes the stored conversation unreadable.
func spoil(t *testing.T, w *bottest.World, chat string) {
	t.Helper()
	err := w.Store.Tx(t.Context(), func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		if err != nil {
			return err
		}
		return tx.SaveConversations(t.Context(), []store.Conversation{{ContactID: c.ID, State: []byte(`{"tasks":"?"}`), UpdatedAt: w.Clock.Now()}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestThirtyMessagesAtOnceAreAnsweredInOrder(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Says("anna", "/start")
	w.Taps("anna", "Даю согласие")
	var flood []channels.Incoming
	for i := range 30 {
		flood = append(flood, w.Write("anna", fmt.Sprintf("адрес %d", i)))
	}
	if err := w.Runner.Accept(t.Context(), flood...); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	var waiting int
	read(t, w, func(tx store.Tx) (err error) { waiting, _, err = storetest.InDepth(t.Context(), tx); return err })
	if waiting != 0 {
		t.Errorf("%d messages still wait", waiting)
	}
}

func TestAMessageThatANetworkRefusesForAWhileArrivesAndKeepsItsPlace(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	failures := 2
	w.Phones.Fail = func(channels.Address, channels.Outgoing) error {
		if failures > 0 {
			failures--
			return &channels.Error{Kind: channels.Retry, Reason: "connection reset"}
		}
		return nil
	}
	w.Says("anna", "/start")
	if told := w.Phones.Told("anna"); len(told) != 0 {
		t.Fatalf("shown in spite of the failure: %d messages", len(told))
	}
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(60e9)); err != nil {
		t.Fatal(err)
	}
	told := w.Phones.Told("anna")
	if len(told) < 2 || !strings.HasPrefix(told[0].Text, "Здравствуйте") {
		t.Errorf("told %d messages, the first %q", len(told), firstText(told))
	}
}

func TestAMessageThatCannotBeDeliveredBecomesWorkForAHuman(t *testing.T) {
	for name, c := range map[string]struct {
		kind channels.Kind
		pass time.Duration
	}{
		"refused for good":       {channels.Rejected, 0},
		"no way for a whole day": {channels.Retry, 25 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			w := bottest.New(t, bottest.SQLite(t), "a")
			w.Phones.Fail = func(channels.Address, channels.Outgoing) error { return &channels.Error{Kind: c.kind, Reason: "test"} }
			w.Says("anna", "/start")
			if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(c.pass)); err != nil {
				t.Fatal(err)
			}
			read(t, w, func(tx store.Tx) error {
				tickets, err := tx.TicketList(t.Context(), nil, 10)
				if len(tickets) != 1 || tickets[0].Kind != "undelivered" {
					t.Errorf("tickets: %+v", tickets)
				}
				return err
			})
		})
	}
}

func TestWhoBlockedUsIsNotWrittenToAndWritingAgainOpensTheChat(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Phones.Fail = func(channels.Address, channels.Outgoing) error {
		return &channels.Error{Kind: channels.Blocked, Code: "403", Reason: "blocked by the user"}
	}
	w.Says("anna", "/start")
	if !blocked(t, w, "anna") {
		t.Error("the contact is not marked")
	}
	w.Phones.Fail = nil
	w.Says("anna", "меню")
	if blocked(t, w, "anna") {
		t.Error("who writes does not block us")
	}
}

func blocked(t *testing.T, w *bottest.World, chat string) (yes bool) {
	t.Helper()
	read(t, w, func(tx store.Tx) error {
		c, err := tx.ContactAt(t.Context(), "test", chat)
		yes = !c.BlockedAt.IsZero()
		return err
	})
	return yes
}

// Two processes on one store serve a crowd: everybody is answered once, whatever happens to be where.
func TestTwoProcessesShareACrowd(t *testing.T) {
	db := bottest.SQLite(t)
	a, b := bottest.New(t, db, "a"), bottest.New(t, db, "b")
	const crowd = 50
	for i := range crowd {
		if err := a.Runner.Accept(t.Context(), a.Write(fmt.Sprint("chat", i), "/start")); err != nil {
			t.Fatal(err)
		}
	}
	var both sync.WaitGroup
	for _, w := range []*bottest.World{a, b} {
		both.Go(func() {
			if err := w.Runner.Settle(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	for i := range crowd {
		chat := fmt.Sprint("chat", i)
		told := append(a.Phones.Told(chat), b.Phones.Told(chat)...)
		if len(told) != 2 { // hello, and the question about consent
			t.Errorf("%s was told %d messages", chat, len(told))
		}
	}
}

func TestStopFinishesWhatIsUnderWayAndTheNextProcessTheRest(t *testing.T) {
	db := bottest.SQLite(t)
	a := bottest.New(t, db, "a")
	ctx, stop := context.WithCancel(t.Context())
	sent := make(chan struct{}, 1)
	a.Phones.Fail = func(channels.Address, channels.Outgoing) error {
		select {
		case sent <- struct{}{}:
			stop() // the order to stop comes while the first message is on its way
		default:
		}
		return nil
	}
	done := make(chan error, 1)
	go func() { done <- a.Runner.Run(ctx) }()
	if err := a.Runner.Accept(t.Context(), a.Write("anna", "/start")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	b := bottest.New(t, db, "b")
	settle(t, b)
	told := append(a.Phones.Told("anna"), b.Phones.Told("anna")...)
	if len(told) != 2 {
		t.Errorf("Anna was told %d messages, want the greeting and one question", len(told))
	}
}

func settle(t *testing.T, w *bottest.World) {
	t.Helper()
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, w *bottest.World, f func(store.Tx) error) {
	t.Helper()
	if err := w.Store.Read(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func firstText(told []channels.Outgoing) string {
	if len(told) == 0 {
		return ""
	}
	return told[0].Text
}
