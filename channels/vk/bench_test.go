package vk_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"careline/channels"
	"careline/channels/vk"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/events"
	"github.com/SevereCloud/vksdk/v2/object"
)

// taking answers every call as VK answers messages.send, and costs as little as can be.
func taking(b *testing.B) string {
	answer := []byte(`{"response":[{"peer_id":42,"message_id":9012,"conversation_message_id":812}]}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(answer)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

var question = channels.Outgoing{Key: "k", Text: "Вам удобно завтра в 10:30? Доктор Иванова, улица Ленина, 1.", Ask: channels.AskOne, Choices: choices("Да", "Нет")}

func BenchmarkSend(b *testing.B) {
	c, err := vk.New(vk.Options{Token: "vk1.a.TEST", GroupID: 1, API: taking(b), Words: words})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Send(b.Context(), channels.Address{Channel: "vk", Chat: "42"}, question); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSendByLibrary is the same message by the library alone, for comparison.
func BenchmarkSendByLibrary(b *testing.B) {
	c := api.NewVK("vk1.a.TEST")
	c.MethodURL, c.Limit = taking(b)+"/", 0
	b.ReportAllocs()
	for b.Loop() {
		k := object.NewMessagesKeyboardInline()
		k.AddRow()
		k.AddCallbackButton("Да", map[string]string{"q": "0"}, object.ButtonWhite)
		k.AddCallbackButton("Нет", map[string]string{"q": "1"}, object.ButtonWhite)
		_, err := c.MessagesSendPeerIDs(api.Params{"peer_ids": 42, "random_id": 1, "message": question.Text, "keyboard": k.ToJSON()})
		if err != nil {
			b.Fatal(err)
		}
	}
}

var brought = map[string]string{
	"text":  event("message_new", secret, letter),
	"press": event("message_event", secret, `{"user_id":42,"peer_id":42,"event_id":"7a1","conversation_message_id":5,"payload":{"careline":"t1:ask:7:yes","label":"Да"}}`),
}

// BenchmarkReceive takes an event by the callback, all but the network.
func BenchmarkReceive(b *testing.B) {
	for name, raw := range brought {
		b.Run(name, func(b *testing.B) {
			s := open(b, hooked)
			b.ReportAllocs()
			for b.Loop() {
				if w := s.answers(request(strings.NewReader(raw))); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

// BenchmarkReceiveByLibrary only decodes the same.
func BenchmarkReceiveByLibrary(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		on := events.NewFuncList()
		on.MessageNew(func(_ context.Context, _ events.MessageNewObject) {})
		if err := on.Handler(b.Context(), events.GroupEvent{Type: events.EventMessageNew, Object: []byte(letter)}); err != nil {
			b.Fatal(err)
		}
	}
}
