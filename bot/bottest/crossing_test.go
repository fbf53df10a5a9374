package bottest_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"careline/bot/bottest"
	"careline/channels"
	"careline/store"
)

// crossing is the way of one person through two messengers: she begins in VK, shows by a code that she is who WhatsApp
// knows, and books in WhatsApp.
var crossing = []struct {
	chat string
	deed
}{
	{wa, deed{says: "/start"}}, {wa, deed{taps: "Даю согласие"}},
	{vk, deed{says: "/start"}}, {vk, deed{taps: "Даю согласие"}}, {vk, deed{taps: "Записаться на приём"}}, {vk, deed{taps: "Знаю услугу"}},
	{vk, deed{taps: "Консультация стоматолога"}}, {vk, deed{taps: "сегодня"}}, {vk, deed{says: "Анна Петрова"}}, {vk, deed{says: annasPhone}},
	{vk, deed{says: theCode}},
	{wa, deed{says: "/start"}}, {wa, deed{taps: "Продолжить здесь"}}, {wa, deed{taps: "Всё верно"}}, {wa, deed{taps: "Не нужно"}},
}

const (
	vk, wa     = "vk:anna", "whatsapp:anna"
	annasPhone = "+79123456789"
	theCode    = "the code" // is what she reads in WhatsApp
)

// once crashes one transaction of a walk, in which all that people write comes twice.
type once struct {
	mu   sync.Mutex
	at   int // 0 = none
	fate bottest.Crash
	seen int
}

func (o *once) crash() bottest.Crash {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.seen++; o.seen == o.at {
		return o.fate
	}
	return bottest.None
}

// Whichever commit a process dies before, or after: who began in one messenger and went on in another ends as ever, as
// one patient with one visit.
func TestFaultsOnTheWayToAnotherMessengerLeadToTheSameEnd(t *testing.T) {
	calm := &once{}
	undisturbed := cross(t, calm)
	if !strings.Contains(undisturbed, "visits 1") {
		t.Fatalf("undisturbed she ends at %s", undisturbed)
	}
	next := 17
	if os.Getenv("CARELINE_CHAOS") != "" {
		next = 1
	}
	for at := 1; at <= calm.seen; at += next {
		for _, fate := range []bottest.Crash{bottest.BeforeCommit, bottest.AfterCommit} {
			if end := cross(t, &once{at: at, fate: fate}); end != undisturbed {
				t.Errorf("crashed at transaction %d (%d), she ends at\n%s\nwant\n%s", at, fate, end, undisturbed)
			}
		}
	}
}

// cross lets her go her way, in a new process after each crash, and tells where both chats end.
func cross(t *testing.T, o *once) string {
	t.Helper()
	db := bottest.SQLite(t)
	w := bottest.In(t, &bottest.Crashing{Store: db, Next: o.crash}, "p0", []channels.ID{"vk", "whatsapp"})
	for i, step := range crossing {
		before := o.at > 0 && o.seen < o.at
		m := w.Write(step.chat, step.says)
		switch {
		case step.taps != "":
			m = w.Press(step.chat, label(t, w, step.chat, step.taps))
		case step.says == theCode:
			m.Text = codeIn(w, wa)
		}
		if step.chat == wa {
			m.Profile.Phone = annasPhone
		}
		bring(t, w, m, true)
		if before && o.seen >= o.at {
			w = w.Again(fmt.Sprint("p", i+1))
		}
	}
	noTimeTwice(t, db)
	all := ends(t, db, vk, wa)
	err := db.Read(t.Context(), func(tx store.Tx) error {
		one, err := tx.ContactAt(t.Context(), "vk", vk)
		if err != nil {
			return err
		}
		two, err := tx.ContactAt(t.Context(), "whatsapp", wa)
		if one.PatientID != two.PatientID || one.Phone != two.Phone {
			t.Error("she is two patients")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all[vk] + "\n" + all[wa]
}

// codeIn is the newest code that the chat was told.
func codeIn(w *bottest.World, chat string) (code string) {
	for _, m := range w.Phones.Told(chat) {
		if strings.Contains(m.Text, "впишите") {
			code = sixDigits.FindString(m.Text)
		}
	}
	return code
}
