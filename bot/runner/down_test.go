package runner_test

import (
	"testing"
	"time"

	"careline/bot/bottest"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// outage lets all processes know that the messenger does not work; an empty verdict, that it does.
func outage(t *testing.T, w *bottest.World, channel channels.ID, verdict string) {
	t.Helper()
	write := func(tx store.Tx) error {
		if verdict == "" {
			return tx.Remember(t.Context(), string(channel), desk.OutageMemory, "", time.Time{})
		}
		ticket, err := w.Runner.Desk().Broke(t.Context(), tx, channel, verdict == desk.ToBeMended, w.Clock.Now())
		if err != nil {
			return err
		}
		return tx.Remember(t.Context(), string(channel), desk.OutageMemory, verdict+" "+ticket, time.Time{})
	}
	if err := w.Store.Tx(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

// waiting is a reminder that waits for WhatsApp, to somebody who is in VK too.
func waiting(t *testing.T, w *bottest.World, notAfter time.Duration) {
	t.Helper()
	w.Says("whatsapp:anna", "/start")
	w.Says("vk:anna", "/start")
	var first store.Contact
	err := w.Store.Tx(t.Context(), func(tx store.Tx) (err error) {
		if first, err = tx.ContactAt(t.Context(), "whatsapp", "whatsapp:anna"); err != nil {
			return err
		}
		second, err := tx.ContactAt(t.Context(), "vk", "vk:anna")
		if err != nil {
			return err
		}
		second.PatientID = first.PatientID
		return tx.SaveContacts(t.Context(), []store.Contact{second})
	})
	if err != nil {
		t.Fatal(err)
	}
	remind(t, w, first, w.Clock.Now().Add(notAfter))
}

func reroute(t *testing.T, w *bottest.World) {
	t.Helper()
	if _, err := w.Runner.Reroute(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// The process that looks does not receive from WhatsApp itself, and has sent nothing there: it knows by the store.
func TestEveryProcessSaysElsewhereWhatWaitsForAMessengerThatIsDown(t *testing.T) {
	const both = "reminder one, reminder two"
	for name, c := range map[string]struct {
		verdict  string
		passes   time.Duration
		notAfter time.Duration
		want     string // in VK
	}{
		"logged out":                  {desk.ToBeMended, 0, 24 * time.Hour, both},
		"away for a moment":           {desk.Passes, 5 * time.Minute, 24 * time.Hour, ""},
		"away for long":               {desk.Passes, 16 * time.Minute, 24 * time.Hour, both},
		"away when it is nearly late": {desk.Passes, 5 * time.Minute, 6 * time.Minute, both},
		"well":                        {"", 16 * time.Minute, 24 * time.Hour, ""},
		"well when it is nearly late": {"", 5 * time.Minute, 6 * time.Minute, ""},
	} {
		t.Run(name, func(t *testing.T) {
			for engine, open := range map[string]func(testing.TB) store.Store{"sqlite": bottest.SQLite, "postgres": bottest.Postgres} {
				t.Run(engine, func(t *testing.T) {
					w := bottest.In(t, open(t), "a", []channels.ID{"vk", "whatsapp"})
					waiting(t, w, c.notAfter)
					outage(t, w, "whatsapp", c.verdict)
					w.Clock.Advance(c.passes)
					reroute(t, w)
					settle(t, w)
					if got := reminders(w, "vk:anna"); got != c.want {
						t.Errorf("told in VK: %q, want %q", got, c.want)
					}
					if got := reminders(w, "vk:anna") + reminders(w, "whatsapp:anna"); got != both {
						t.Errorf("told in both: %q", got)
					}
				})
			}
		})
	}
}

func TestAMessengerThatIsWellAgainIsUsed(t *testing.T) {
	w := bottest.In(t, bottest.SQLite(t), "a", []channels.ID{"vk", "whatsapp"})
	outage(t, w, "whatsapp", desk.ToBeMended)
	reroute(t, w)
	outage(t, w, "whatsapp", "")
	reroute(t, w)
	waiting(t, w, time.Hour)
	reroute(t, w)
	settle(t, w)
	if got := reminders(w, "whatsapp:anna"); got != "reminder one, reminder two" {
		t.Errorf("told in WhatsApp: %q", got)
	}
}
