package desk_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/channels"
	"careline/store"

	"github.com/google/go-cmp/cmp"
)

// reads compares what a chat was told, from its n-th text on.
func reads(t *testing.T, w *bottest.World, chat string, n int, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, said(w, chat)[n:]); diff != "" {
		t.Errorf("%s reads otherwise (-want +got):\n%s", chat, diff)
	}
}

func TestARoomIsToldOfABooking(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		w.Says("anna", "мои визиты")
		w.Says("anna", "1")
		w.Taps("anna", "Перенести")
		w.Says("anna", "в субботу")
		w.Says("anna", "1")
		w.Says("anna", "мои визиты")
		w.Says("anna", "1")
		w.Taps("anna", "Отменить")
		w.Taps("anna", "Другая причина")
		reads(t, w, office, 0, `🗓 Новая запись, впервые у нас
Анна Петрова, +7 912 345-67-89
Консультация стоматолога
Завтра, 24 ноября, в 10:00
Соколова Мария Андреевна
Улыбка на Чистых прудах
Test`, `🔁 Перенос записи
Анна Петрова, +7 912 345-67-89
Консультация стоматолога
Было — завтра, 24 ноября, в 10:00
Стало — в понедельник, 30 ноября, в 14:30
Соколова Мария Андреевна
Улыбка на Чистых прудах
Test`, `❌ Отмена записи
Анна Петрова, +7 912 345-67-89
Консультация стоматолога
В понедельник, 30 ноября, в 14:30
Соколова Мария Андреевна
Улыбка на Чистых прудах
Test`)
	})
}

func TestAReplyGoesToThePatientAndTheChatGoesBack(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "позовите человека")
		reads(t, w, office, 0, "🙋 Просят человека\nИмя неизвестно\nОтветить — сегодня в 10:15\nПишет: позовите человека\nTest")
		if got := labels(buttons(w, office, "Просят")); got != "Беру | Закрыть" {
			t.Errorf("the card has %s", got)
		}
		replies(w, office, "Мария", "Просят", "Слушаю вас")
		if got := w.Phones.Last("anna"); got != "Слушаю вас" {
			t.Errorf("Anna reads %q", got)
		}
		if got := labels(buttons(w, office, "Просят")); got != "✅ Мария | Вернуть боту | Закрыть" {
			t.Errorf("the card that was answered has %s", got)
		}
		w.Says("anna", "можно с температурой?")
		reads(t, w, office, 1, "💬 Имя неизвестно\nможно с температурой?")
		replies(w, office, "Пётр", "с температурой", "Лучше перенести")
		if ticket := only(t, w); w.Phones.Last("anna") != "Лучше перенести" || ticket.TakenBy != "Пётр" {
			t.Errorf("Anna reads %q from %s", w.Phones.Last("anna"), ticket.TakenBy)
		}
		presses(w, office, "Пётр", "Просят", "Вернуть боту")
		if got := labels(buttons(w, office, "Просят")); got != "🤖 Снова отвечает бот" {
			t.Errorf("the card of a chat that went back has %s", got)
		}
		told := len(w.Phones.Told("anna"))
		if w.Says("anna", "цены"); len(tickets(t, w)) != 0 || len(w.Phones.Told("anna")) == told {
			t.Error("the bot does not answer again")
		}
		if got := len(said(w, office)); got != 2 {
			t.Errorf("the room reads %d messages: %q", got, said(w, office))
		}
	})
}

func TestAReplyToABookingTakesTheChatAndCanBeHandedBack(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "сегодня")
	replies(w, office, "Мария", "Новая запись", "Возьмите, пожалуйста, снимок")
	reads(t, w, office, 1, "🙋 Разговор с администратором\nАнна Петрова, +7 912 345-67-89\nTest")
	w.Says("anna", "хорошо")
	if got := w.Phones.Last("anna"); got != "Возьмите, пожалуйста, снимок" || posted(w, office, "💬").Text != "💬 Анна Петрова\nхорошо" {
		t.Errorf("the bot speaks beside the human: %q", got)
	}
	presses(w, office, "Мария", "Разговор", "Закрыть")
	told := len(w.Phones.Told("anna"))
	if w.Says("anna", "цены"); len(w.Phones.Told("anna")) == told {
		t.Error("the bot does not answer again")
	}
}

func TestWhoTakesATicketSilencesTheBotUntilItIsClosed(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "мне трудно дышать")
	card := posted(w, office, "Опасный признак")
	if want := "🚨 Опасный признак\nИмя неизвестно\nОтветить — сегодня в 10:05\nСлова о здоровье здесь не показываем.\nTest"; card.Text != want {
		t.Errorf("the alarm reads %q", card.Text)
	}
	presses(w, office, "Мария", "Опасный признак", "Беру")
	told := len(w.Phones.Told("anna"))
	w.Says("anna", "что мне делать?")
	pass(t, w, 10*time.Minute)
	if len(w.Phones.Told("anna")) != told || posted(w, office, "💬").Text != "💬 Имя неизвестно\nчто мне делать?" {
		t.Errorf("the bot speaks: %q", w.Phones.Last("anna"))
	}
	presses(w, office, "Мария", "Опасный признак", "Закрыть")
	if got := labels(buttons(w, office, "Опасный признак")); got != "✔️ Закрыто — Мария" {
		t.Errorf("the closed card has %s", got)
	}
	if len(w.Phones.Told("anna")) == told {
		t.Error("the bot does not come back")
	}
}

func TestWorkThatIsDoneLeavesTheBotAlone(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	d := theDesk()
	d.Rooms = []channels.Address{{Channel: "test", Chat: office}}
	contact := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		_, err := d.Open(ctx, tx, store.Ticket{ContactID: contact.ID, PatientID: contact.PatientID, Kind: "call_back", Note: "Снимок"}, 0, w.Clock.Now())
		return err
	})
	settle(t, w)
	reads(t, w, office, 0, "🙋 Перезвонить\nИмя неизвестно\nОтветить — сегодня в 10:15\nСнимок\nTest")
	told := len(w.Phones.Told("anna"))
	presses(w, office, "Мария", "Перезвонить", "Закрыть")
	if len(w.Phones.Told("anna")) != told || len(tickets(t, w)) != 0 {
		t.Errorf("the bot says %q of work that it was not part of", w.Phones.Last("anna"))
	}
}

func TestNobodyHasAnsweredInTime(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	pass(t, w, 16*time.Minute)
	reads(t, w, office, 1, "⏰ Срок вышел, никто не ответил\nПросят человека\nИмя неизвестно\nОбращение — сегодня в 10:00")
	replies(w, office, "Мария", "⏰", "Простите, мы здесь")
	if got := w.Phones.Last("anna"); got != "Простите, мы здесь" {
		t.Errorf("Anna reads %q", got)
	}
}

func TestTheirOwnTalkIsNobodysBusiness(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	does(w, office, "Мария", channels.Incoming{Text: "кто возьмёт?"})
	does(w, office, "Пётр", channels.Incoming{Text: "давай ты", ReplyTo: "no message of ours"})
	does(w, office, "Пётр", channels.Incoming{Text: "мне трудно дышать от смеха"})
	if got := said(w, office); len(got) != 1 {
		t.Errorf("the room reads %q", got)
	}
	for _, help := range []string{"/help", "/help@ulybka_bot", "/помощь"} {
		does(w, office, "Пётр", channels.Incoming{Text: help})
		if got := posted(w, office, "ответьте на сообщение о нём"); !strings.HasPrefix(got.Text, "Здесь появляются") {
			t.Errorf("%s: %q", help, got.Text)
		}
	}
	if got := said(w, office); len(got) != 4 {
		t.Errorf("the room reads %q", got)
	}
}

func TestAnAlarmGoesBeforeWhatWaits(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
		if to.Chat == office {
			return &channels.Error{Kind: channels.Throttled, RetryAfter: time.Minute}
		}
		return nil
	}
	for _, chat := range []string{"anna", "boris", "vera"} {
		agrees(w, chat)
		w.Says(chat, "оператор")
	}
	agrees(w, "gleb")
	w.Says("gleb", "мне трудно дышать")
	w.Phones.Fail = nil
	pass(t, w, 2*time.Minute)
	if got := said(w, office); len(got) != 4 || !strings.HasPrefix(got[0], "🚨") {
		t.Errorf("the room reads %q", got)
	}
}

// Who answers at once may be faster than the record of what they answer.
func TestAReplyMayComeBeforeItsMessageIsRecorded(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	var early channels.Incoming
	w.Phones.Fail = func(to channels.Address, o channels.Outgoing) error {
		if to.Chat == office && early.ReplyTo == "" {
			early = w.Write(office, "Слушаю вас")
			early.ReplyTo = o.Key
			return w.Store.Tx(t.Context(), func(tx store.Tx) error {
				room, err := tx.ContactAt(t.Context(), "test", office)
				if err != nil {
					return err
				}
				payload, err := json.Marshal(early)
				if err != nil {
					return err
				}
				_, err = tx.Accept(t.Context(), []store.Input{{
					Channel: "test", ExternalID: early.ID, ContactID: room.ID, Kind: store.MessageInput, Payload: payload, ReceivedAt: w.Clock.Now(),
				}})
				return err
			})
		}
		return nil
	}
	w.Says("anna", "оператор")
	pass(t, w, 5*time.Second)
	if got := w.Phones.Last("anna"); early.ReplyTo == "" || got != "Слушаю вас" {
		t.Errorf("Anna reads %q", got)
	}
}

func TestARoomSpeaksTheClinicsFirstLanguage(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), func(c *booking.Clinic) { c.Languages = []string{"en", "ru"} })
	books(w, "anna", "завтра")
	w.Says("anna", "оператор")
	reads(t, w, office, 0, "🗓 New booking, first visit to us\nАнна Петрова, +7 912 345-67-89\nDental consultation\nTomorrow, November 24, at 10:00\n"+
		"Maria Sokolova\nUlybka Chistye Prudy\nTest",
		"🙋 Wants a human\nАнна Петрова, +7 912 345-67-89\nAnswer by: today at 10:15\nWrites: оператор\nTest")
	if got := labels(buttons(w, office, "Wants a human")); got != "I'll take it | Close" {
		t.Errorf("the card has %s", got)
	}
}

func TestACardNamesTheChildWhomItIsAbout(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "завтра")
	anna := contactOf(t, w)
	d := theDesk()
	d.Rooms = []channels.Address{{Channel: "test", Chat: office}}
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		if err := tx.SavePatients(ctx, []store.Patient{{ID: "child", FullName: "Петя Петров", CreatedAt: w.Clock.Now()}}); err != nil {
			return err
		}
		_, err := d.Open(ctx, tx, store.Ticket{ContactID: anna.ID, PatientID: "child", Kind: "late_arrival", Priority: "high"}, 0, w.Clock.Now())
		return err
	})
	settle(t, w)
	if got := posted(w, office, "Опаздывает").Text; !strings.HasPrefix(got, "❗ Опаздывает\nАнна Петрова, +7 912 345-67-89\nПациент — Петя Петров\n") {
		t.Errorf("the card reads %q", got)
	}
}

// Somebody who writes line after line does not take the group's minute from everybody else.
func TestLinesThatComeTogetherAreOneMessage(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		agrees(w, "boris")
		for _, chat := range []string{"anna", "boris"} {
			w.Says(chat, "позовите человека")
			replies(w, office, "Мария", "Просят", "Слушаю вас")
		}
		before := len(said(w, office))
		in := []channels.Incoming{
			w.Write("anna", "Скажите"), w.Write("anna", "а можно"), w.Write("boris", "Добрый день"), w.Write("anna", "прийти раньше?"), w.Write("anna", "Спасибо"),
		}
		if err := w.Runner.Accept(t.Context(), in...); err != nil {
			t.Fatal(err)
		}
		settle(t, w)
		reads(t, w, office, before, "💬 Имя неизвестно\nСкажите\nа можно", "💬 Имя неизвестно\nДобрый день", "💬 Имя неизвестно\nприйти раньше?\nСпасибо")
	})
}
