package telegramtest_test

import (
	"strings"
	"testing"
	"time"

	"careline/channels/telegram/telegramtest"
)

// Everything that the real one refuses for the bot's own mistake.
func TestMistakesAreRefused(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	said := p.Write("привет")
	here := p.ChatID()
	long := strings.Repeat("ж", 4096)
	cases := []struct {
		method string
		params object
		code   int
		tells  string
	}{
		{"sendMessage", object{"chat_id": here, "text": " \n"}, 400, "message text is empty"},
		{"sendMessage", object{"chat_id": here, "text": long}, 0, ""},
		{"sendMessage", object{"chat_id": here, "text": long + "ж"}, 400, "message is too long"},
		{"sendMessage", object{"chat_id": here, "text": strings.Repeat("😀", 2049)}, 400, "message is too long"},
		{"sendMessage", object{"chat_id": here, "text": "<b>" + long + "</b>", "parse_mode": "HTML"}, 0, ""},
		{"sendMessage", object{"chat_id": 42, "text": "кому?"}, 400, "chat not found"},
		{"sendMessage", object{"chat_id": here, "text": "a < b", "parse_mode": "HTML"}, 400, "can't parse entities"},
		{"sendMessage", object{"chat_id": here, "text": "да", "reply_markup": inline(object{"text": "Да", "callback_data": strings.Repeat("я", 33)})}, 400, "BUTTON_DATA_INVALID"},
		{"sendMessage", object{"chat_id": here, "text": "да", "reply_markup": inline(object{"text": "Да"})}, 400, "Text buttons are unallowed"},
		{"sendMessage", object{"chat_id": here, "text": "да", "reply_markup": inline(object{"text": "", "callback_data": "x"})}, 400, "can't parse inline keyboard button"},
		{"sendMessage", object{"chat_id": here, "text": "да", "reply_markup": "{"}, 400, "can't parse reply keyboard"},
		{"sendMessage", object{"chat_id": here, "text": "да", "reply_parameters": object{"message_id": 9}}, 400, "message to be replied not found"},
		{"editMessageText", object{"chat_id": here, "message_id": 9, "text": "что?"}, 400, "message to edit not found"},
		{"editMessageText", object{"chat_id": here, "message_id": said.Message, "text": "чужое"}, 400, "message can't be edited"},
		{"deleteMessage", object{"chat_id": here, "message_id": 9}, 400, "message to delete not found"},
		{"answerCallbackQuery", object{"callback_query_id": "1"}, 400, "query is too old"},
		{"sendLocation", object{"chat_id": here, "latitude": 91, "longitude": 0}, 400, "wrong latitude"},
		{"sendVenue", object{"chat_id": here, "latitude": 55, "longitude": 37, "title": "Клиника"}, 400, "VENUE_ADDRESS_INVALID"},
		{"sendDocument", object{"chat_id": here, "document": "BQAC"}, 400, "wrong file identifier"},
		{"getFile", object{"file_id": "BQAC"}, 400, "wrong file_id"},
		{"setMyCommands", object{"commands": []object{{"command": "Запись", "description": "x"}}}, 400, "BOT_COMMAND_INVALID"},
		{"setMyDescription", object{"description": strings.Repeat("д", 513)}, 400, "too long"},
		{"setWebhook", object{"url": "http://clinic.ru/telegram/"}, 400, "HTTPS"},
		{"setWebhook", object{"url": "https://clinic.ru/", "secret_token": "пароль"}, 400, "unallowed characters"},
		{"sendChatAction", object{"chat_id": here, "action": "sleeping"}, 400, "wrong parameter action"},
		{"sendPigeon", object{}, 404, "Not Found"},
	}
	for _, c := range cases {
		got := call(t, s, c.method, c.params)
		if got.Code != c.code || !strings.Contains(got.Description, c.tells) {
			t.Errorf("%s %.80v: %d %s, want %d %s", c.method, c.params, got.Code, got.Description, c.code, c.tells)
		}
	}
	if n := s.Counts()["code:400"]; n < 20 {
		t.Errorf("%d refusals are counted", n)
	}
}

// An edit that changes nothing is refused, one that changes the words or the buttons is seen.
func TestEdits(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	yes := inline(object{"text": "Да", "callback_data": "y"})
	call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "Вам удобно?", "reply_markup": yes})
	m := read(t, p.Seat, "удобно")
	at := object{"chat_id": p.ChatID(), "message_id": m.ID}
	with := func(more object) object {
		for k, v := range at {
			more[k] = v
		}
		return more
	}
	for _, same := range []answered{
		call(t, s, "editMessageText", with(object{"text": "Вам удобно?", "reply_markup": yes})),
		call(t, s, "editMessageReplyMarkup", with(object{"reply_markup": yes})),
	} {
		if same.Code != 400 || !strings.Contains(same.Description, "message is not modified") {
			t.Errorf("nothing was changed: %+v", same)
		}
	}
	if a := call(t, s, "editMessageReplyMarkup", at); !a.OK {
		t.Errorf("closing the buttons: %+v", a)
	}
	if closed := read(t, p.Seat, "удобно"); closed.Inline != nil || closed.EditDate == 0 {
		t.Errorf("the person sees %+v", closed)
	}
	if a := call(t, s, "editMessageReplyMarkup", at); a.Code != 400 {
		t.Errorf("closed twice: %+v", a)
	}
	if a := call(t, s, "deleteMessage", at); !a.OK || len(p.Shown()) != 0 {
		t.Errorf("deleted: %+v, shown %q", a, p.Shown())
	}
}

// A press is answered once, and within a minute.
func TestPressesAreAnsweredOnceAndSoon(t *testing.T) {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	s := telegramtest.Start(t, telegramtest.Options{Now: func() time.Time { return now }})
	p := s.Person(telegramtest.User{})
	first, late := p.PressData(1, "old"), p.PressData(1, "old")
	if a := call(t, s, "answerCallbackQuery", object{"callback_query_id": first.Query}); !a.OK {
		t.Errorf("answered: %+v", a)
	}
	if a := call(t, s, "answerCallbackQuery", object{"callback_query_id": first.Query}); a.Code != 400 {
		t.Errorf("answered twice: %+v", a)
	}
	now = now.Add(61 * time.Second)
	if a := call(t, s, "answerCallbackQuery", object{"callback_query_id": late.Query}); a.Code != 400 || s.Spinning() != 1 {
		t.Errorf("answered after a minute: %+v, %d spin", a, s.Spinning())
	}
}

func TestARevokedTokenIsRefused(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	s.Revoke()
	if a := call(t, s, "getMe", nil); a.Code != 401 || a.Description != "Unauthorized" {
		t.Errorf("revoked: %+v", a)
	}
	s.Allow()
	if a := call(t, s, "GETME", nil); !a.OK {
		t.Errorf("allowed again, and the case does not matter: %+v", a)
	}
}
