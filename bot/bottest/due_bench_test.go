package bottest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/clock"
	"careline/bot/runner"
	"careline/channels"
	"careline/channels/telegram"
	"careline/channels/telegram/telegramtest"
	"careline/store"
	"careline/store/storetest"

	"github.com/prometheus/client_golang/prometheus"
)

var stores = map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": durablePostgres}

// How late a reminder is that nothing holds up: from the moment when it is due until it is handed to the messenger,
// among a hundred thousand other timers.
func BenchmarkLateness(b *testing.B) {
	const reminders, others, within = 300, 100_000, 10 * time.Second
	for name, open := range stores {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w := bottest.New(b, open(b), "bench")
				onTime(w, w.Phones)
				otherTimers(b, w.Store, others)
				var all sync.WaitGroup
				all.Add(reminders)
				late := make([]time.Duration, reminders)
				begin := time.Now().Add(3 * time.Second)
				due := func(i int) time.Time { return begin.Add(within * time.Duration(i) / reminders) }
				w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
					i, err := strconv.Atoi(to.Chat)
					late[i] = time.Since(due(i))
					all.Done()
					return err
				}
				remindAt(b, w, "test", reminders, strconv.Itoa, due)
				stop := running(b, w)
				all.Wait()
				stop()
				slices.Sort(late)
				for _, p := range []int{50, 99} {
					b.ReportMetric(float64(late[reminders*p/100].Microseconds())/1000, fmt.Sprintf("ms-p%d", p))
				}
			}
		})
	}
}

// Reminders that are all due at one moment leave as fast as Telegram allows. A process keeps the limit, so none comes too
// fast; two on one database do not know of each other, and go on when Telegram says.
func BenchmarkRush(b *testing.B) {
	for _, c := range []struct {
		name, on  string
		processes int
	}{{"sqlite", "sqlite", 1}, {"postgres", "postgres", 1}, {"postgres, two processes", "postgres", 2}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				rush(b, stores[c.on](b), c.processes)
			}
		})
	}
}

func rush(b *testing.B, db store.Store, processes int) {
	const reminders = 900
	network := telegramtest.Start(b, telegramtest.Options{Floods: telegramtest.RealFloods})
	people := make([]string, reminders)
	for i := range people {
		people[i] = strconv.FormatInt(network.Person(telegramtest.User{}).ChatID(), 10)
	}
	due := time.Now().Add(4 * time.Second)
	for i := range processes {
		w := bottest.New(b, db, fmt.Sprint("bench", i))
		onTime(w, telegramAt(b, w, network))
		if i == 0 {
			remindAt(b, w, "telegram", reminders, func(i int) string { return people[i] }, func(int) time.Time { return due })
		}
		defer running(b, w)()
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for ; network.Counts()["sendMessage"]-network.Violations() < reminders; <-tick.C {
	}
	calls := slices.DeleteFunc(network.Calls("sendMessage"), func(c telegramtest.Call) bool { return c.Code != 0 })
	b.ReportMetric(reminders/calls[reminders-1].At.Sub(due).Seconds(), "messages/s")
	b.ReportMetric(float64(calls[0].At.Sub(due).Microseconds())/1000, "ms-first")
	b.ReportMetric(float64(network.Violations()), "too-fast")
}

// durablePostgres keeps what it promised through a power cut, as a clinic's does.
func durablePostgres(t testing.TB) store.Store {
	t.Helper()
	return bottest.PostgresAt(t, storetest.DurablePostgres(t))
}

// onTime lets the world go on by the machine's clock, with this messenger.
func onTime(w *bottest.World, messenger channels.Channel) {
	parts := w.Runner.Parts
	parts.Store, parts.Clock, parts.Channels, parts.Metrics = w.Store, clock.Real{}, []channels.Channel{messenger}, runner.NewMetrics(prometheus.NewRegistry())
	w.Runner = runner.New(parts)
}

func telegramAt(b *testing.B, w *bottest.World, network *telegramtest.Server) channels.Channel {
	b.Helper()
	t, err := telegram.New(telegram.Options{
		Token: network.Token(), API: network.URL(), Words: w.Scripts().Catalogue().Word, Rates: channels.Known()["telegram"].Rates, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		b.Fatal(err)
	}
	return t
}

// otherTimers are due in a month.
func otherTimers(b *testing.B, db store.Store, n int) {
	b.Helper()
	later := time.Now().AddDate(0, 1, 0)
	timers := make([]store.Timer, n)
	for i := range timers {
		timers[i] = store.Timer{Key: fmt.Sprint("other", i), Due: later.Add(time.Duration(i) * time.Second), Kind: store.TimerInput}
	}
	for some := range slices.Chunk(timers, 5000) {
		if err := db.Tx(b.Context(), func(tx store.Tx) error { return tx.SetTimers(b.Context(), some) }); err != nil {
			b.Fatal(err)
		}
	}
}

// remindAt lets so many people, for all of whom it is about noon, have visits whose reminders are due then.
func remindAt(b *testing.B, w *bottest.World, channel string, n int, chat func(int) string, due func(int) time.Time) {
	b.Helper()
	now := time.Now()
	noon := fmt.Sprintf("Etc/GMT%+d", now.UTC().Hour()-12)
	err := w.Runner.Store.Tx(b.Context(), func(tx store.Tx) error {
		for i := range n {
			c := store.Contact{
				ID: fmt.Sprint("c", i), PatientID: fmt.Sprint("p", i), Channel: channel, Chat: chat(i), Language: "ru", Zone: noon, CreatedAt: now,
			}
			if err := known(b, tx, c); err != nil {
				return err
			}
			start := due(i).Add(2 * time.Hour)
			a := store.Appointment{
				ID: fmt.Sprint("v", i), PatientID: c.PatientID, ContactID: c.ID, Service: "hygiene_consult", Branch: "moscow", Status: store.StatusBooked,
				Start: start, End: start.Add(time.Hour), Parts: []store.Part{{Practitioner: fmt.Sprint("d", i), Start: start, End: start.Add(time.Hour)}},
				CreatedAt: now.Add(-8 * time.Hour), UpdatedAt: now, StatusAt: now,
			}
			if err := tx.Book(b.Context(), a, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if late := time.Since(due(0)); late > 0 {
		b.Fatalf("the first reminder was due %v before all stood planned", late)
	}
}

// known lets a patient be known in their chat, with consent.
func known(b *testing.B, tx store.Tx, c store.Contact) error {
	if _, err := tx.Meet(b.Context(), []store.Contact{c}); err != nil {
		return err
	}
	if err := tx.SavePatients(b.Context(), []store.Patient{{ID: c.PatientID, FullName: "Анна Петрова", Phone: "+79123456789", CreatedAt: c.CreatedAt}}); err != nil {
		return err
	}
	return tx.RecordConsents(b.Context(), []store.Consent{{
		PatientID: c.PatientID, Kind: "personal", Given: true, Version: "1", Language: "ru", Channel: c.Channel, ContactID: c.ID, At: c.CreatedAt,
	}})
}

// running runs the runner until stop.
func running(b *testing.B, w *bottest.World) (stop func()) {
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- w.Runner.Run(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	}
}
