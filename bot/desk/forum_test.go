package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// inForum tells a story on both databases, in a clinic whose administrators sit in a forum.
func inForum(t *testing.T, story func(t *testing.T, w *bottest.World)) {
	t.Helper()
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		w.Phones.Forum = true
		story(t, w)
	})
}

// calls is Anna, who asks for a human: the ticket that it makes.
func calls(t *testing.T, w *bottest.World) store.Ticket {
	t.Helper()
	agrees(w, "anna")
	w.Says("anna", "оператор")
	return only(t, w)
}

// topicOf is the topic of a ticket as it looks now, with the buttons of the card that stands in it.
func topicOf(w *bottest.World, k store.Ticket) (now channels.Topic) {
	w.T.Helper()
	for _, m := range w.Phones.Told(office) {
		if m.Topic == nil || m.Topic.Key != k.ID {
			continue
		}
		buttons, title := now.Choices, now.Title
		if now = *m.Topic; len(now.Choices) == 0 {
			now.Choices = buttons
		}
		if now.Title == "" {
			now.Title = title
		}
	}
	return now
}

// within are the texts of a topic; of none, those of General.
func within(w *bottest.World, ticket string) (texts []string) {
	for _, m := range w.Phones.Told(office) {
		if m.Redraws == "" && m.Text != "" && (m.Topic == nil && ticket == "" || m.Topic != nil && m.Topic.Key == ticket) {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// taps a button of the card in a topic.
func taps(w *bottest.World, k store.Ticket, who, label string) {
	w.T.Helper()
	for _, c := range topicOf(w, k).Choices {
		if strings.HasSuffix(c.Label, label) {
			does(w, office, who, channels.Incoming{Choice: c.Data, Topic: k.ID})
			return
		}
	}
	w.T.Fatalf("no button «%s» among %s", label, labels(topicOf(w, k).Choices))
}

func looksLike(t *testing.T, w *bottest.World, k store.Ticket, title, buttons string, closed bool) {
	t.Helper()
	if got := topicOf(w, k); got.Title != title || labels(got.Choices) != buttons || got.Closed != closed {
		t.Errorf("the topic «%s» (closed: %v) has %s", got.Title, got.Closed, labels(got.Choices))
	}
}

func byID(t *testing.T, w *bottest.World, id string) (k store.Ticket) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) error {
		found, err := tx.TicketsByID(ctx, []string{id})
		if len(found) > 0 {
			k = found[0]
		}
		return err
	})
	return k
}

// In a topic nobody has to reply to a message: all that is said there is said to the patient.
func TestATopicIsAConversationWithThePatient(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		looksLike(t, w, k, "🙋 Имя неизвестно", "Беру | Передать… | Закрыть", false)
		does(w, office, "Мария", channels.Incoming{Text: "Слушаю вас", Topic: k.ID})
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "✅ Мария | Вернуть боту | Передать… | Закрыть", false)
		w.Says("anna", "можно с температурой?")
		does(w, office, "Мария", channels.Incoming{Text: "// спросить у врача", Topic: k.ID})
		does(w, office, "Пётр", channels.Incoming{Text: "спроси Соколову", ReplyTo: "colleague"}) // to Мария
		does(w, office, "Мария", channels.Incoming{Text: "/help", Topic: k.ID})
		does(w, office, "Мария", channels.Incoming{Text: "Лучше перенести", Topic: k.ID})
		if got := said(w, "anna"); !slices.Equal(got[len(got)-2:], []string{"Слушаю вас", "Лучше перенести"}) {
			t.Errorf("Anna reads %q", got)
		}
		notes := []string{}
		looks(w, func(ctx context.Context, tx store.Tx) error {
			all, err := tx.TicketNotes(ctx, k.ID)
			for _, n := range all {
				if n.Internal {
					notes = append(notes, n.Author+": "+n.Text)
				}
			}
			return err
		})
		if !slices.Equal(notes, []string{"Мария: спросить у врача"}) {
			t.Errorf("the notes are %q", notes)
		}
		taps(w, k, "Пётр", "Вернуть боту")
		looksLike(t, w, k, "✔️ Имя неизвестно", "🤖 Снова отвечает бот", true)
		told := len(said(w, "anna"))
		if w.Says("anna", "цены"); len(said(w, "anna")) == told {
			t.Error("the bot does not answer again")
		}
		reading := strings.Join(within(w, k.ID), "\n")
		for _, words := range []string{"Просят человека", "можно с температурой?", "Эта тема — одно обращение"} {
			if !strings.Contains(reading, words) {
				t.Errorf("the topic does not say «%s»:\n%s", words, reading)
			}
		}
	})
}

// What is news without being work stands in General.
func TestBookingsStandInGeneral(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	w.Phones.Forum = true
	books(w, "anna", "завтра")
	if got := within(w, ""); len(got) != 1 || !strings.HasPrefix(got[0], "🗓 Новая запись") {
		t.Errorf("General reads %q", got)
	}
	replies(w, office, "Мария", "Новая запись", "Возьмите снимок")
	k := only(t, w)
	looksLike(t, w, k, "💬 Анна П. · Мария", "✅ Мария | Вернуть боту | Передать… | Закрыть", false)
	if got := w.Phones.Last("anna"); got != "Возьмите снимок" {
		t.Errorf("Anna reads %q", got)
	}
}

// What the browser does shows in the topic, and what is done in the topic shows in the browser, within the step.
func TestTheTopicAndTheBrowserAreOneDesk(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		staffed(t, w, maria, "administrator")
		staffed(t, w, desk.Account{ID: "seller", Name: "Маркетолог"}, "marketer")
		staffed(t, w, olga, "care")
		on := func(do func(context.Context, store.Tx, *desk.Front, desk.Act) error) {
			t.Helper()
			err := act(t, w, maria, func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
				a.Ticket = k.ID
				return do(ctx, tx, f, a)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		on(func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Take(ctx, tx, a, w.Clock.Now())
		})
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "✅ Мария | Вернуть боту | Передать… | Закрыть", false)
		on(func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Note(ctx, tx, a, "Просит перезвонить", w.Clock.Now())
		})
		if got := within(w, k.ID); got[len(got)-1] != "📝 Мария\nПросит перезвонить" {
			t.Errorf("the topic reads %q", got)
		}
		taps(w, k, "Пётр", "Передать…")
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "👤 Ольга | ← Назад", false)
		taps(w, k, "Пётр", "Назад")
		taps(w, k, "Пётр", "Передать…")
		taps(w, k, "Пётр", "Ольга")
		if got := byID(t, w, k.ID); got.TakenBy != "Ольга" || got.Account != olga.ID {
			t.Errorf("the browser shows that it is %s's (%s)", got.TakenBy, got.Account)
		}
		looksLike(t, w, k, "🙋 Имя неизвестно · Ольга", "✅ Ольга | Вернуть боту | Передать… | Закрыть", false)
		on(func(ctx context.Context, tx store.Tx, f *desk.Front, a desk.Act) error {
			return f.Close(ctx, tx, a, "", "Договорились", w.Clock.Now())
		})
		looksLike(t, w, k, "✔️ Имя неизвестно", "✔️ Закрыто — Ольга", true)
		if got := within(w, k.ID); got[len(got)-1] != "📝 Мария\nДоговорились" {
			t.Errorf("the topic reads %q", got)
		}
		taps(w, k, "Пётр", "Ольга")
		does(w, office, "Пётр", channels.Incoming{Choice: "close:" + k.ID, Topic: k.ID})
		if got := within(w, k.ID); got[len(got)-1] != "Это обращение уже закрыто (Ольга)." {
			t.Errorf("who comes late reads %q", got)
		}
	})
}

// staffed gives somebody an account with a role.
func staffed(t *testing.T, w *bottest.World, who desk.Account, role string) {
	t.Helper()
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		return tx.AddAccount(ctx, store.Account{ID: who.ID, Login: who.ID, Name: who.Name, Role: role, CreatedAt: w.Clock.Now()})
	})
}

// Who has a ticket in the group is offered as well, though they have no account; nobody is offered what they have.
func TestATicketIsHandedToWhoIsKnownInTheGroup(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	w.Phones.Forum = true
	k := calls(t, w)
	taps(w, k, "Мария", "Беру")
	taps(w, k, "Мария", "Передать…")
	looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "← Назад", false)
	does(w, office, "Пётр", channels.Incoming{Text: "Здравствуйте", Topic: k.ID}) // he takes it
	taps(w, k, "Пётр", "Закрыть")
	w.Says("boris", "/start")
	w.Taps("boris", "Даю согласие")
	w.Says("boris", "оператор")
	next := w.Phones.Told(office)[len(w.Phones.Told(office))-1].Topic.Key
	other := byID(t, w, next)
	taps(w, other, "Мария", "Передать…")
	taps(w, other, "Мария", "Пётр")
	looksLike(t, w, other, "🙋 Имя неизвестно · Пётр", "👤 Пётр | Беру | Передать… | Закрыть", false)
	if got := byID(t, w, next); got.State != "open" || got.TakenBy != "Пётр" {
		t.Errorf("the ticket is %+v", got)
	}
	does(w, office, "Мария", channels.Incoming{Choice: "to:" + next + ":nobody", Topic: next})
	looksLike(t, w, other, "🙋 Имя неизвестно · Пётр", "👤 Пётр | Беру | Передать… | Закрыть", false)
}

// A topic that is closed or reopened by hand takes its ticket along.
func TestATopicClosedOrReopenedByHandTakesItsTicketAlong(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		does(w, office, "Мария", channels.Incoming{Text: "Слушаю вас", Topic: k.ID})
		does(w, office, "Пётр", channels.Incoming{Topic: k.ID, Turned: channels.TopicClosed})
		if got := byID(t, w, k.ID); got.State != "closed" || got.Resolution != "closed" {
			t.Errorf("the ticket is %+v", got)
		}
		looksLike(t, w, k, "✔️ Имя неизвестно", "✔️ Закрыто — Мария", true)
		does(w, office, "Пётр", channels.Incoming{Topic: k.ID, Turned: channels.TopicClosed}) // once more
		does(w, office, "Пётр", channels.Incoming{Topic: k.ID, Turned: channels.TopicReopened})
		looksLike(t, w, k, "🙋 Имя неизвестно · Пётр", "✅ Пётр | Вернуть боту | Передать… | Закрыть", false)
		told := len(said(w, "anna"))
		w.Says("anna", "вы здесь?")
		if got := within(w, k.ID); len(said(w, "anna")) != told || !strings.HasSuffix(got[len(got)-1], "вы здесь?") {
			t.Errorf("the bot has the chat; the topic reads %q", got)
		}
		taps(w, k, "Пётр", "Закрыть")
		does(w, office, "Мария", channels.Incoming{Text: "Забыла сказать", Topic: k.ID}) // who may, writes in a closed one
		if got := tickets(t, w); len(got) != 1 || got[0].ID != k.ID || w.Phones.Last("anna") != "Забыла сказать" {
			t.Errorf("%d are open, Anna reads %q", len(got), w.Phones.Last("anna"))
		}
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "✅ Мария | Вернуть боту | Передать… | Закрыть", false)
		taps(w, k, "Мария", "Закрыть")
		w.Says("anna", "спасибо, а ещё?") // within a day
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "👤 Мария | Беру | Передать… | Закрыть", false)
		if got := within(w, k.ID); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "🔄") }) {
			t.Errorf("it goes on elsewhere; the topic reads %q", got)
		}
	})
}

// Of two who write in a topic at once one is heard, and the other reads there what was said.
func TestOfTwoInATopicOneIsHeard(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		both := make([]channels.Incoming, 2)
		for i, who := range []string{"Мария", "Пётр"} {
			both[i] = channels.Incoming{
				From: channels.Address{Channel: "test", Chat: office}, ID: w.ID(), At: w.Clock.Now(), Profile: channels.Profile{Name: who},
				Text: "Здравствуйте, это " + who, Topic: k.ID,
			}
		}
		if err := w.Runner.Accept(t.Context(), both...); err != nil {
			t.Fatal(err)
		}
		settle(t, w)
		heard := slices.DeleteFunc(said(w, "anna"), func(s string) bool { return !strings.HasPrefix(s, "Здравствуйте, это") })
		if !slices.Equal(heard, []string{"Здравствуйте, это Мария"}) {
			t.Errorf("Anna hears %q", heard)
		}
		if got := within(w, k.ID); !strings.Contains(got[len(got)-1], "первым ответил Мария, ваш ответ не ушёл:\nЗдравствуйте, это Мария") {
			t.Errorf("the topic reads %q", got)
		}
		pass(t, w, time.Minute)
		answered(t, act(t, w, olga, speaks(w, "И я", 0)), "Мария", "Здравствуйте, это Мария")
	})
}

// A topic that was deleted by hand comes again with its card, whose buttons work.
func TestALostTopicComesAgainWithItsCard(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		taps(w, k, "Мария", "Беру")
		w.Phones.LoseTopics()
		before := len(within(w, k.ID))
		w.Says("anna", "ау")
		got := within(w, k.ID)[before:]
		if len(got) != 2 || got[0] != "💬 Имя неизвестно\nау" || !strings.HasPrefix(got[1], "🙋 Просят человека") {
			t.Fatalf("the new topic reads %q", got)
		}
		looksLike(t, w, k, "🙋 Имя неизвестно · Мария", "✅ Мария | Вернуть боту | Передать… | Закрыть", false)
		taps(w, k, "Мария", "Закрыть")
		looksLike(t, w, k, "✔️ Имя неизвестно", "✔️ Закрыто — Мария", true)
	})
}

// In a flooded room a card shows its last state only, and an alarm goes before everything.
func TestAFloodedRoomIsToldTheLastOfEverything(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		k := calls(t, w)
		away := true
		w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
			if to.Chat == office && away {
				return &channels.Error{Kind: channels.Throttled, RetryAfter: time.Minute}
			}
			return nil
		}
		before := len(w.Phones.Told(office))
		for _, who := range []string{"Мария", "Пётр"} {
			does(w, office, who, channels.Incoming{Text: "Это " + who, Topic: k.ID})
			pass(t, w, 10*time.Second)
		}
		taps(w, k, "Пётр", "Закрыть")
		books(w, "boris", "завтра")
		agrees(w, "vera")
		w.Says("vera", "мне трудно дышать")
		away = false
		pass(t, w, 90*time.Second)
		var got []string
		for _, m := range w.Phones.Told(office)[before:] {
			switch {
			case m.Redraws != "":
				got = append(got, "card: "+labels(m.Choices))
			default:
				got = append(got, strings.SplitN(m.Text, "\n", 2)[0])
			}
		}
		if want := []string{"🚨 Опасный признак", "card: ✔️ Закрыто — Пётр", "🗓 Новая запись, впервые у нас"}; !slices.Equal(got, want) {
			t.Errorf("the room is told %q, want %q", got, want)
		}
	})
}

// The topics of somebody who was erased go, with all that was said there.
func TestTheTopicsOfAnErasedPatientGo(t *testing.T) {
	inForum(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "сегодня")
		w.Says("anna", "оператор")
		k := only(t, w)
		does(w, office, "Мария", channels.Incoming{Text: "Слушаю вас", Topic: k.ID})
		taps(w, k, "Мария", "Вернуть боту")
		w.Says("anna", "мои данные")
		w.Taps("anna", "Удалить всё")
		w.Taps("anna", "Удалить всё")
		if got := topicOf(w, k); !got.Gone || got.Title != "Удалено" {
			t.Errorf("the topic stays: %+v", got)
		}
		looks(w, func(ctx context.Context, tx store.Tx) error {
			room, err := tx.ContactAt(ctx, "test", office)
			if err != nil {
				return err
			}
			lines, err := tx.History(ctx, room.ID, 0, 0, 100)
			for _, l := range lines {
				if l.Incoming || strings.Contains(string(l.Payload), "Анна") {
					t.Errorf("the room's chat still says %s", l.Payload)
				}
			}
			return err
		})
		told := len(said(w, office))
		does(w, office, "Мария", channels.Incoming{Text: "Алло?", Topic: k.ID})
		does(w, office, "Мария", channels.Incoming{Topic: k.ID, Turned: channels.TopicClosed})
		if got := said(w, office)[told:]; !slices.Equal(got, []string{"Данные этого пациента удалены, написать ему нельзя."}) {
			t.Errorf("the room reads %q", got)
		}
	})
}
