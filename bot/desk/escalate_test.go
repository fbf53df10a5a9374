package desk_test

import (
	"context"
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

// boss is the manager's own chat.
const boss = "boss"

func withManager(chat string) func(*booking.Clinic) {
	return func(c *booking.Clinic) {
		c.Desk.Manager = append(c.Desk.Manager, channels.Address{Channel: "test", Chat: chat})
	}
}

// managed tells a story on both databases, in a clinic with an administrators' chat and a manager.
func managed(t *testing.T, story func(t *testing.T, w *bottest.World)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
		t.Run(name, func(t *testing.T) { story(t, bottest.New(t, open(t), "a", withRooms(office), withManager(boss))) })
	}
}

// happened are the events about the deadlines of tickets with their values, in order.
func happened(t *testing.T, w *bottest.World) (names []string) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) error {
		all, err := tx.EventsSince(ctx, 0, 10_000)
		for _, e := range all {
			what, ok := strings.CutPrefix(e.Name, "ticket.")
			if ok && slices.Contains([]string{"opened", "answered", "late", "escalated"}, what) {
				names = append(names, what+" "+e.Value)
			}
		}
		return err
	})
	return names
}

func TestAManagerIsToldOnceOfWhatNobodyHasTaken(t *testing.T) {
	managed(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		pass(t, w, 29*time.Minute)
		if got := said(w, boss); len(got) != 0 {
			t.Fatalf("the manager reads %q after 29 minutes", got)
		}
		w = w.Again("b")
		pass(t, w, time.Minute)
		reads(t, w, boss, 0, "📣 Администраторы не ответили в срок\nПросят человека\nИмя неизвестно\nОбращение — сегодня в 10:00\nОтветить нужно было — сегодня в 10:15\nTest")
		reads(t, w, office, 2, "📣 Никто не взял, сообщили руководителю\nПросят человека\nИмя неизвестно")
		if got := labels(buttons(w, boss, "📣")); got != "Беру | Закрыть" {
			t.Errorf("the manager's card has %s", got)
		}
		pass(t, w, 24*time.Hour)
		if got := said(w, boss); len(got) != 1 {
			t.Errorf("the manager reads %q", got)
		}
		presses(w, boss, "Шеф", "📣", "Беру")
		for chat, card := range map[string]string{boss: "📣", office: "🙋"} {
			if got := labels(buttons(w, chat, card)); got != "✅ Шеф | Вернуть боту | Закрыть" {
				t.Errorf("%s sees %s", chat, got)
			}
		}
		w.Says("anna", "я всё ещё жду")
		replies(w, boss, "Шеф", "💬 Имя неизвестно\nя всё ещё жду", "Простите нас")
		if got := w.Phones.Last("anna"); got != "Простите нас" || posted(w, office, "💬").Text == "" {
			t.Errorf("Anna reads %q", got)
		}
		if got := happened(t, w); !slices.Equal(got, []string{"opened asked", "late asked", "escalated asked", "answered late"}) {
			t.Errorf("the events are %q", got)
		}
	})
}

func TestAManagerHearsNothingOfWhatWasTaken(t *testing.T) {
	managed(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		pass(t, w, 20*time.Minute)
		presses(w, office, "Мария", "🙋", "Беру")
		// The timer may have fired just before.
		turn(t, w, desk.Turn{Do: desk.Escalate, Ticket: only(t, w).ID})
		pass(t, w, 24*time.Hour)
		if got := said(w, boss); len(got) != 0 {
			t.Errorf("the manager reads %q", got)
		}
		if got := happened(t, w); !slices.Equal(got, []string{"opened asked", "late asked", "answered late"}) {
			t.Errorf("the events are %q", got)
		}
	})
}

func TestAnAnswerInTimeIsCountedOnce(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(boss))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	pass(t, w, 15*time.Minute-time.Second)
	replies(w, office, "Мария", "🙋", "Слушаю вас")
	replies(w, office, "Пётр", "🙋", "И я слушаю")
	presses(w, office, "Пётр", "🙋", "Закрыть")
	pass(t, w, time.Hour)
	if got := happened(t, w); !slices.Equal(got, []string{"opened asked", "answered in_time"}) || len(said(w, boss)) != 0 {
		t.Errorf("the events are %q, the manager reads %q", got, said(w, boss))
	}
}

func TestAMissedDeadlineIsEscalatedTwiceOnlyOnPaper(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(boss))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	pass(t, w, 30*time.Minute)
	turn(t, w, desk.Turn{Do: desk.Escalate, Ticket: only(t, w).ID})
	turn(t, w, desk.Turn{Do: desk.Unanswered, Ticket: only(t, w).ID})
	pass(t, w, time.Hour)
	if got := said(w, boss); len(got) != 1 {
		t.Errorf("the manager reads %q", got)
	}
}

// The night is nobody's fault.
func TestEscalationWaitsForTheMorningAndADangerSignDoesNot(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(boss))
	agrees(w, "anna")
	pass(t, w, 10*time.Hour+50*time.Minute) // 20:50, the desk closes at 21
	w.Says("anna", "оператор")
	anna := contactOf(t, w)
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		_, err := deskOf(w).Open(ctx, tx, store.Ticket{ContactID: anna.ID, Kind: "red_flag", Priority: desk.Alarm}, 0, w.Clock.Now())
		return err
	})
	pass(t, w, 19*time.Minute)
	if got := said(w, boss); len(got) != 0 {
		t.Errorf("the manager reads %q", got)
	}
	pass(t, w, time.Minute) // five minutes and another fifteen
	if got := said(w, boss); len(got) != 1 || !strings.Contains(got[0], "Опасный признак") {
		t.Errorf("of a danger sign the manager reads %q", got)
	}
	pass(t, w, 11*time.Hour+9*time.Minute) // 08:19
	if got := said(w, boss); len(got) != 1 {
		t.Errorf("before the desk's second span is over the manager reads %q", got)
	}
	pass(t, w, time.Minute)
	if got := said(w, boss); len(got) != 2 || !strings.Contains(got[1], "Просят человека") {
		t.Errorf("in the morning the manager reads %q", got)
	}
}

func TestAManagerInTheAdministratorsChatIsToldThere(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	pass(t, w, 30*time.Minute)
	presses(w, office, "Шеф", "📣", "Закрыть")
	for _, card := range []string{"🙋", "📣"} {
		if got := labels(buttons(w, office, card)); got != "✔️ Закрыто — Шеф" {
			t.Errorf("%s has %s", card, got)
		}
	}
	if got := said(w, office); len(got) != 3 {
		t.Errorf("the room reads %q", got)
	}
}

func TestAManagerIsToldWhereThereIsNoRoom(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withManager(boss))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	pass(t, w, 30*time.Minute)
	replies(w, boss, "Шеф", "📣", "Слушаю вас")
	w.Says("anna", "спасибо")
	if got := posted(w, boss, "💬").Text; w.Phones.Last("anna") != "Слушаю вас" || got != "💬 Имя неизвестно\nспасибо" {
		t.Errorf("Anna reads %q, the manager %q", w.Phones.Last("anna"), got)
	}
}

// Whom no messenger reaches has tickets too, and is called.
func TestATicketOfAPatientWithoutAChat(t *testing.T) {
	managed(t, func(t *testing.T, w *bottest.World) {
		imported(t, w, bottest.Monday.AddDate(0, 0, 3))
		d := deskOf(w)
		var ticket store.Ticket
		change(t, w, func(ctx context.Context, tx store.Tx) (err error) {
			ticket, err = d.Open(ctx, tx, store.Ticket{PatientID: "boris", Kind: "unconfirmed", Note: "Не ответил на напоминание"}, 0, w.Clock.Now())
			return err
		})
		settle(t, w)
		reads(t, w, office, 0, "🙋 Визит не подтверждён\nБорис Орлов, +7 912 000-00-01\nОтветить — сегодня в 10:15\nНе ответил на напоминание\nЧата нет, только телефон")
		pass(t, w, 30*time.Minute)
		reads(t, w, office, 1, "⏰ Срок вышел, никто не ответил\nВизит не подтверждён\nБорис Орлов, +7 912 000-00-01\nОбращение — сегодня в 10:00",
			"📣 Никто не взял, сообщили руководителю\nВизит не подтверждён\nБорис Орлов, +7 912 000-00-01")
		presses(w, boss, "Шеф", "📣", "Беру")
		does(w, office, "Мария", channels.Incoming{Choice: "take:" + ticket.ID})
		if got := labels(buttons(w, office, "🙋")); got != "✅ Шеф | Закрыть" || posted(w, office, "Уже отвечает Шеф.").Text == "" {
			t.Errorf("the card has %s", got)
		}
		presses(w, office, "Мария", "🙋", "Закрыть")
		if got := labels(buttons(w, boss, "📣")); got != "✔️ Закрыто — Шеф" {
			t.Errorf("the manager's card has %s", got)
		}
		if got := happened(t, w); !slices.Equal(got, []string{"opened unconfirmed", "late unconfirmed", "escalated unconfirmed", "answered late"}) {
			t.Errorf("the events are %q", got)
		}
	})
}

// deskOf is the desk of the world, as its runner has it.
func deskOf(w *bottest.World) *desk.Desk {
	c := w.Runner.Clinic
	hours := func(branch string) desk.Hours {
		if b := c.Branch(branch); b != nil {
			return c.DeskHours(b)
		}
		return c.DeskHours(c.Branches[0])
	}
	return &desk.Desk{
		Hours: hours, Promise: c.Desk.Promise, Alarm: c.Desk.Alarm, Callback: c.Desk.Callback, Escalate: c.Desk.Escalate, IDs: w.ID,
		Rooms: c.Desk.Admins, Managers: c.Desk.Manager,
	}
}

// In Yekaterinburg, two hours ahead of Moscow, the desk closes at 20.
func TestADeadlineCountsTheHoursOfItsBranch(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	agrees(w, "anna")
	anna := contactOf(t, w)
	visit := imported(t, w, bottest.Monday.AddDate(0, 0, 3))
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		return tx.AddFamily(ctx, store.Kinship{Guardian: anna.PatientID, Ward: "boris", Kin: "adult", Since: w.Clock.Now()})
	})
	d := deskOf(w)
	now := time.Date(2026, 11, 23, 14, 50, 0, 0, time.UTC) // 17:50 in Moscow, 19:50 in Yekaterinburg
	moscow, ural := now.Add(15*time.Minute), time.Date(2026, 11, 24, 3, 5, 0, 0, time.UTC)
	for _, c := range []struct {
		what   string
		ticket store.Ticket
		want   time.Time
	}{
		{"the visit's", store.Ticket{PatientID: anna.PatientID, Kind: "asked", Visit: visit.ID}, ural},
		{"where the patient goes next", store.Ticket{PatientID: "boris", Kind: "asked"}, ural},
		{"where somebody of the chat goes", store.Ticket{ContactID: anna.ID, PatientID: anna.PatientID, Kind: "asked"}, ural},
		{"nobody has been anywhere", store.Ticket{PatientID: anna.PatientID, Kind: "asked"}, moscow},
		{"a call back has longer", store.Ticket{PatientID: anna.PatientID, Kind: "call_back"}, now.Add(30 * time.Minute)},
		{"a danger does not wait", store.Ticket{PatientID: "boris", Kind: "red_flag", Priority: desk.Alarm}, now.Add(5 * time.Minute)},
	} {
		change(t, w, func(ctx context.Context, tx store.Tx) error {
			got, err := d.Open(ctx, tx, c.ticket, 0, now)
			if !got.Deadline.Equal(c.want) {
				t.Errorf("%s: due at %v, want %v", c.what, got.Deadline.UTC(), c.want)
			}
			return err
		})
	}
}

func TestTheLastVisitTellsTheBranchWhenNoneIsAhead(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	visit := imported(t, w, bottest.Monday.AddDate(0, 0, 1))
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		got, err := desk.BranchOf(ctx, tx, store.Ticket{PatientID: "boris"}, visit.End.AddDate(1, 0, 0))
		if got != "yekaterinburg" {
			t.Errorf("a year later it is %q", got)
		}
		return err
	})
}
