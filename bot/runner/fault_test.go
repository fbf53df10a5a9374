package runner_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
	"careline/store/storetest"
)

// What cannot be written for one person is that person's trouble only, though steps share a transaction.
func TestWhatCannotBeWrittenBlamesItsOwnContact(t *testing.T) {
	db := bottest.SQLite(t)
	w := bottest.New(t, within{db, func(tx store.Tx) store.Tx { return unwritable{tx, "anna"} }}, "a")
	in := []channels.Incoming{w.Write("boris", "/start"), w.Write("anna", "/start"), w.Write("vera", "/start")}
	if err := w.Runner.Accept(t.Context(), in...); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	for _, chat := range []string{"boris", "vera"} {
		if len(w.Phones.Told(chat)) == 0 {
			t.Errorf("%s waits behind the one who cannot be written", chat)
		}
	}
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(60e9)); err != nil {
		t.Fatal(err)
	}
	if n := parked(t, w); n != 1 {
		t.Errorf("%d inputs are parked, want Anna's", n)
	}
}

// within is a store whose transactions are not quite themselves.
type within struct {
	store.Store
	as func(store.Tx) store.Tx
}

func (w within) Tx(ctx context.Context, f func(store.Tx) error) error {
	return w.Store.Tx(ctx, func(tx store.Tx) error { return f(w.as(tx)) })
}

// unwritable refuses to greet one chat.
type unwritable struct {
	store.Tx
	chat string
}

func (u unwritable) Put(ctx context.Context, out []store.Output) error {
	for _, o := range out {
		if o.Chat == u.chat && strings.Contains(string(o.Payload), "Здравствуйте") {
			return errors.New("invalid byte sequence")
		}
	}
	return u.Tx.Put(ctx, out)
}

// What the database does not take holds up nobody who came with it: the network is not asked to bring it again, and a
// human asks the person.
func TestAMessageThatCannotBeStoredIsRefusedAlone(t *testing.T) {
	db := bottest.SQLite(t)
	w := bottest.New(t, within{db, func(tx store.Tx) store.Tx { return unstorable{tx, "молния"} }}, "a")
	in := []channels.Incoming{w.Write("boris", "/start"), w.Write("anna", "молния"), w.Write("vera", "/start"), w.Write("anna", "/start")}
	for range 2 { // the second time it is known
		if err := w.Runner.Accept(t.Context(), in...); err != nil {
			t.Fatal(err)
		}
		settle(t, w)
	}
	for chat, messages := range map[string]int{"boris": 2, "vera": 2, "anna": 3} {
		if n := len(w.Phones.Told(chat)); n != messages {
			t.Errorf("%s was told %d messages, want %d: %q", chat, n, messages, texts(w.Phones.Told(chat)))
		}
	}
	read(t, w, func(tx store.Tx) error {
		tickets, err := tx.TicketList(t.Context(), nil, 10)
		if len(tickets) != 1 || tickets[0].Kind != "poison" {
			t.Errorf("tickets: %+v", tickets)
		}
		return err
	})
}

// unstorable refuses to store a message with the word.
type unstorable struct {
	store.Tx
	word string
}

func (u unstorable) Accept(ctx context.Context, in []store.Input) (int, error) {
	for _, i := range in {
		if strings.Contains(string(i.Payload), u.word) {
			return 0, errors.New("invalid byte sequence")
		}
	}
	return u.Tx.Accept(ctx, in)
}

// A database that is gone or full blames nobody: the same step is done when it is back.
func TestADatabaseInTroubleParksNothing(t *testing.T) {
	for _, trouble := range []error{store.ErrFull, store.ErrUnavailable} {
		db := bottest.SQLite(t)
		ill := false
		w := bottest.New(t, within{db, func(tx store.Tx) store.Tx {
			if ill {
				return sick{tx, trouble}
			}
			return tx
		}}, "a")
		w.Says("anna", "/start")
		ill = true
		press := w.Press("anna", "Даю согласие")
		gone := errors.Is(trouble, store.ErrUnavailable)
		if err := w.Runner.Accept(t.Context(), press); errors.Is(err, trouble) != gone {
			t.Fatalf("a message that %v stores is answered with %v", trouble, err)
		}
		for range 10 {
			if _, err := w.Runner.Step(t.Context()); !gone && !errors.Is(err, trouble) {
				t.Fatalf("the step says %v, want %v", err, trouble)
			}
		}
		ill = false
		if gone { // nothing was acknowledged, so the network brings it again
			if err := w.Runner.Accept(t.Context(), press); err != nil {
				t.Fatal(err)
			}
		}
		settle(t, w)
		if last := w.Phones.Last("anna"); !strings.HasPrefix(last, "Чем помочь") || parked(t, w) != 0 {
			t.Errorf("after %v Anna was told %q, %d inputs are parked", trouble, last, parked(t, w))
		}
	}
}

// Behind a connection that is dead and does not say so nobody waits for ever.
func TestADatabaseThatHangsIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hung := &hung{Store: bottest.SQLite(t)}
		w := bottest.New(t, hung, "a")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Runner.Run(ctx) }()
		synctest.Wait()
		hung.hangs.Store(true)
		accepted := make(chan error, 1)
		go func() { accepted <- w.Runner.Accept(t.Context(), w.Write("anna", "/start")) }()
		synctest.Wait()
		hung.hangs.Store(false) // another connection works, those who wait do so for nothing
		if err := <-accepted; err == nil {
			t.Error("a message that was not stored is acknowledged")
		}
		if err := w.Runner.Accept(t.Context(), w.Write("anna", "/start")); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if len(w.Phones.Told("anna")) == 0 {
			t.Error("Anna is not answered")
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// Somebody new whose first message was lost with its transaction exists nowhere, and what was to be said to them holds
// up nobody.
func TestAStrangerWhoWasNotStoredHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var breaks atomic.Bool
		breaking := &bottest.Crashing{Store: bottest.SQLite(t), Next: func() bottest.Crash {
			if breaks.Swap(false) {
				return bottest.BeforeCommit
			}
			return bottest.None
		}}
		w := bottest.New(t, breaking, "a")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.Runner.Run(ctx) }()
		synctest.Wait()
		for _, chat := range []string{"anna", "boris"} {
			breaks.Store(chat == "anna")
			if err := w.Runner.Accept(t.Context(), w.Write(chat, "/start")); err != nil {
				t.Fatal(err)
			}
		}
		<-time.After(time.Minute)
		synctest.Wait()
		for _, chat := range []string{"anna", "boris"} {
			if len(w.Phones.Told(chat)) == 0 {
				t.Errorf("%s is not answered", chat)
			}
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// hung gives no answer while it hangs.
type hung struct {
	store.Store
	hangs atomic.Bool
}

func (h *hung) Tx(ctx context.Context, f func(store.Tx) error) error {
	if h.hangs.Load() {
		<-ctx.Done()
		return ctx.Err()
	}
	return h.Store.Tx(ctx, f)
}

// sick fails in the middle of a step.
type sick struct {
	store.Tx
	err error
}

func (s sick) RecordConsents(context.Context, []store.Consent) error { return s.err }

// A network's library that panics ends neither the process nor the other chats.
func TestAPanicInAChannelDropsItsMessage(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
		if to.Chat == "anna" {
			panic("Анна Петрова")
		}
		return nil
	}
	if err := w.Runner.Accept(t.Context(), w.Write("anna", "/start"), w.Write("boris", "/start")); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	if len(w.Phones.Told("boris")) == 0 {
		t.Error("Boris waits behind the panic")
	}
	read(t, w, func(tx store.Tx) error {
		unsent, err := storetest.OutDepth(t.Context(), tx)
		if unsent != 0 {
			t.Errorf("%d messages are tried again", unsent)
		}
		return err
	})
}

func parked(t *testing.T, w *bottest.World) (n int) {
	t.Helper()
	read(t, w, func(tx store.Tx) (err error) { _, n, err = storetest.InDepth(t.Context(), tx); return err })
	return n
}

// What cannot be planned for one patient holds up nobody else: the input from which it follows is parked like any other
// that cannot be done.
func TestWhatCannotBePlannedBlamesItsOwnInput(t *testing.T) {
	w := bottest.New(t, within{bottest.SQLite(t), func(tx store.Tx) store.Tx { return unplannable{tx, "patient/anna"} }}, "a")
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "c", PatientID: "anna", Channel: "test", Chat: "anna", Language: "ru", CreatedAt: w.Clock.Now()}})
		if err != nil {
			return err
		}
		plan := []byte(`{"about": "visit/gone", "patient": "anna"}`)
		return tx.SetTimers(t.Context(), []store.Timer{{Key: "k", ContactID: met[0].ID, Due: w.Clock.Now(), Kind: store.PlanInput, Payload: plan}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Runner.Fire(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Runner.Accept(t.Context(), w.Write("boris", "/start")); err != nil {
		t.Fatal(err)
	}
	if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(60e9)); err != nil {
		t.Fatal(err)
	}
	if len(w.Phones.Told("boris")) == 0 {
		t.Error("Boris waits behind a plan that fails")
	}
	if n := parked(t, w); n != 1 {
		t.Errorf("%d inputs are parked, want the plan", n)
	}
}

// unplannable fails to read what stands planned about one thing.
type unplannable struct {
	store.Tx
	about string
}

func (u unplannable) TimersAbout(ctx context.Context, about []string) ([]store.Timer, error) {
	if slices.Contains(about, u.about) {
		return nil, errors.New("a plan that nobody can read")
	}
	return u.Tx.TimersAbout(ctx, about)
}

// What could not be done on one day is done on the next.
func TestADayThatFailsIsNotTheLast(t *testing.T) {
	flaw := "branch/"
	w := bottest.New(t, within{bottest.SQLite(t), func(tx store.Tx) store.Tx { return untouchable{tx, flaw} }}, "a")
	if _, err := w.Runner.Journey().Release(t.Context(), w.Runner.Store); err != nil {
		t.Fatal(err)
	}
	pass := func() {
		t.Helper()
		if err := w.Runner.PassTo(t.Context(), w.Clock, w.Clock.Now().Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	pass()
	if parked(t, w) == 0 {
		t.Fatal("nothing failed")
	}
	flaw = "nothing"
	pass()
	read(t, w, func(tx store.Tx) error {
		touches, err := tx.TouchesAbout(t.Context(), []string{"branch/moscow"})
		if len(touches) != 1 {
			t.Errorf("on the next day: %v", touches)
		}
		return err
	})
}

// untouchable fails to note what timelines did about some things.
type untouchable struct {
	store.Tx
	about string
}

func (u untouchable) Touch(ctx context.Context, touches []store.Touch) ([]bool, error) {
	if strings.HasPrefix(touches[0].About, u.about) {
		return nil, errors.New("no room for it")
	}
	return u.Tx.Touch(ctx, touches)
}
