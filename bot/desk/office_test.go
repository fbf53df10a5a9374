package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"careline/bot/booking"
	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// The administrators' chats of these stories.
const (
	office = "-100office"
	chiefs = "-100chiefs"
)

// withRooms opens the sample clinic with administrators' chats.
func withRooms(chats ...string) func(*booking.Clinic) {
	return func(c *booking.Clinic) {
		for _, chat := range chats {
			c.Desk.Admins = append(c.Desk.Admins, channels.Address{Channel: "test", Chat: chat})
		}
	}
}

func showingComplaints(c *booking.Clinic) { c.Desk.ShowComplaint = true }

// onBothStores tells a story on both databases, in a clinic with one administrators' chat.
func onBothStores(t *testing.T, story func(t *testing.T, w *bottest.World)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
		t.Run(name, func(t *testing.T) { story(t, bottest.New(t, open(t), "a", withRooms(office))) })
	}
}

// agrees begins a chat in which the patient consents to be known.
func agrees(w *bottest.World, chat string) {
	w.T.Helper()
	w.Says(chat, "/start")
	w.Taps(chat, "Даю согласие")
}

// books lets the patient book a consultation for the first time offered on the day.
func books(w *bottest.World, chat, day string) {
	w.T.Helper()
	agrees(w, chat)
	w.Taps(chat, "Записаться на приём")
	w.Taps(chat, "Знаю услугу")
	w.Taps(chat, "Консультация стоматолога")
	if day != "сегодня" {
		w.Says(chat, day)
	}
	w.Taps(chat, begins(w, chat, day))
	w.Says(chat, "Анна Петрова")
	w.Says(chat, "8 912 345 67 89")
	w.Taps(chat, "Всё верно")
	w.Taps(chat, "Не нужно")
}

// begins is the newest button whose label begins so.
func begins(w *bottest.World, chat, label string) string {
	w.T.Helper()
	for _, m := range slices.Backward(w.Phones.Told(chat)) {
		for _, c := range m.Choices {
			if strings.HasPrefix(c.Label, label) {
				return c.Label
			}
		}
	}
	w.T.Fatalf("%s sees no button «%s…»: %s", chat, label, w.Phones.Last(chat))
	return ""
}

// does lets an administrator do something in a room and everything happen that follows.
func does(w *bottest.World, room, who string, m channels.Incoming) {
	w.T.Helper()
	m.From, m.ID, m.At, m.Profile.Name = channels.Address{Channel: "test", Chat: room}, w.ID(), w.Clock.Now(), who
	if err := w.Runner.Accept(w.T.Context(), m); err != nil {
		w.T.Fatal(err)
	}
	if err := w.Runner.Settle(w.T.Context()); err != nil {
		w.T.Fatal(err)
	}
}

// replies answers the newest message of the room that has these words.
func replies(w *bottest.World, room, who, to, text string) {
	w.T.Helper()
	does(w, room, who, channels.Incoming{Text: text, ReplyTo: posted(w, room, to).Key})
}

// presses a button of the newest card of the room that has these words, as it looks now.
func presses(w *bottest.World, room, who, on, label string) {
	w.T.Helper()
	for _, c := range buttons(w, room, on) {
		if c.Label == label {
			does(w, room, who, channels.Incoming{Choice: c.Data})
			return
		}
	}
	w.T.Fatalf("«%s» has no button «%s»", on, label)
}

// posted is the newest message of the room with these words.
func posted(w *bottest.World, room, words string) channels.Outgoing {
	w.T.Helper()
	for _, m := range slices.Backward(w.Phones.Told(room)) {
		if strings.Contains(m.Text, words) {
			return m
		}
	}
	w.T.Fatalf("nobody says «%s» in %s:\n%s", words, room, strings.Join(said(w, room), "\n—\n"))
	return channels.Outgoing{}
}

// buttons of a card as they look now.
func buttons(w *bottest.World, room, words string) []channels.Choice {
	w.T.Helper()
	card := posted(w, room, words)
	shown := card.Choices
	for _, m := range w.Phones.Told(room) {
		if m.Redraws == card.Key {
			shown = m.Choices
		}
	}
	return shown
}

func labels(choices []channels.Choice) string {
	var all []string
	for _, c := range choices {
		all = append(all, c.Label)
	}
	return strings.Join(all, " | ")
}

// said are the texts of a room or a chat; changes of buttons have none.
func said(w *bottest.World, chat string) (texts []string) {
	for _, m := range w.Phones.Told(chat) {
		if m.Redraws == "" && (m.Text != "" || len(m.Files) > 0) {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// looks reads from the store.
func looks(w *bottest.World, f func(ctx context.Context, tx store.Tx) error) {
	w.T.Helper()
	if err := w.Store.Read(w.T.Context(), func(tx store.Tx) error { return f(w.T.Context(), tx) }); err != nil {
		w.T.Fatal(err)
	}
}
