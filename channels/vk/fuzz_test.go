package vk_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever is posted with the secret, the callback answers, and what it stores keeps the contract.
func FuzzCallback(f *testing.F) {
	for _, seed := range []struct{ kind, object string }{
		{"message_new", letter}, {"message_new", `{}`}, {"message_new", `null`}, {"message_new", `{"message":{"from_id":1,"peer_id":1,"payload":"{\"command\":\"start\"}","ref":"a"}}`},
		{"message_new", `{"message":{"from_id":1,"peer_id":1,"payload":"{\"command\":\"not_supported_button\",\"payload\":\"{\\\"careline\\\":\\\"x\\\"}\"}"}}`},
		{"message_new", `{"message":{"from_id":1,"peer_id":1,"geo":{"coordinates":"55 37"},"attachments":[{"type":"doc","doc":{"size":-1,"title":"\u0000"}}],"fwd_messages":[{}]}}`},
		{"message_event", `{"user_id":1,"peer_id":1,"event_id":"","payload":{"careline":"\u0000жжж"}}`}, {"message_event", `{"user_id":1,"peer_id":1,"payload":"x"}`},
		{"message_edit", `{"from_id":1,"peer_id":1,"text":"я","update_time":-5}`}, {"message_reply", `{"from_id":-218400001,"peer_id":1,"admin_author_id":3}`},
		{"message_allow", `{"user_id":1,"key":"a b"}`}, {"message_deny", `{"user_id":"1"}`}, {"wall_post_new", `[]`},
	} {
		f.Add(seed.kind, seed.object)
	}
	s := build(f, hooked)
	s.run(f)
	f.Fuzz(func(t *testing.T, kind, object string) {
		before := len(s.clinic.stored())
		switch w := s.answers(request(strings.NewReader(strings.Replace(event(kind, secret, object), `"event_id":"e1"`, `"event_id":""`, 1)))); w.Code {
		case http.StatusOK, http.StatusBadRequest, http.StatusForbidden:
		default:
			t.Errorf("answered %d", w.Code)
		}
		for _, in := range s.clinic.stored()[before:] {
			if in.From.Channel != "vk" || in.From.Chat == "" || in.ID == "" {
				t.Errorf("stored without an address or an id: %+v", in)
			}
			texts := []string{in.ID, in.Text, in.Choice, in.Profile.Name, in.Profile.Language, in.Source, in.Other}
			for _, f := range in.Files {
				texts = append(texts, f.Name, f.Ref, f.MIME)
			}
			for _, text := range texts {
				if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
					t.Errorf("no database keeps %q", text)
				}
			}
			if len(in.Choice) > 64 || len(in.Source) > 64 || len(in.ID) > 200 {
				t.Errorf("too long: %+v", in)
			}
		}
	})
}
