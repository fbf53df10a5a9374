package telegramtest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"careline/channels/telegram/telegramtest"
)

// texts and kinds of all that waits for the bot.
func waiting(t *testing.T, s *telegramtest.Server) (list []string) {
	t.Helper()
	var updates []map[string]json.RawMessage
	if err := json.Unmarshal(call(t, s, "getUpdates", object{"timeout": 0}).Result, &updates); err != nil {
		t.Fatal(err)
	}
	for _, u := range updates {
		for kind, body := range u {
			if kind == "update_id" {
				continue
			}
			var m struct {
				Text     string
				EditDate int64          `json:"edit_date"`
				ReplyTo  *struct{}      `json:"reply_to_message"`
				Moved    int64          `json:"migrate_to_chat_id"`
				New      map[string]any `json:"new_chat_member"`
			}
			if err := json.Unmarshal(body, &m); err != nil {
				t.Fatal(err)
			}
			line := kind + " " + m.Text
			if m.ReplyTo != nil {
				line += " (reply)"
			}
			if m.Moved != 0 {
				line += "(moved)"
			}
			if m.New != nil {
				line += m.New["status"].(string)
			}
			list = append(list, strings.TrimSpace(line))
		}
	}
	return list
}

func TestAPersonBlocksTheBot(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	said := p.Start("vk_ad")
	if _, err := p.Edit(said.Message, "/start другое"); err != nil {
		t.Error(err)
	}
	p.Block()
	p.Write("этого никто не прочтёт")
	if a := call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "ау"}); a.Code != 403 || a.Description != "Forbidden: bot was blocked by the user" {
		t.Errorf("written to who blocked us: %+v", a)
	}
	p.Unblock()
	if a := call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "ау"}); !a.OK {
		t.Errorf("written again: %+v", a)
	}
	want := []string{"message /start vk_ad", "edited_message /start другое", "my_chat_member kicked", "my_chat_member member"}
	if got := waiting(t, s); !slices.Equal(got, want) {
		t.Errorf("the bot gets %q, want %q", got, want)
	}
	if _, err := p.Edit(said.Message+1000, "чужое"); err == nil {
		t.Error("somebody else's message was edited")
	}
}

// In a group the bot gets commands and answers to its own words; a group that becomes a supergroup has another id.
func TestAGroup(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{First: "Админ"})
	g := s.Group("Администраторы")
	desk := g.Member(p)
	call(t, s, "sendMessage", object{"chat_id": g.ID(), "text": "Новая запись", "reply_markup": inline(object{"text": "Беру", "callback_data": "take"})})
	card := read(t, desk, "Новая запись")
	desk.Write("между собой")
	desk.Write("/help@careline_test_bot")
	desk.Reply(card.ID, "Добрый день!")
	if _, err := desk.Press(card, "Беру"); err != nil {
		t.Error(err)
	}
	old := g.ID()
	to := g.Migrate()
	a := call(t, s, "sendMessage", object{"chat_id": old, "text": "ещё запись"})
	if a.Code != 400 || a.Parameters.Migrate != to || g.ID() != to {
		t.Errorf("the old id: %+v", a)
	}
	if a := call(t, s, "sendMessage", object{"chat_id": to, "text": "ещё запись"}); !a.OK {
		t.Errorf("the new id: %+v", a)
	}
	g.Remove(p)
	if a := call(t, s, "sendMessage", object{"chat_id": to, "text": "ещё"}); a.Code != 403 {
		t.Errorf("thrown out: %+v", a)
	}
	g.Add(p)
	if a := call(t, s, "leaveChat", object{"chat_id": to}); !a.OK {
		t.Errorf("left: %+v", a)
	}
	want := []string{"message /help@careline_test_bot", "message Добрый день! (reply)", "callback_query", "message (moved)", "message", "my_chat_member left", "my_chat_member member"}
	if got := waiting(t, s); !slices.Equal(got, want) {
		t.Errorf("the bot gets %q, want %q", got, want)
	}
}

// A keyboard in place of the person's own: its keys write or share, and it goes away when the bot says so.
func TestKeyboards(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	p := s.Person(telegramtest.User{})
	call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "Телефон?", "reply_markup": object{
		"keyboard": [][]any{{object{"text": "Отправить мой номер", "request_contact": true}}, {"Не хочу"}}, "one_time_keyboard": true,
	}})
	m := read(t, p.Seat, "Телефон?")
	if k := p.Keyboard(); k == nil || !k.OneTime || len(k.Rows) != 2 {
		t.Fatalf("the keyboard is %+v", k)
	}
	if _, err := p.Press(m, "номер"); err != nil {
		t.Error(err)
	}
	if _, err := p.PressAt(m, -1); err != nil {
		t.Error(err)
	}
	seen := p.Messages()
	if seen[1].Contact == nil || seen[1].Contact.User != p.User().ID || seen[2].Text != "Не хочу" {
		t.Errorf("the person sent %+v", seen[1:])
	}
	call(t, s, "sendMessage", object{"chat_id": p.ChatID(), "text": "Спасибо", "reply_markup": object{"remove_keyboard": true}})
	if k := p.Keyboard(); k != nil {
		t.Errorf("the keyboard is still %+v", k)
	}
}

func TestTheMenuOfEachLanguage(t *testing.T) {
	s := telegramtest.Start(t, telegramtest.Options{})
	call(t, s, "setMyCommands", object{"commands": []object{{"command": "menu", "description": "Меню"}}})
	call(t, s, "setMyCommands", object{"commands": []object{{"command": "menu", "description": "Menu"}}, "language_code": "en"})
	call(t, s, "setMyCommands", object{"commands": []object{}, "scope": object{"type": "all_group_chats"}})
	call(t, s, "setMyDescription", object{"description": "Clinic", "language_code": "en"})
	if s.Commands("")[0].Description != "Меню" || s.Commands("en")[0].Description != "Menu" || s.Description("en") != "Clinic" {
		t.Errorf("menus %+v and %+v, description %q", s.Commands(""), s.Commands("en"), s.Description("en"))
	}
	call(t, s, "deleteMyCommands", object{"language_code": "en"})
	if got := string(call(t, s, "getMyCommands", object{"language_code": "en"}).Result); got != "[]" {
		t.Errorf("a deleted menu is %s", got)
	}
}
