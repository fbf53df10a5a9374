package postgres_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"testing"
	"time"

	"careline/store"
	"careline/store/postgres"
	"careline/store/storetest"
)

// clinic is one database with two processes on it.
type clinic struct {
	*testing.T
	a, b store.Store
	url  string
	anna store.Contact
}

func twoProcesses(t *testing.T, options string) *clinic {
	t.Helper()
	address, err := url.Parse(storetest.Postgres(t))
	if err != nil {
		t.Fatal(err)
	}
	q := address.Query()
	q.Set("options", options)
	address.RawQuery = q.Encode()
	c := &clinic{T: t, url: address.String()}
	c.a, c.b = connect(t, c.url), connect(t, c.url)
	c.anna = c.meet("anna")
	return c
}

func (c *clinic) meet(name string) store.Contact {
	contact := store.Contact{ID: name, Channel: "web", Chat: name, PatientID: name + "'s patient", CreatedAt: storetest.Noon}
	c.tx(c.a, func(tx store.Tx) error {
		_, err := tx.Meet(c.Context(), []store.Contact{contact})
		return err
	})
	return contact
}

func (c *clinic) tx(s store.Store, f func(store.Tx) error) {
	c.Helper()
	if err := s.Tx(c.Context(), f); err != nil {
		c.Error(err)
	}
}

func (c *clinic) accept(tx store.Tx, contact store.Contact, id string) error {
	payload, _ := json.Marshal(id)
	_, err := tx.Accept(c.Context(), []store.Input{{Channel: "web", ExternalID: id, ContactID: contact.ID, Kind: store.MessageInput, Payload: payload, ReceivedAt: storetest.Noon}})
	return err
}

func (c *clinic) ready(tx store.Tx, want ...string) error {
	c.Helper()
	got, err := tx.Ready(c.Context(), storetest.Noon, 10)
	if !slices.Equal(got, want) {
		c.Errorf("ready: %v, want %v", got, want)
	}
	return err
}

func TestOneWorkerOnAContact(t *testing.T) {
	c := twoProcesses(t, "")
	boris := c.meet("boris")
	c.tx(c.a, func(tx store.Tx) error { return errors.Join(c.accept(tx, c.anna, "1"), c.accept(tx, boris, "2")) })
	c.tx(c.a, func(mine store.Tx) error {
		got, err := mine.Ready(t.Context(), storetest.Noon, 1)
		if err != nil || len(got) != 1 {
			t.Fatalf("ready: %v, %v", got, err)
		}
		c.tx(c.b, func(theirs store.Tx) error { return c.ready(theirs, "boris") })
		// Timers of the contact may fire into the inbox meanwhile.
		c.tx(c.b, func(theirs store.Tx) error {
			_, err := theirs.Accept(t.Context(), []store.Input{{Channel: "timer", ExternalID: "t", ContactID: "anna", Kind: store.TimerInput, ReceivedAt: storetest.Noon}})
			return err
		})
		return nil
	})
	c.tx(c.b, func(tx store.Tx) error { return c.ready(tx, "anna", "boris") })
}

func TestClaimedMessagesBelongToOne(t *testing.T) {
	c := twoProcesses(t, "")
	c.tx(c.a, func(tx store.Tx) error {
		return tx.Put(t.Context(), []store.Output{{ID: "1", ContactID: "anna", Channel: "web"}, {ID: "2", ContactID: "anna", Channel: "web"}})
	})
	claim := func(tx store.Tx, holder string, want int) error {
		out, err := tx.Claim(t.Context(), nil, holder, storetest.Noon, storetest.Noon.AddDate(0, 0, 1), 10)
		if len(out) != want {
			t.Errorf("%s claimed %d, want %d", holder, len(out), want)
		}
		return err
	}
	c.tx(c.a, func(mine store.Tx) error {
		err := claim(mine, "a", 1)
		c.tx(c.b, func(theirs store.Tx) error { return claim(theirs, "b", 0) })
		return err
	})
}

// Lines of a chat are seen in their order: a later one waits for an earlier one that is being written.
func TestChatHasNoGaps(t *testing.T) {
	c := twoProcesses(t, "")
	second := make(chan error, 1)
	c.tx(c.a, func(tx store.Tx) error {
		if err := c.accept(tx, c.anna, "first"); err != nil {
			return err
		}
		go func() {
			second <- c.b.Tx(t.Context(), func(tx store.Tx) error { return c.accept(tx, c.anna, "second") })
		}()
		c.awaitLock()
		return nil
	})
	if err := <-second; err != nil {
		t.Fatal(err)
	}
	c.tx(c.a, func(tx store.Tx) error {
		lines, err := tx.History(t.Context(), "anna", 0, 0, 10)
		if len(lines) != 2 || lines[0].Receipt != "first" || lines[0].Seq+1 != lines[1].Seq {
			t.Errorf("chat: %v", lines)
		}
		return err
	})
}

// What is put in the transaction that makes its contact is given back though that ends late.
func TestAStrangersMessagesAreGivenBack(t *testing.T) {
	c := twoProcesses(t, "")
	var ids []string
	given := make(chan error, 1)
	c.tx(c.a, func(tx store.Tx) error {
		_, err := tx.Meet(t.Context(), []store.Contact{{ID: "boris", Channel: "web", Chat: "boris", PatientID: "boris's patient", CreatedAt: storetest.Noon}})
		if err != nil {
			return err
		}
		if err := tx.Put(t.Context(), []store.Output{{ID: "1", ContactID: "boris", Channel: "web", Holder: "a", Until: storetest.Noon}}); err != nil {
			return err
		}
		go func() {
			given <- c.b.Tx(t.Context(), func(tx store.Tx) (err error) {
				ids, err = tx.Yield(t.Context(), "a", []string{"anna", "boris", "nobody"})
				return err
			})
		}()
		c.awaitLock()
		return nil
	})
	if err := <-given; err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ids, []string{"1"}) {
		t.Errorf("given back: %v", ids)
	}
}

// A process that hung in a transaction, or that reaches a standby, has lost the database; its inputs are not to blame.
func TestALostTransactionIsTheDatabasesFault(t *testing.T) {
	c := twoProcesses(t, "")
	hung, err := postgres.Open(t.Context(), c.url+"&idle_in_transaction_session_timeout=20")
	if err != nil {
		t.Fatal(err)
	}
	defer hung.Close()
	err = hung.Tx(t.Context(), func(tx store.Tx) error {
		if _, err := tx.Now(t.Context()); err != nil {
			return err
		}
		db := c.plain()
		for idle := 1; idle > 0; {
			err := db.QueryRow("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'").Scan(&idle)
			if err != nil {
				return err
			}
		}
		_, err := tx.Now(t.Context())
		return err
	})
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("after a pause: %v", err)
	}
	standby, err := postgres.Open(t.Context(), c.url+"&default_transaction_read_only=on")
	if err != nil {
		t.Fatal(err)
	}
	defer standby.Close()
	if err := standby.Tx(t.Context(), func(tx store.Tx) error { return c.accept(tx, c.anna, "1") }); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("on a standby: %v", err)
	}
}

// What comes from somebody while they are being erased is a stranger's: nothing new is kept of the erased.
func TestAMessageDuringAnErasureIsAStrangers(t *testing.T) {
	c := twoProcesses(t, "")
	var met []store.Contact
	arrived := make(chan error, 1)
	c.tx(c.a, func(tx store.Tx) error {
		if err := tx.Erase(t.Context(), c.anna.PatientID, storetest.Noon); err != nil {
			return err
		}
		go func() {
			arrived <- c.b.Tx(t.Context(), func(tx store.Tx) (err error) {
				stranger := store.Contact{ID: "stranger", Channel: "web", Chat: "anna", PatientID: "stranger's patient", CreatedAt: storetest.Noon}
				if met, err = tx.Meet(t.Context(), []store.Contact{stranger}); err != nil {
					return err
				}
				_, _, err = tx.Arrived(t.Context(), []store.Input{{Channel: "web", ExternalID: "1", ContactID: met[0].ID}})
				return err
			})
		}()
		c.awaitLock()
		return nil
	})
	if err := <-arrived; err != nil {
		t.Fatal(err)
	}
	if met[0].ID != "stranger" {
		t.Errorf("the message is stored as %s's", met[0].ID)
	}
}

// awaitLock returns when somebody on this database waits for a lock.
func (c *clinic) awaitLock() {
	db := c.plain()
	for waiting := 0; waiting == 0 && c.Context().Err() == nil; {
		if err := db.QueryRow("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").Scan(&waiting); err != nil {
			c.Fatal(err)
		}
	}
}

func (c *clinic) plain() *sql.DB {
	db, err := sql.Open("pgx", c.url)
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { _ = db.Close() })
	return db
}

// A reader of events that remembers the last one misses none, though commits come out of order.
func TestEventsAreNotMissed(t *testing.T) {
	c := twoProcesses(t, "")
	read := func() (names []string) {
		c.tx(c.a, func(tx store.Tx) error {
			events, err := tx.EventsSince(t.Context(), 0, 10)
			for _, e := range events {
				names = append(names, e.Name)
			}
			return err
		})
		return names
	}
	say := func(tx store.Tx, name string) error {
		return tx.AppendEvents(t.Context(), []store.Event{{At: storetest.Noon, Name: name}})
	}
	c.tx(c.a, func(tx store.Tx) error {
		err := say(tx, "slow")
		c.tx(c.b, func(tx store.Tx) error { return say(tx, "quick") })
		if names := read(); len(names) != 0 {
			t.Errorf("%v can be read before an older event is written", names)
		}
		return err
	})
	if names := read(); !slices.Equal(names, []string{"slow", "quick"}) {
		t.Errorf("events: %v", names)
	}
}

func TestDeadlockIsRepeated(t *testing.T) {
	c := twoProcesses(t, "-cdeadlock_timeout=20ms")
	boris := c.meet("boris")
	var tries int
	other := make(chan error, 1)
	c.tx(c.a, func(tx store.Tx) error {
		tries++
		if err := c.accept(tx, c.anna, "a1"); err != nil {
			return err
		}
		if tries == 1 {
			locked := make(chan struct{})
			go func() {
				first := true
				other <- c.b.Tx(t.Context(), func(tx store.Tx) error {
					if err := c.accept(tx, boris, "b1"); err != nil {
						return err
					}
					if first {
						first = false
						close(locked)
					}
					return c.accept(tx, c.anna, "b2")
				})
			}()
			<-locked
		}
		return c.accept(tx, boris, "a2")
	})
	if err := <-other; err != nil {
		t.Error(err)
	}
	c.tx(c.a, func(tx store.Tx) error {
		waiting, _, err := storetest.InDepth(t.Context(), tx)
		if waiting != 4 {
			t.Errorf("%d inputs, want all four", waiting)
		}
		return err
	})
}

func TestOtherProcessIsWoken(t *testing.T) {
	c := twoProcesses(t, "")
	for _, topic := range []store.Topic{store.OutboxTopic, store.SaidTopic} {
		signals, stop := c.b.Wake(topic)
		defer stop()
		c.woken(topic, signals)

		// Cut all connections: the store heals, and the listener signals because it may have missed something.
		c.cut()
		<-signals
		c.heals()
		c.woken(topic, signals)
	}
}

// woken returns when a signal of one process came to the other, which may still be about to listen.
func (c *clinic) woken(topic store.Topic, signals <-chan struct{}) {
	for {
		c.tx(c.a, func(tx store.Tx) error { tx.Wake(topic); return nil })
		select {
		case <-signals:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (c *clinic) cut() {
	_, err := c.plain().Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	if err != nil {
		c.Fatal(err)
	}
}

// heals uses both processes until they work; every error on the way says that the database was away.
func (c *clinic) heals() {
	for _, s := range []store.Store{c.a, c.b} {
		for err := errors.New("not asked yet"); err != nil; {
			err = s.Tx(c.Context(), func(tx store.Tx) error { return tx.AppendEvents(c.Context(), []store.Event{{Name: "x"}}) })
			if err != nil && !errors.Is(err, store.ErrUnavailable) {
				c.Fatalf("got %v, want %v", err, store.ErrUnavailable)
			}
		}
	}
}

func TestCutInTheMiddleOfATransaction(t *testing.T) {
	c := twoProcesses(t, "")
	err := c.a.Tx(t.Context(), func(tx store.Tx) error {
		if err := c.accept(tx, c.anna, "lost"); err != nil {
			return err
		}
		c.cut()
		return c.accept(tx, c.anna, "never")
	})
	if !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("got %v, want %v", err, store.ErrUnavailable)
	}
	c.heals()
	c.tx(c.a, func(tx store.Tx) error { return c.ready(tx) })
}

func TestAbsentServerIsSaid(t *testing.T) {
	db, err := postgres.Open(t.Context(), "postgres://careline:secret@127.0.0.1:1/clinic")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("got %v, want %v", err, store.ErrUnavailable)
	}
	if _, err := postgres.Open(t.Context(), "postgres://careline:secret@host:port"); err == nil {
		t.Fatal("a wrong address was taken")
	}
}
