package desk_test

import (
	"context"
	"testing"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// breaks lets a messenger stop working, and tells its ticket.
func breaks(t *testing.T, w *bottest.World, channel channels.ID, mend bool) (ticket string) {
	t.Helper()
	change(t, w, func(ctx context.Context, tx store.Tx) (err error) {
		ticket, err = w.Runner.Desk().Broke(ctx, tx, channel, mend, w.Clock.Now())
		return err
	})
	settle(t, w)
	return ticket
}

func mends(t *testing.T, w *bottest.World, channel channels.ID, ticket string) {
	t.Helper()
	change(t, w, func(ctx context.Context, tx store.Tx) error {
		return w.Runner.Desk().Mended(ctx, tx, channel, ticket, true, w.Clock.Now())
	})
	settle(t, w)
}

func states(t *testing.T, w *bottest.World) (open, closed []store.Ticket) {
	t.Helper()
	looks(w, func(ctx context.Context, tx store.Tx) error {
		all, err := tx.TicketList(ctx, []string{"open", "closed"}, 10)
		for _, k := range all {
			if k.State == "closed" {
				closed = append(closed, k)
			} else {
				open = append(open, k)
			}
		}
		return err
	})
	return open, closed
}

func TestTheRoomsHearOfAMessengerThatDoesNotWork(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(boss))
	ticket := breaks(t, w, "whatsapp", true)
	reads(t, w, office, 0, "⚠️ WhatsApp не работает\nЗаметили сегодня в 10:00. Само не пройдёт: позовите того, кто следит за сервером, — что делать, написано в его журнале. Пока сообщения там не приходят и не уходят.")
	if open, _ := states(t, w); len(open) != 1 || open[0].Kind != desk.ChannelDown || open[0].Priority != desk.High || !open[0].Deadline.IsZero() {
		t.Errorf("tickets are %+v", open)
	}
	mends(t, w, "whatsapp", ticket)
	reads(t, w, office, 1, "✅ WhatsApp снова работает.")
	if open, closed := states(t, w); len(open) != 0 || len(closed) != 1 || closed[0].Resolution != "mended" {
		t.Errorf("open %+v, closed %+v", open, closed)
	}
	breaks(t, w, "vk", false)
	reads(t, w, office, 2, "⚠️ ВКонтакте не работает\nЗаметили сегодня в 10:00. Подключаемся снова сами, сообщения там ждут и придут позже. Если это надолго, позовите того, кто следит за сервером: причина — в его журнале.")
	if got := said(w, boss); len(got) != 0 {
		t.Errorf("the manager reads %q", got)
	}
}

// What would be told there would wait until it is not true any more.
func TestARoomDoesNotHearThatItsOwnMessengerIsDown(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withRooms(office), withManager(boss))
	mends(t, w, "test", breaks(t, w, "test", true))
	if got := append(said(w, office), said(w, boss)...); len(got) != 0 {
		t.Errorf("the rooms read %q", got)
	}
	if _, closed := states(t, w); len(closed) != 1 {
		t.Error("there was no ticket")
	}
}

func TestManagersHearOfItWhenThereIsNoRoomElsewhere(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a", withManager(boss))
	breaks(t, w, "telegram", true)
	if got := said(w, boss); len(got) != 1 {
		t.Errorf("the manager reads %q", got)
	}
}
