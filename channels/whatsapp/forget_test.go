package whatsapp_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"careline/channels"
)

// Who was erased is in none of the library's tables, by name, phone or hidden id; others are. What they write next is
// heard, as of a stranger.
func TestAnErasedPersonIsForgotten(t *testing.T) {
	s := open(t)
	p, other := s.person(), s.person()
	p.Write("здравствуйте")
	other.Write("добрый день")
	s.clinic.got(t, 2)
	for _, who := range []string{"a", "b"} {
		s.shows(t, p, channels.Outgoing{Key: who, Text: "ответ"})
	}
	s.shows(t, other, channels.Outgoing{Key: "c", Text: "ответ"})
	until(t, "all receipts", func() bool { return s.server.Pending() == 0 })
	known := func(id string) (tables []string) {
		for _, where := range []string{
			"contacts WHERE their_jid", "sessions WHERE their_id", "identity_keys WHERE their_id", "lid_map WHERE lid || ' ' || pn",
			"message_secrets WHERE chat_jid || ' ' || sender_jid", "privacy_tokens WHERE their_jid", "retry_buffer WHERE chat_jid",
		} {
			n := 0
			query := fmt.Sprintf("SELECT COUNT(*) FROM whatsmeow_%s LIKE '%%%s%%'", where, id)
			if err := s.options.DB.QueryRow(query).Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				tables = append(tables, strings.Fields(where)[0])
			}
		}
		return tables
	}
	if len(known(p.LID().User)) < 4 {
		t.Fatalf("before it is known in %q", known(p.LID().User))
	}
	for range 2 { // it may be asked twice
		if err := s.Forget(context.Background(), address(p)); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{p.LID().User, p.JID().User} {
		if left := known(id); left != nil {
			t.Errorf("still known in %q", left)
		}
	}
	if len(known(other.LID().User)) < 4 {
		t.Errorf("another is left in %q only", known(other.LID().User))
	}
	p.Write("это снова я")
	if m := s.clinic.got(t, 3); m.Text != "это снова я" || m.From != address(p) {
		t.Errorf("heard %+v", m)
	}
}
