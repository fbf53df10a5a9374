package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

const asked = "Он состоялся?"

// ends lets the only visit of the day end, and the rooms be asked about it a quarter of an hour later.
func ends(t *testing.T, w *bottest.World) store.Appointment {
	t.Helper()
	a := theVisit(t, w)
	pass(t, w, a.End.Add(15*time.Minute).Sub(w.Clock.Now()))
	asks(t, w, a.ID)
	return a
}

// asks does what the action desk.came does.
func asks(t *testing.T, w *bottest.World, visit string) {
	t.Helper()
	d := theDesk()
	d.IDs = w.ID
	d.Rooms = rooms(w)
	change(t, w, func(ctx context.Context, tx store.Tx) error { return d.AskOutcome(ctx, tx, visit, w.Clock.Now()) })
	settle(t, w)
}

// rooms of the world.
func rooms(w *bottest.World) []channels.Address { return w.Runner.Clinic.Desk.Admins }

func theVisit(t *testing.T, w *bottest.World) (a store.Appointment) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) error {
		all, err := tx.AppointmentsBetween(ctx, "", bottest.Monday.AddDate(0, 0, -1), bottest.Monday.AddDate(0, 1, 0))
		if err == nil && len(all) != 1 {
			t.Fatalf("there are %d visits", len(all))
		}
		a = all[0]
		return err
	})
	return a
}

// imported is a patient of the clinic with a visit, whom no messenger reaches.
func imported(t *testing.T, w *bottest.World, start time.Time) store.Appointment {
	t.Helper()
	a := store.Appointment{
		ID: w.ID(), PatientID: "boris", Service: "dentist_consult", Branch: "yekaterinburg", Status: store.StatusBooked, Start: start, End: start.Add(30 * time.Minute),
		Parts: []store.Part{{Practitioner: "fedorova", Start: start, End: start.Add(30 * time.Minute)}}, First: true, CreatedAt: w.Clock.Now(), UpdatedAt: w.Clock.Now(),
	}
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		if err := tx.SavePatients(ctx, []store.Patient{{ID: "boris", FullName: "Борис Орлов", Phone: "+79120000001", CreatedAt: w.Clock.Now()}}); err != nil {
			return err
		}
		return tx.Book(ctx, a, w.Clock.Now())
	})
	return a
}

func status(t *testing.T, w *bottest.World, visit string) (s string) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) error {
		found, err := tx.AppointmentsByID(ctx, []string{visit})
		s = found[0].Status
		return err
	})
	return s
}

// about are the tickets about a visit that nobody has closed.
func about(t *testing.T, w *bottest.World, visit string) (open []store.Ticket) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) (err error) {
		open, err = tx.TicketsAbout(ctx, []string{visit})
		return err
	})
	return open
}

func TestARoomIsAskedWhetherThePatientCame(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		visit := ends(t, w)
		asks(t, w, visit.ID)
		told := said(w, office)
		if got := told[len(told)-1]; len(told) != 2 || got != `❔ Время визита вышло. Он состоялся?
Анна Петрова, +7 912 345-67-89
Консультация стоматолога
Сегодня, 24 ноября, в 10:00
Соколова Мария Андреевна
Улыбка на Чистых прудах` {
			t.Errorf("the room reads %q", told)
		}
		if got := labels(buttons(w, office, asked)); got != "Визит состоялся | Не пришли | Ещё здесь" {
			t.Errorf("the card has %s", got)
		}
		stale := buttons(w, office, asked)
		presses(w, office, "Мария", asked, "Не пришли")
		if got := labels(buttons(w, office, asked)); got != "🚫 Не пришли — Мария" || status(t, w, visit.ID) != store.StatusNoShow {
			t.Errorf("the card has %s, the visit is %s", got, status(t, w, visit.ID))
		}
		does(w, office, "Пётр", channels.Incoming{Choice: stale[0].Data})
		if got := posted(w, office, "Уже отмечено").Text; got != "Уже отмечено. 🚫 Не пришли — Мария" || status(t, w, visit.ID) != store.StatusNoShow {
			t.Errorf("the second reads %q, the visit is %s", got, status(t, w, visit.ID))
		}
		if open := about(t, w, visit.ID); len(open) != 0 {
			t.Errorf("%+v are open", open)
		}
	})
}

func TestOfTwoRoomsTheFirstAnswerCounts(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office, chiefs))
	books(w, "anna", "завтра")
	visit := ends(t, w)
	if open := about(t, w, visit.ID); len(open) != 1 {
		t.Fatalf("%d tickets ask about one visit", len(open))
	}
	presses(w, chiefs, "Шеф", asked, "Визит состоялся")
	if got := labels(buttons(w, office, asked)); got != "✅ Визит состоялся — Шеф" || status(t, w, visit.ID) != store.StatusFulfilled {
		t.Errorf("the other room sees %s, the visit is %s", got, status(t, w, visit.ID))
	}
}

func TestWhoIsStillHereIsAskedAboutAgain(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		visit := ends(t, w)
		presses(w, office, "Мария", asked, "Ещё здесь")
		if got := labels(buttons(w, office, asked)); got != "⏳ Ещё здесь — Мария" || status(t, w, visit.ID) != store.StatusArrived {
			t.Errorf("the card has %s, the visit is %s", got, status(t, w, visit.ID))
		}
		before := len(said(w, office))
		pass(t, w, 29*time.Minute)
		if got := said(w, office)[before:]; len(got) != 0 {
			t.Errorf("the room reads %q", got)
		}
		w = w.Again("b")
		pass(t, w, time.Minute)
		presses(w, office, "Пётр", asked, "Визит состоялся")
		if got := labels(buttons(w, office, asked)); got != "✅ Визит состоялся — Пётр" || status(t, w, visit.ID) != store.StatusFulfilled {
			t.Errorf("the second card has %s, the visit is %s", got, status(t, w, visit.ID))
		}
	})
}

func TestAnAnswerFromElsewhereClosesTheQuestion(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		books(w, "anna", "завтра")
		visit := ends(t, w)
		stale := buttons(w, office, asked)
		says(t, w.Runner.Store, w, visit.ID, store.StatusFulfilled)
		settle(t, w)
		if got := labels(buttons(w, office, asked)); got != "✅ Визит состоялся" || len(about(t, w, visit.ID)) != 0 {
			t.Errorf("the card has %s, open are %+v", got, about(t, w, visit.ID))
		}
		does(w, office, "Мария", channels.Incoming{Choice: stale[1].Data})
		if got := posted(w, office, "Уже отмечено").Text; got != "Уже отмечено. ✅ Визит состоялся" || status(t, w, visit.ID) != store.StatusFulfilled {
			t.Errorf("the room reads %q, the visit is %s", got, status(t, w, visit.ID))
		}
		before := len(said(w, office))
		asks(t, w, visit.ID)
		if got := said(w, office)[before:]; len(got) != 0 {
			t.Errorf("what is known is asked: %q", got)
		}
	})
}

// says is what the command line or the clinic's own system says of a visit.
func says(t *testing.T, db store.Store, w *bottest.World, visit, status string) {
	t.Helper()
	reception := &booking.Reception{Clinic: w.Runner.Clinic, IDs: w.ID}
	err := db.Tx(t.Context(), func(tx store.Tx) error {
		return reception.SetStatus(t.Context(), tx, booking.Matter{Staff: true}, visit, status, w.Clock.Now())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Who presses may be faster than the news.
func TestAPressThatComesAfterAnAnswerFromElsewhereChangesNothing(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "завтра")
	visit := ends(t, w)
	says(t, w.Store, w, visit.ID, store.StatusNoShow) // not planned: the desk does not know
	presses(w, office, "Мария", asked, "Визит состоялся")
	if got := posted(w, office, "Уже отмечено").Text; got != "Уже отмечено. 🚫 Не пришли" || status(t, w, visit.ID) != store.StatusNoShow {
		t.Errorf("the room reads %q, the visit is %s", got, status(t, w, visit.ID))
	}
	if got := labels(buttons(w, office, asked)); got != "🚫 Не пришли" {
		t.Errorf("the card has %s", got)
	}
}

func TestAPatientWithoutAChatIsAskedAboutToo(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		visit := imported(t, w, bottest.Monday.Add(time.Hour))
		pass(t, w, 2*time.Hour)
		asks(t, w, visit.ID)
		card := posted(w, office, asked)
		if !strings.Contains(card.Text, "\nБорис Орлов, +7 912 000-00-01\n") || !strings.HasSuffix(card.Text, "в 13:00 (Екатеринбург)\nФёдорова Ирина Павловна\nУлыбка на Малышева") {
			t.Errorf("the card reads %q", card.Text)
		}
		replies(w, office, "Мария", asked, "Вы у нас?")
		if got := posted(w, office, "чата с ним нет").Text; got != "Этому пациенту некуда написать, чата с ним нет. Позвоните — +7 912 000-00-01." {
			t.Errorf("the room reads %q", got)
		}
		presses(w, office, "Мария", asked, "Визит состоялся")
		if status(t, w, visit.ID) != store.StatusFulfilled {
			t.Errorf("the visit is %s", status(t, w, visit.ID))
		}
		change(t, w, func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, "boris", w.Clock.Now()) })
		does(w, office, "Мария", channels.Incoming{Text: "Алло?", ReplyTo: card.Key})
		posted(w, office, "Данные этого пациента удалены")
		looks(w, func(ctx context.Context, tx store.Tx) error {
			room, err := tx.ContactAt(ctx, "test", office)
			if err != nil {
				return err
			}
			lines, err := tx.History(ctx, room.ID, 0, 0, 100)
			if slices.ContainsFunc(lines, func(l store.Line) bool { return strings.Contains(string(l.Payload), "Борис") }) {
				t.Error("the outbox still names who was erased")
			}
			return err
		})
	})
}

func TestWithoutARoomTheQuestionIsOneTicket(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	books(w, "anna", "завтра")
	visit := ends(t, w)
	asks(t, w, visit.ID)
	open := about(t, w, visit.ID)
	if len(open) != 1 || open[0].Kind != "outcome" || open[0].ContactID != "" || !open[0].Deadline.IsZero() {
		t.Fatalf("the tickets are %+v", open)
	}
	if got := tickets(t, w); len(got) != 0 {
		t.Errorf("the patient's chat has %+v", got)
	}
	says(t, w.Runner.Store, w, visit.ID, store.StatusFulfilled)
	settle(t, w)
	if open := about(t, w, visit.ID); len(open) != 0 {
		t.Errorf("%+v are open", open)
	}
}

func TestAVisitThatIsNotOverIsNotAskedAbout(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "завтра")
	asks(t, w, theVisit(t, w).ID)
	asks(t, w, "nothing")
	if got := said(w, office); len(got) != 1 {
		t.Errorf("the room reads %q", got)
	}
}

func TestAForgedAnswerDoesNothing(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "завтра")
	visit := ends(t, w)
	w.Says("anna", "оператор")
	call, question := only(t, w).ID, about(t, w, visit.ID)[0].ID
	for _, forged := range []string{"came:nobody", "came:", "noshow:" + call, "here:" + visit.ID, "take:" + question, "close:" + question, "return:" + question} {
		told := len(said(w, office))
		does(w, office, "Мария", channels.Incoming{Choice: forged})
		if got := said(w, office)[told:]; !slices.Equal(got, []string{"Эта кнопка больше не действует."}) {
			t.Errorf("%q: the room reads %q", forged, got)
		}
	}
	does(w, "anna", "Мария", channels.Incoming{Choice: "came:" + question})
	if got := status(t, w, visit.ID); got != store.StatusBooked {
		t.Errorf("the visit is %s", got)
	}
}

// The timeline `came` of the sample clinic, for a patient with a chat and one without.
func TestTheJourneyAsksAboutEveryVisit(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	books(w, "anna", "завтра")
	anna := theVisit(t, w)
	boris := imported(t, w, anna.Start.Add(time.Hour))
	err := w.Runner.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.SaveAppointments(t.Context(), []store.Appointment{boris}) }) // is planned
	if err != nil {
		t.Fatal(err)
	}
	pass(t, w, boris.End.Add(14*time.Minute).Sub(w.Clock.Now()))
	if len(about(t, w, anna.ID)) != 1 || len(about(t, w, boris.ID)) != 0 {
		t.Errorf("of Anna's visit ask %+v, of Boris's %+v", about(t, w, anna.ID), about(t, w, boris.ID))
	}
	pass(t, w, time.Minute)
	if got := posted(w, office, asked).Text; !strings.Contains(got, "Борис Орлов") {
		t.Errorf("the room reads %q", got)
	}
}
