package thread_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"careline/bot/access"
	"careline/bot/bottest"
	"careline/store"
)

// A process dies at each commit between «send» at the page and the patient's phone, just before it or just after it. The
// page sends again what nobody confirmed, another process goes on, and the patient reads the answer once.
func TestAReplyOutlivesTheProcessThatTookIt(t *testing.T) {
	const text = "Здравствуйте, это Ирина"
	for _, fate := range []bottest.Crash{bottest.BeforeCommit, bottest.AfterCommit} {
		for n, crashed := int32(1), true; crashed; n++ {
			t.Run(fmt.Sprintf("fate %d of transaction %d", fate, n), func(t *testing.T) {
				var left atomic.Int32 // transactions until the crash
				w := bottest.New(t, &bottest.Crashing{Store: bottest.SQLite(t), Next: func() bottest.Crash {
					if left.Add(-1) == 0 {
						return fate
					}
					return bottest.None
				}}, "p0")
				w.Says("anna", "/start")
				w.Taps("anna", "Даю согласие")
				w.Says("anna", "позовите человека")
				s := open(t, w)
				ira, chat := s.As(access.Administrator), "/desk/chats/"+contactOf(t, w, "anna").ID
				form := url.Values{"text": {text}, "seen": {seenOn(t, ira.Get(chat).Body.String())}, "once": {"the-same-reply"}}

				left.Store(n)
				for ira.Post(chat+"/say", form).Code != http.StatusSeeOther {
					if left.Load() > 0 {
						t.Fatal("the reply is refused, and nothing crashed")
					}
				}
				err := w.Runner.Settle(t.Context())
				if crashed = left.Load() <= 0; err != nil && !crashed {
					t.Fatal(err)
				}
				left.Store(0) // and no more
				heirs := w.Again("p1")
				err = heirs.Store.Tx(t.Context(), func(tx store.Tx) error { return tx.Release(t.Context(), "p0") }) // its lease has ended
				if err != nil {
					t.Fatal(err)
				}
				settle(t, heirs)
				if said := told(heirs, text); len(said) != 1 {
					t.Errorf("the patient reads it %d times", len(said))
				}
				body := ira.Get(chat).Body.String()
				if strings.Count(body, text) != 1 || strings.Contains(body, "отправляется") {
					t.Errorf("the page shows it %d times:\n%s", strings.Count(body, text), body)
				}
			})
			if n > 30 {
				t.Fatal("there is no end of transactions")
			}
		}
	}
}
