package runner_test

import (
	"strings"
	"testing"

	"careline/bot/bottest"
)

// speaks lets the person write in a messenger that tells no language.
func speaks(t *testing.T, w *bottest.World, chat, text string) {
	t.Helper()
	m := w.Write(chat, text)
	m.Profile.Language = ""
	send(t, w, m)
}

func TestWhoIsInDangerIsAnsweredInTheLanguageOfTheirWords(t *testing.T) {
	bothStores(t, func(t *testing.T, w *bottest.World) {
		for _, c := range []struct{ chat, first, words, answer, language string }{
			{"john", "", "Chest pain and I can't breathe", "Call 112", "en"},
			{"jane", "/start", "Chest pain and I can't breathe", "Call 112", "en"},
			{"anna", "", "Болит в груди и не могу дышать", "Позвоните 112", "ru"},
		} {
			if c.first != "" {
				speaks(t, w, c.chat, c.first)
			}
			speaks(t, w, c.chat, c.words)
			if got := contact(t, w, c.chat).Language; got != c.language {
				t.Errorf("%s: the language is %q", c.chat, got)
			}
			if !heardAny(w, c.chat, c.answer) {
				t.Errorf("%s reads %q", c.chat, texts(w.Phones.Told(c.chat)))
			}
			speaks(t, w, c.chat, "112")
			if got := contact(t, w, c.chat).Language; got != c.language {
				t.Errorf("%s: the language became %q", c.chat, got)
			}
		}
	})
}

func TestWhoseWordsTellNoLanguageIsAsked(t *testing.T) {
	w := bottest.New(t, bottest.SQLite(t), "a")
	for chat, words := range map[string]string{"1": "/start", "2": "hm", "3": "👋", "4": "+7 916 111-22-33"} {
		speaks(t, w, chat, words)
		if got := contact(t, w, chat).Language; got != "" {
			t.Errorf("%q is %s", words, got)
		}
		if !heardAny(w, chat, "Which language") {
			t.Errorf("%q is answered by %s", words, strings.Join(texts(w.Phones.Told(chat)), "; "))
		}
	}
	m := w.Write("5", "Guten Tag")
	m.Profile.Language = "de" // the messenger tells one that is not the clinic's
	send(t, w, m)
	if !heardAny(w, "5", "Which language") {
		t.Errorf("a German reads %q", texts(w.Phones.Told("5")))
	}
}
