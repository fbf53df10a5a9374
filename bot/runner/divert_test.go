package runner_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// remind puts what a timeline says about a visit, in two messages.
func remind(t *testing.T, w *bottest.World, to store.Contact, notAfter time.Time) {
	t.Helper()
	var out []store.Output
	for _, text := range []string{"reminder one", "reminder two"} {
		id := w.ID()
		payload, err := json.Marshal(channels.Outgoing{Key: id, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, store.Output{
			ID: id, ContactID: to.ID, Channel: to.Channel, Chat: to.Chat, Class: "service", Payload: payload, CreatedAt: w.Clock.Now(),
			Priority: store.FollowUpNext, Ref: "visit/x", NotAfter: notAfter,
		})
	}
	if err := w.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.Put(t.Context(), out) }); err != nil {
		t.Fatal(err)
	}
}

// reminders are what the chat read of it.
func reminders(w *bottest.World, chat string) string {
	var got []string
	for _, m := range w.Phones.Told(chat) {
		if strings.HasPrefix(m.Text, "reminder") {
			got = append(got, m.Text)
		}
	}
	return strings.Join(got, ", ")
}

func TestWhatDoesNotReachOneChatIsSaidOnceInTheNext(t *testing.T) {
	for name, failed := range map[string]*channels.Error{
		"blocked":         {Kind: channels.Blocked},
		"not on WhatsApp": {Kind: channels.Rejected},
		"held too long":   {Kind: channels.Held, RetryAfter: 48 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			bothStores(t, func(t *testing.T, w *bottest.World) {
				first, _ := twoChats(t, w)
				w.Phones.Fail = func(to channels.Address, m channels.Outgoing) error {
					if to.Chat == "anna" && strings.HasPrefix(m.Text, "reminder") {
						return failed
					}
					return nil
				}
				remind(t, w, first, w.Clock.Now().Add(24*time.Hour))
				settle(t, w)
				settle(t, w)
				if got := reminders(w, "anna at work"); got != "reminder one, reminder two" {
					t.Errorf("told in the other chat: %q", got)
				}
				w.Phones.Fail = nil
				w.Says("anna", "меню")
				if got := reminders(w, "anna") + reminders(w, "anna at work"); got != "reminder one, reminder two" {
					t.Errorf("told twice: %q", got)
				}
			})
		})
	}
}

func TestWhatReachesNoChatIsWorkForAHuman(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	first, _ := twoChats(t, w)
	tries := 0
	w.Phones.Fail = func(_ channels.Address, m channels.Outgoing) error {
		if strings.HasPrefix(m.Text, "reminder") {
			tries++
			return &channels.Error{Kind: channels.Rejected}
		}
		return nil
	}
	remind(t, w, first, w.Clock.Now().Add(24*time.Hour))
	settle(t, w)
	read(t, w, func(tx store.Tx) error {
		list, err := tx.TicketList(t.Context(), nil, 10)
		if len(list) != 1 || list[0].Kind != "undelivered" {
			t.Errorf("tickets: %+v", list)
		}
		return err
	})
	if tries != 2 {
		t.Errorf("tried %d times", tries)
	}
}

func TestAnAnswerStaysInItsChat(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	twoChats(t, w)
	told := len(w.Phones.Told("anna at work"))
	w.Phones.Fail = func(to channels.Address, _ channels.Outgoing) error {
		if to.Chat == "anna" {
			return &channels.Error{Kind: channels.Rejected}
		}
		return nil
	}
	w.Says("anna", "/start")
	if got := w.Phones.Told("anna at work"); len(got) != told {
		t.Errorf("the other chat was told %v", texts(got[told:]))
	}
}
