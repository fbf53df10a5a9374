package whatsapptest_test

import (
	"testing"

	"go.mau.fi/whatsmeow/types/events"

	"careline/channels/whatsapp/whatsapptest"
)

// One person, one message under way: both ends together.
func BenchmarkRoundTrip(b *testing.B) {
	_, client, anna := linked(b)
	go func() {
		for e := range client.events {
			if m, ok := e.(*events.Message); ok {
				_, _ = client.SendMessage(b.Context(), m.Info.Chat, m.Message)
			}
		}
	}()
	turn := func() {
		sent := anna.Write("привет")
		if _, err := anna.After(b.Context(), sent.Seq, func(whatsapptest.Message) bool { return true }); err != nil {
			b.Fatal(err)
		}
	}
	turn()
	for b.Loop() {
		turn()
	}
}
