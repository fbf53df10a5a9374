package telegram_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"careline/channels"
	"careline/channels/telegram"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// taking answers every call as Telegram answers sendMessage, and costs as little as can be.
func taking(b *testing.B) string {
	answer := []byte(`{"ok":true,"result":{"message_id":812,"from":{"id":1000,"is_bot":true,"first_name":"Клиника","username":"careline_test_bot"},"chat":{"id":42,"first_name":"Анна","type":"private"},"date":1790000000,"text":"Вам удобно завтра в 10:30? Доктор Иванова, улица Ленина, 1.","reply_markup":{"inline_keyboard":[[{"text":"Да","callback_data":"t1:ask:7:yes"},{"text":"Нет","callback_data":"t1:ask:7:no"}]]}}}`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write(answer)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

var question = channels.Outgoing{Text: "Вам удобно завтра в 10:30? Доктор Иванова, улица Ленина, 1.", Ask: channels.AskOne, Choices: choices("Да", "Нет")}

func BenchmarkSend(b *testing.B) {
	c, err := telegram.New(telegram.Options{Token: "1000:TEST", API: taking(b), Words: words})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Send(b.Context(), channels.Address{Channel: "telegram", Chat: "42"}, question); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSendByLibrary is the same message by the library, for comparison.
func BenchmarkSendByLibrary(b *testing.B) {
	c, err := bot.New("1000:TEST", bot.WithServerURL(taking(b)), bot.WithSkipGetMe())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := c.SendMessage(b.Context(), &bot.SendMessageParams{ChatID: 42, Text: question.Text, ReplyMarkup: &models.InlineKeyboardMarkup{
			InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "Да", CallbackData: "q:Да"}, {Text: "Нет", CallbackData: "q:Нет"}}},
		}})
		if err != nil {
			b.Fatal(err)
		}
	}
}

const press = `{"update_id":700000001,"callback_query":{"id":"30064771072000001","from":{"id":42,"is_bot":false,"first_name":"Анна","username":"anna","language_code":"ru"},"message":{"message_id":812,"from":{"id":1000,"is_bot":true,"first_name":"Клиника","username":"careline_test_bot"},"chat":{"id":42,"first_name":"Анна","type":"private"},"date":1790000000,"text":"Вам удобно завтра в 10:30? Доктор Иванова, улица Ленина, 1.","reply_markup":{"inline_keyboard":[[{"text":"Да","callback_data":"t1:ask:7:yes"},{"text":"Нет","callback_data":"t1:ask:7:no"}]]}},"chat_instance":"42","data":"t1:ask:7:yes"}}`

// BenchmarkReceive takes an update by the webhook, all but the network.
func BenchmarkReceive(b *testing.B) {
	for name, raw := range updates {
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
	for name, raw := range updates {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var u models.Update
				if err := json.Unmarshal([]byte(raw), &u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

var updates = map[string]string{"text": update, "press": press}
