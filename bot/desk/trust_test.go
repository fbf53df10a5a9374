package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

func TestOfTwoAdministratorsTheSecondIsToldWhoWasFirst(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		agrees(w, "anna")
		w.Says("anna", "оператор")
		take := buttons(w, office, "Просят")[0].Data
		does(w, office, "Мария", channels.Incoming{Choice: take})
		does(w, office, "Мария", channels.Incoming{Choice: take})
		does(w, office, "Пётр", channels.Incoming{Choice: take})
		if got := said(w, office)[1:]; !slices.Equal(got, []string{"Уже отвечает Мария."}) {
			t.Errorf("the room reads %q", got)
		}
		if got := only(t, w).TakenBy; got != "Мария" {
			t.Errorf("%s has it", got)
		}
	})
}

func TestARoomIsNotFooledByForgedAndStaleButtons(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	id := only(t, w).ID
	for _, forged := range []string{"take:nobody", "take:", "take", ":", "drop:" + id, "1.1.1.abc.yes", "close:'; DROP TABLE tickets", strings.Repeat("x", 64)} {
		told := len(said(w, office))
		does(w, office, "Мария", channels.Incoming{Choice: forged})
		if got := said(w, office)[told:]; !slices.Equal(got, []string{"Эта кнопка больше не действует."}) {
			t.Errorf("%q: the room reads %q", forged, got)
		}
	}
	if ticket := only(t, w); ticket.State != "open" {
		t.Errorf("the ticket is %+v", ticket)
	}
	presses(w, office, "Мария", "Просят", "Закрыть")
	told := len(said(w, office))
	does(w, office, "Пётр", channels.Incoming{Choice: "take:" + id})
	does(w, office, "Пётр", channels.Incoming{Choice: "who:" + id})
	if got := said(w, office)[told:]; !slices.Equal(got, []string{"Это обращение уже закрыто (Мария)."}) {
		t.Errorf("of a closed ticket the room reads %q", got)
	}
}

// What is trusted in a room does nothing anywhere else.
func TestAPatientCannotActAsAnAdministrator(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office))
	agrees(w, "anna")
	w.Says("anna", "оператор")
	id := only(t, w).ID
	card := posted(w, office, "Просят")
	agrees(w, "boris")
	for _, forged := range []string{"take:" + id, "close:" + id, "return:" + id} {
		does(w, "boris", "Мария", channels.Incoming{Choice: forged})
		does(w, "anna", "Мария", channels.Incoming{Choice: forged})
	}
	told := len(w.Phones.Told("anna"))
	does(w, "boris", "Мария", channels.Incoming{Text: "Слушаю вас", ReplyTo: card.Key})
	if ticket := only(t, w); ticket.State != "open" || len(w.Phones.Told("anna")) != told {
		t.Errorf("the ticket is %+v, Anna reads %q", ticket, w.Phones.Last("anna"))
	}
	if len(w.Phones.Told(office)) != 1 {
		t.Errorf("the room reads %q", said(w, office))
	}
}

// A room is a contact like any other, and nobody's patient.
func TestARoomIsNoPatient(t *testing.T) {
	onBothStores(t, func(t *testing.T, w *bottest.World) {
		does(w, office, "Мария", channels.Incoming{Text: "/start"})
		does(w, office, "Мария", channels.Incoming{Text: "болит зуб"})
		does(w, office, "Мария", channels.Incoming{Text: "/help"})
		w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
			if to.Chat == office {
				return &channels.Error{Kind: channels.Blocked}
			}
			return nil
		}
		books(w, "anna", "сегодня")
		w.Says("anna", "оператор")
		looks(w, func(ctx context.Context, tx store.Tx) error {
			room, err := tx.ContactAt(ctx, "test", office)
			if err != nil {
				return err
			}
			standing, err := tx.Conversations(ctx, []string{room.ID})
			if err != nil {
				return err
			}
			events, err := tx.EventsSince(ctx, 0, 1000)
			if err != nil {
				return err
			}
			mine := slices.ContainsFunc(events, func(e store.Event) bool { return e.ContactID == room.ID || e.PatientID == room.PatientID })
			all, err := tx.TicketList(ctx, nil, 10)
			if room.Name != "" || !room.BlockedAt.IsZero() || len(standing) != 0 || mine || len(all) != 1 {
				t.Errorf("the room is %+v, stands in %+v, has events: %v; tickets %+v", room, standing, mine, all)
			}
			return err
		})
	})
}
