package runner_test

import (
	"context"
	"fmt"
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// One message from the network's hand to the answer's delivery: accepted, stepped, sent, recorded; four
// commits. Alone, and a hundred chats at once.
func BenchmarkMessage(b *testing.B) {
	for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
		for _, crowd := range []int{1, 100} {
			b.Run(fmt.Sprintf("%s/%d", name, crowd), func(b *testing.B) { messages(b, open(b), crowd) })
		}
	}
}

func messages(b *testing.B, db store.Store, crowd int) {
	w := bottest.New(b, db, "bench")
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- w.Runner.Run(ctx) }()
	defer func() { stop(); <-done }()
	round := func(text string) {
		all := make([]channels.Incoming, crowd)
		for i := range all {
			all[i] = w.Write(fmt.Sprint("chat", i), text)
		}
		if err := w.Runner.Accept(b.Context(), all...); err != nil {
			b.Fatal(err)
		}
		if err := w.Runner.Settle(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	for _, text := range []string{"/start", "Даю согласие"} {
		round(text)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		round([]string{"цены", "меню"}[n%2])
		n++
	}
	b.ReportMetric(float64(n*crowd)/b.Elapsed().Seconds(), "messages/s")
}
