package telegram_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever is posted, the webhook answers, and what it stores keeps the contract.
func FuzzWebhook(f *testing.F) {
	for _, seed := range []string{
		update, press, `{}`, `[]`, `null`, `{"update_id":"six"}`, `{"message":{"chat":{"type":"private"}}}`,
		`{"update_id":1,"message":{"chat":{"id":-7,"type":"group"},"migrate_to_chat_id":-100}}`,
		`{"update_id":2,"callback_query":{"id":"1","from":{"id":1},"data":"\u0000жжж","message":{"chat":{"id":1,"type":"private"},"date":0}}}`,
		`{"update_id":3,"edited_message":{"text":"/start@x y","edit_date":-5,"from":{"id":1},"chat":{"id":1,"type":"private"}}}`,
		`{"update_id":4,"message":{"photo":[{}],"contact":{},"from":{"id":1},"chat":{"id":1,"type":"private"}}}`,
	} {
		f.Add(seed)
	}
	s := build(f, hooked)
	s.run(f)
	f.Fuzz(func(t *testing.T, body string) {
		before := len(s.clinic.stored())
		switch w := s.answers(request(strings.NewReader(body))); w.Code {
		case http.StatusOK, http.StatusBadRequest:
		default:
			t.Errorf("answered %d", w.Code)
		}
		for _, in := range s.clinic.stored()[before:] {
			if in.From.Channel != "telegram" || in.From.Chat == "" || in.ID == "" {
				t.Errorf("stored without an address or an id: %+v", in)
			}
			for _, text := range []string{in.Text, in.Choice, in.Profile.Name, in.Profile.Language, in.Source} {
				if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
					t.Errorf("no database keeps %q", text)
				}
			}
			if len(in.Choice) > 64 || len(in.Source) > 64 {
				t.Errorf("too long: %+v", in)
			}
		}
	})
}
