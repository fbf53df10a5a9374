package desk_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

func settle(t *testing.T, w *bottest.World) {
	t.Helper()
	if err := w.Runner.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestSeveralRoomsSeeTheSame(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office, chiefs))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	replies(w, office, "Мария", "Просят", "Слушаю вас")
	w.Says("anna", "спасибо")
	for _, room := range []string{office, chiefs} {
		if got := labels(buttons(w, room, "Просят")); got != "✅ Мария | Вернуть боту | Закрыть" {
			t.Errorf("%s sees %s", room, got)
		}
		posted(w, room, "💬")
	}
	does(w, chiefs, "Шеф", channels.Incoming{Choice: "take:" + only(t, w).ID})
	if posted(w, chiefs, "Уже отвечает Мария."); len(said(w, office)) != 2 {
		t.Errorf("the other room reads %q", said(w, office))
	}
	presses(w, chiefs, "Шеф", "Просят", "Закрыть")
	if got := labels(buttons(w, office, "Просят")); got != "✔️ Закрыто — Мария" {
		t.Errorf("the first room sees %s", got)
	}
}

func TestARoomWhoseMessengerIsOffHoldsUpNobody(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), func(c *booking.Clinic) {
		c.Desk.Admins = append(c.Desk.Admins, channels.Address{Channel: "vk", Chat: "2000000001"})
	})
	agrees(w, "anna")
	w.Says("anna", "оператор")
	replies(w, office, "Мария", "Просят", "Слушаю вас")
	looks(w, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.ContactAt(ctx, "vk", "2000000001")
		if err == nil {
			t.Error("something waits for a messenger that is off")
		}
		return nil
	})
}

func TestTheTurnOfADeskElsewhereIsSeenInTheRoom(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	turn(t, w, desk.Turn{Do: desk.Reply, Author: "Ольга", Text: "Добрый день"})
	if got := labels(buttons(w, office, "Просят")); got != "✅ Ольга | Вернуть боту | Закрыть" {
		t.Errorf("the room sees %s", got)
	}
}

// What one process has posted, the next one knows.
func TestAReplyAfterARestart(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		w = w.Again("b")
		replies(w, office, "Мария", "Просят", "Слушаю вас")
		if w.Phones.Last("anna") != "Слушаю вас" || labels(buttons(w, office, "Просят")) != "✅ Мария | Вернуть боту | Закрыть" {
			t.Errorf("Anna reads %q, the card has %s", w.Phones.Last("anna"), labels(buttons(w, office, "Просят")))
		}
	})
}

func TestAComplaintIsShownWhereTheClinicWantsIt(t *testing.T) {
	for _, shown := range []bool{false, true} {
		change := []func(*booking.Clinic){withRooms(office)}
		if shown {
			change = append(change, showingComplaints)
		}
		w := bottest.New(t, bottest.SQLite(t), "a", change...)
		hurts(t, w, "anna")
		card := posted(w, office, "Новая запись").Text
		if strings.Contains(card, "Жалоба: Болит зуб под коронкой") != shown || !strings.Contains(card, "Срочность — срочно") {
			t.Errorf("shown %v: %s", shown, card)
		}
		agrees(w, "boris")
		w.Says("boris", "мне трудно дышать")
		card = posted(w, office, "Опасный признак").Text
		if strings.Contains(card, "Трудно дышать") != shown || strings.Contains(card, "не показываем") == shown {
			t.Errorf("shown %v: %s", shown, card)
		}
	}
}

// hurts books after telling of a pain.
func hurts(t *testing.T, w *bottest.World, chat string) {
	t.Helper()
	agrees(w, chat)
	w.Taps(chat, "Болит или беспокоит")
	w.Taps(chat, "Даю согласие")
	w.Says(chat, "Болит зуб под коронкой")
	pass(t, w, 10*time.Second)
	w.Taps(chat, "Сегодня")
	w.Says(chat, "9")
	w.Taps(chat, "Спать")
	w.Taps(chat, "Готово")
	w.Says(chat, "пил обезболивающее")
	w.Taps(chat, begins(w, chat, "завтра"))
	w.Says(chat, "Анна Петрова")
	w.Says(chat, "8 912 345 67 89")
	w.Taps(chat, "Всё верно")
}

func TestAPatientWhoBlockedTheBotIsToldOf(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "сегодня")
	for kind, chat := range map[channels.Kind]string{channels.Blocked: "anna", channels.Rejected: "anna"} {
		w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
			if to.Chat == chat {
				return &channels.Error{Kind: kind}
			}
			return nil
		}
		told := len(said(w, office))
		replies(w, office, "Мария", "Новая запись", "Ждём вас")
		lost := slices.DeleteFunc(said(w, office)[told:], func(s string) bool { return strings.Contains(s, "Разговор") })
		if want := "⚠️ Ответ не дошёл: мессенджер пациента его не принял\nАнна Петрова, +7 912 345-67-89"; !slices.Equal(lost, []string{want}) {
			t.Errorf("%v: the room reads %q", kind, lost)
		}
	}
}

func TestAnErasedPatientLeavesTheRoom(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "сегодня")
		w.Says("anna", "оператор")
		card := posted(w, office, "Просят")
		replies(w, office, "Мария", "Просят", "Слушаю вас")
		presses(w, office, "Мария", "Просят", "Вернуть боту")
		w.Says("anna", "мои данные")
		w.Taps("anna", "Удалить всё")
		w.Taps("anna", "Удалить всё")
		if got := posted(w, office, "Отмена записи").Text; !strings.HasPrefix(got, "❌ Отмена записи\nПациент удалил свои данные\nКонсультация стоматолога") {
			t.Errorf("the room reads %q", got)
		}
		looks(w, func(ctx context.Context, tx store.Tx) error {
			room, err := tx.ContactAt(ctx, "test", office)
			if err != nil {
				return err
			}
			lines, err := tx.History(ctx, room.ID, 0, 0, 100)
			for _, l := range lines {
				if text := string(l.Payload); strings.Contains(text, "Анна") || strings.Contains(text, "912") || strings.Contains(text, "оператор") {
					t.Errorf("the outbox still says %s", text)
				}
			}
			return err
		})
		told := len(said(w, office))
		does(w, office, "Мария", channels.Incoming{Text: "Алло?", ReplyTo: card.Key})
		does(w, office, "Мария", channels.Incoming{Choice: card.Choices[0].Data})
		gone := "Данные этого пациента удалены, написать ему нельзя."
		if got := said(w, office)[told:]; !slices.Equal(got, []string{gone, gone}) {
			t.Errorf("the room reads %q", got)
		}
	})
}

func TestFilesGoBothWays(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	xray := channels.File{Kind: channels.Photo, Name: "xray.jpg", MIME: "image/jpeg", Ref: "r1"}
	form := channels.File{Kind: channels.Document, Name: "form.pdf", MIME: "application/pdf", Ref: "r2"}
	does(w, "anna", "", channels.Incoming{Text: "вот", Files: []channels.File{xray, form}})
	does(w, "anna", "", channels.Incoming{Other: "sticker"})
	does(w, "anna", "", channels.Incoming{Text: "то есть вот так", Edited: true})
	told := w.Phones.Told(office)[1:]
	if len(told) != 4 || told[0].Text != "💬 Имя неизвестно\nвот" || told[0].Files[0].Ref != "r1" || told[1].Files[0].Ref != "r2" ||
		told[2].Text != "💬 Имя неизвестно\n📎 Стикер" || told[3].Text != "💬 Имя неизвестно\n✏️ то есть вот так" {
		got, _ := json.Marshal(told)
		t.Errorf("the room reads %s", got)
	}
	does(w, office, "Мария", channels.Incoming{Text: "наш план", Files: []channels.File{form}, ReplyTo: told[1].Key})
	last := w.Phones.Told("anna")
	if plan := last[len(last)-1]; plan.Text != "наш план" || len(plan.Files) != 1 || plan.Files[0].Ref != "r2" {
		t.Errorf("Anna sees %+v", plan)
	}
	before := len(said(w, office))
	does(w, office, "Мария", channels.Incoming{Other: "sticker", ReplyTo: told[1].Key})
	does(w, office, "Мария", channels.Incoming{Text: "наш план, исправлено", Edited: true, ReplyTo: told[1].Key})
	want := []string{"Такое переслать не получится. Ответьте словами, фото или документом.", "Исправление пациенту не передаётся. Ответьте ещё раз, пожалуйста."}
	if got := said(w, office)[before:]; !slices.Equal(got, want) {
		t.Errorf("the room reads %q", got)
	}
}

// A conversation that nobody can read becomes work; it begins anew with the human's first words, and can be closed
// without any.
func TestAnUnreadableChatIsAnsweredFromTheRoom(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		return tx.SaveConversations(ctx, []store.Conversation{{ContactID: contact.ID, State: []byte(`{"tasks":7}`), UpdatedAt: w.Clock.Now()}})
	})
	w.Says("anna", "цены")
	pass(t, w, time.Minute)
	presses(w, office, "Мария", "Сообщение не разобрать", "Беру")
	pass(t, w, 20*time.Minute)
	replies(w, office, "Мария", "Сообщение не разобрать", "Что вы хотели?")
	if got := w.Phones.Last("anna"); got != "Что вы хотели?" {
		t.Errorf("Anna reads %q", got)
	}
	w.Says("anna", "цены")
	presses(w, office, "Мария", "Сообщение не разобрать", "Закрыть")
	told := len(w.Phones.Told("anna"))
	if w.Says("anna", "цены"); len(w.Phones.Told("anna")) == told {
		t.Error("the bot does not answer again")
	}
}

// Only the messenger that has a file can show it.
func TestAFileStaysInItsMessenger(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	boris := w.Write("boris", "оператор")
	boris.From.Channel = "web"
	if err := w.Runner.Accept(t.Context(), boris); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	card := posted(w, office, "Просят")
	if !strings.HasSuffix(card.Text, "Чат на сайте") {
		t.Errorf("the card reads %q", card.Text)
	}
	boris.ID, boris.Text, boris.Files = w.ID(), "", []channels.File{{Kind: channels.Photo, Name: "xray.jpg", Ref: "r1"}}
	if err := w.Runner.Accept(t.Context(), boris); err != nil {
		t.Fatal(err)
	}
	settle(t, w)
	if got := posted(w, office, "💬"); got.Text != "💬 Имя неизвестно\n📎 Фото xray.jpg" || len(got.Files) != 0 {
		t.Errorf("the room sees %+v", got)
	}
	plan := []channels.File{{Kind: channels.Document, Name: "plan.pdf", Ref: "r2"}}
	does(w, office, "Мария", channels.Incoming{Text: "план", Files: plan, ReplyTo: card.Key})
	posted(w, office, "Файл не передан, пациент пишет в другом канале (Чат на сайте). Текст передаём.")
	looks(w, func(ctx context.Context, tx store.Tx) error {
		c, err := tx.ContactAt(ctx, "web", "boris")
		if err != nil {
			return err
		}
		lines, err := tx.History(ctx, c.ID, 0, 0, 1)
		if last := string(lines[0].Payload); !strings.Contains(last, "план") || strings.Contains(last, "r2") || lines[0].Author != "Мария" {
			t.Errorf("boris gets %s", last)
		}
		return err
	})
}
