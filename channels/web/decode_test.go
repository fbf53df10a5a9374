package web

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"careline/channels"
)

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"id":"a","text":"зуб"}`, `{"id":"a","choice":"q:1","zone":"Europe/Moscow","source":"x"}`, `{`, `[]`, `{"id":"a","text":"\u0000\ud800"}`, `null`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		m, err := decode(strings.NewReader(body))
		if err != nil {
			var fault *fault
			if !errors.As(err, &fault) || fault.status < 400 || fault.status > 499 {
				t.Errorf("refused by %v", err)
			}
			return
		}
		if !idShape.MatchString(m.ID) || !choiceShape.MatchString(m.Choice) || !utf8.ValidString(m.Text) || channels.Units(m.Text) > maxText || strings.ContainsRune(m.Text, 0) {
			t.Errorf("taken: %+v", m)
		}
	})
}
