package translate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"careline/dialogs/translate"
	"careline/locales"
)

func text(id, s string) locales.Message { return locales.Plain(id, s) }

func update(t *testing.T, src string, o translate.Options, originals ...locales.Message) (string, translate.Did) {
	t.Helper()
	out, did, found := translate.File("locales/en.yaml", "en", []byte(src), originals, o)
	if len(found) > 0 {
		t.Fatal(found)
	}
	again, did2, _ := translate.File("locales/en.yaml", "en", out, originals, translate.Options{})
	if d := cmp.Diff(string(out), string(again)); d != "" {
		t.Errorf("the second time differs: %s", d)
	}
	if len(did2.Added)+len(did2.Moved)+len(did2.Retired) > 0 {
		t.Errorf("the second time did %s", did2)
	}
	return string(out), did
}

func TestANewFileShowsTheTranslatorWhatToDo(t *testing.T) {
	visits := locales.Message{ID: "b.say", Forms: map[locales.Form]string{locales.One: "{n} визит", locales.Few: "{n} визита", locales.Many: "{n} визитов"}}
	got, did := update(t, "", translate.Options{}, text("a.say", "Привет!\nКак дела?"), visits)
	want := fmt.Sprintf(`#. Привет!
#. Как дела?
a.say:
  hash: %s
  other: ""
#. one: {n} визит
#. few: {n} визита
#. many: {n} визитов
b.say:
  hash: %s
  one: ""
  other: ""
`, locales.Hash("Привет!\nКак дела?"), visits.Fingerprint())
	if d := cmp.Diff(want, got); d != "" || len(did.Added) != 2 {
		t.Error(d, did)
	}
}

func TestATranslationMovesWithItsText(t *testing.T) {
	src := fmt.Sprintf(`# Our English. Keep it warm.

# the greeting
a.say: {hash: %s, other: Hello}
a.say.2:
  hash: %s
  other: Bye   # short
`, locales.Hash("Привет"), locales.Hash("Пока"))
	got, did := update(t, src, translate.Options{}, text("a.say", "Привет"), text("a.say.2", "Новое"), text("a.say.3", "Пока"))
	want := fmt.Sprintf(`# Our English. Keep it warm.

# the greeting
a.say: {hash: %s, other: Hello}
#. Новое
a.say.2:
  hash: %s
  other: ""
a.say.3:
  hash: %s
  other: Bye   # short
`, locales.Hash("Привет"), locales.Hash("Новое"), locales.Hash("Пока"))
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(did.Moved) != 1 || len(did.Added) != 1 || len(did.Stale) != 0 {
		t.Error(did)
	}
}

func TestAChangedTextMakesItsTranslationStaleUntilAccepted(t *testing.T) {
	src := fmt.Sprintf("a.say: {hash: %s, other: Hello}\n", locales.Hash("Привет"))
	got, did := update(t, src, translate.Options{}, text("a.say", "Здравствуйте"))
	if !strings.Contains(got, "#, stale\n#. Здравствуйте\na.say: {hash: "+locales.Hash("Привет")) || len(did.Stale) != 1 {
		t.Error(got, did)
	}
	other, _ := update(t, got, translate.Options{Accept: true, Only: []string{"b.say"}}, text("a.say", "Здравствуйте"))
	if other != got {
		t.Error("accepted without being asked to")
	}
	got, did = update(t, got, translate.Options{Accept: true}, text("a.say", "Здравствуйте"))
	if got != fmt.Sprintf("a.say: {hash: %s, other: Hello}\n", locales.Hash("Здравствуйте")) || len(did.Taken) != 1 {
		t.Error(got, did)
	}
}

func TestATranslationWhoseTextIsGoneWaitsAndComesBack(t *testing.T) {
	src := fmt.Sprintf("a.say: {hash: %s, other: Hello}\nb.say:\n  hash: %s\n  other: |\n    Bye\n\n    Now\nengine.resume: Back to it\n", locales.Hash("Привет"), locales.Hash("Пока"))
	got, did := update(t, src, translate.Options{}, text("a.say", "Привет"))
	if !strings.Contains(got, "#~ b.say:\n") || !strings.Contains(got, "\nengine.resume: Back to it\n") || len(did.Retired) != 1 {
		t.Error(got, did)
	}
	got, did = update(t, got, translate.Options{}, text("a.say", "Привет"), text("c.say", "Пока"))
	if !strings.Contains(got, "\nc.say:\n  hash:") || strings.Contains(got, "#~") || len(did.Moved) != 1 {
		t.Error(got, did)
	}
}

func TestBrokenYAMLIsTold(t *testing.T) {
	out, _, found := translate.File("en.yaml", "en", []byte("a: [b"), nil, translate.Options{})
	if out != nil || !found.Failed() {
		t.Error(found)
	}
}

// Whatever happens to the scripts, no English word is lost.
func TestNoTranslationIsEverLost(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(r, "texts")
		src := ""
		for i := range n {
			src += fmt.Sprintf("a.say.%d: {hash: %s, other: English%d}\n", i, locales.Hash(fmt.Sprint("text", i)), i)
		}
		for round := range 3 {
			var originals []locales.Message
			for i := range rapid.IntRange(0, 6).Draw(r, "now") {
				originals = append(originals, text(fmt.Sprintf("a.say.%d", i), fmt.Sprint("text", rapid.IntRange(0, 8).Draw(r, "which"))))
			}
			out, _, found := translate.File("en.yaml", "en", []byte(src), originals, translate.Options{Accept: rapid.Bool().Draw(r, "accept")})
			if len(found) > 0 {
				r.Fatalf("round %d: %v\n%s", round, found, src)
			}
			src = string(out)
		}
		for i := range n {
			if !strings.Contains(src, fmt.Sprintf("English%d", i)) {
				r.Fatalf("English%d is lost:\n%s", i, src)
			}
		}
	})
}

func FuzzFile(f *testing.F) {
	f.Add("# head\n\na.say: {hash: 12, other: Hello}\n#~ b.say: Bye\n#~   more\n")
	f.Add("a.say:\n  hash: 12\n  other: |\n    Hello\n\n    you\n# tail\n")
	f.Fuzz(func(t *testing.T, src string) {
		originals := []locales.Message{text("a.say", "Привет"), text("b.say", "Пока")}
		once, _, found := translate.File("en.yaml", "en", []byte(src), originals, translate.Options{})
		if found.Failed() {
			return
		}
		twice, _, found := translate.File("en.yaml", "en", once, originals, translate.Options{})
		if found.Failed() {
			t.Fatalf("%v: %q became %q", found, src, once)
		}
		if d := cmp.Diff(string(once), string(twice)); d != "" {
			t.Errorf("%q: the second time differs: %s", src, d)
		}
	})
}
