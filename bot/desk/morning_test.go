package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// morning does what the action desk.digest does for a branch.
func morning(t *testing.T, w *bottest.World, branch string) (outcome string) {
	t.Helper()
	c := w.Runner.Clinic
	house := &actions.House{Scripts: w.Runner.Scripts, Clinic: c, Reception: &booking.Reception{Clinic: c, IDs: w.ID}, Desk: deskOf(w), IDs: w.ID}
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		result, err := actions.All()["desk.digest"].Do(ctx, &actions.Scene{
			Call: engine.Call{Patient: &dialogs.Patient{}, With: map[string]any{"branch": c.In("ru").Branch(branch)}}, House: house, Tx: tx,
			Now: w.Clock.Now(), Contact: &dialogs.Contact{}, Me: &dialogs.Patient{},
		})
		outcome = result.Outcome
		return err
	})
	settle(t, w)
	return outcome
}

func TestARoomReadsInTheMorningWhatTheDayBrings(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		visit := imported(t, w, bottest.Monday.AddDate(0, 0, 1))
		agrees(w, "vera")
		w.Says("vera", "оператор")
		missed := store.Touch{
			Timeline: "recall", About: "visit/" + visit.ID, PatientID: "boris", Class: "advertising", Outcome: store.Unreachable,
			Moment: w.Clock.Now(), At: w.Clock.Now(),
		}
		other := missed
		other.Timeline = "reactivation"
		change(t, w, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.Touch(ctx, []store.Touch{missed, other})
			return err
		})
		pass(t, w, 21*time.Hour) // 07:00 in Moscow
		before := len(said(w, office))
		morning(t, w, "moscow")
		reads(t, w, office, before, `☀️ Сегодня — Улыбка на Чистых прудах
Визиты — 1, впервые — 1
Не подтвердили — 1: 10:00
Анкета не заполнена — 1: 10:00
Обращения, на которые не ответили в срок, — 1`)
		morning(t, w, "yekaterinburg")
		reads(t, w, office, before+1, `☀️ Сегодня — Улыбка на Малышева
Визиты — 1, впервые — 1
Не подтвердили — 1: 12:00
Анкета не заполнена — 1: 12:00
Нет согласия на обработку данных — 1: 12:00
Пора пригласить, но чата нет, — 1`)
		for _, text := range said(w, office)[before:] {
			if strings.Contains(text, "Анна") || strings.Contains(text, "Борис") {
				t.Errorf("the summary names a patient: %q", text)
			}
		}
		pass(t, w, 24*time.Hour)
		before = len(said(w, office))
		morning(t, w, "yekaterinburg")
		reads(t, w, office, before, "☀️ Сегодня — Улыбка на Малышева\nВизиты — 0\nВчерашние визиты без отметки — 1")
	})
}

func TestADayWithoutWorkHasNoSummary(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	pass(t, w, 6*24*time.Hour) // Sunday: Yekaterinburg is closed
	if got := morning(t, w, "yekaterinburg"); got != "nothing" || len(said(w, office)) != 0 {
		t.Errorf("%s, the room reads %q", got, said(w, office))
	}
	if got := morning(t, w, "moscow"); got != "sent" || len(said(w, office)) != 1 {
		t.Errorf("%s, the room reads %q", got, said(w, office))
	}
}

func TestWithoutARoomTheSummaryIsATaskOfTheDesk(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	if got := morning(t, w, "moscow"); got != "sent" {
		t.Errorf("the outcome is %q", got)
	}
	looks(w, func(ctx context.Context, tx store.Tx) error {
		list, err := tx.TicketList(ctx, nil, 10)
		if len(list) != 1 || list[0].Kind != desk.Digest || list[0].Note != "☀️ Сегодня — Улыбка на Чистых прудах\nВизиты — 0" || !list[0].Deadline.IsZero() {
			t.Errorf("the desk has %+v", list)
		}
		return err
	})
	pass(t, w, 24*time.Hour)
	morning(t, w, "moscow")
	looks(w, func(ctx context.Context, tx store.Tx) error {
		list, err := tx.TicketList(ctx, nil, 10)
		if len(list) != 1 || !list[0].CreatedAt.Equal(w.Clock.Now()) {
			t.Errorf("on the next morning the desk has %+v", list)
		}
		return err
	})
}

func TestTheSummarySpeaksTheClinicsFirstLanguage(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), func(c *booking.Clinic) { c.Languages = []string{"en", "ru"} })
	imported(t, w, bottest.Monday.Add(2*time.Hour))
	morning(t, w, "yekaterinburg")
	reads(t, w, office, 0, "☀️ Today at Ulybka Malysheva\nVisits: 1, first visits: 1\nNot confirmed: 1 (14:00)\nQuestionnaire not filled in: 1 (14:00)\n"+
		"No consent to personal data: 1 (14:00)")
}
