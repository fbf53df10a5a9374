package locales

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func clinic(t testing.TB) *Catalogue {
	t.Helper()
	c, err := NewBuilder("ru").Add("ru",
		Message{ID: "visits", Forms: map[Form]string{One: "{n} визит", Few: "{n} визита", Many: "{n} визитов"}},
		Plain("hello", "здравствуйте[, {me.name}]!"),
		Plain("only_ru", "Только по-русски, {me.name}"),
	).Add("en",
		Message{ID: "visits", Forms: map[Form]string{One: "{n} visit", Other: "{n} visits"}},
		Plain("hello", "hello[, {me.name}]!"),
	).Build()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPluralForms(t *testing.T) {
	c := clinic(t)
	for _, v := range []struct {
		lang  string
		n     float64
		shown string
		want  string
	}{
		{"ru", 1, "1", "1 визит"}, {"ru", 2, "2", "2 визита"}, {"ru", 5, "5", "5 визитов"}, {"ru", 11, "11", "11 визитов"},
		{"ru", 21, "21", "21 визит"}, {"ru", 112, "112", "112 визитов"}, {"ru", 0, "0", "0 визитов"}, {"ru", 1.5, "1,5", "1,5 визита"},
		{"en", 1, "1", "1 visit"}, {"en", 2, "2", "2 visits"}, {"en-GB", 21, "21", "21 visits"},
	} {
		got, err := c.Text(v.lang, "visits", &v.n, Values("n", v.shown))
		if err != nil || got != v.want {
			t.Errorf("%s %v: got %q, %v; want %q", v.lang, v.n, got, err, v.want)
		}
	}
}

func TestACountIsIgnoredWhereThereAreNoForms(t *testing.T) {
	n := 3.0
	got, err := clinic(t).Text("en", "hello", &n, Values())
	if err != nil || got != "Hello!" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAMissingTranslationSpeaksTheScriptsOwnLanguage(t *testing.T) {
	got, err := clinic(t).Fill("en", "only_ru", nil, Values())
	if err != nil {
		t.Fatal(err)
	}
	want := Filled{Text: "Только по-русски,", Language: "ru", Missing: []string{"me.name"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, _ := clinic(t).Text("de", "hello", nil, Values()); got != "Здравствуйте!" {
		t.Errorf("a language nobody wrote: got %q", got)
	}
}

func TestAnUnknownIDIsAnError(t *testing.T) {
	got, err := clinic(t).Text("ru", "nothing.like_this", nil, Values())
	if err == nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
	if got := clinic(t).Word("en", "nothing.like_this"); got != "" {
		t.Errorf("got %q", got)
	}
	if got := clinic(t).Word("en", "channel.choose"); got != "Choose:" {
		t.Errorf("got %q", got)
	}
}

func TestAMissingFormIsNeverBlank(t *testing.T) {
	c, err := NewBuilder("ru").Add("ru", Message{ID: "a", Forms: map[Form]string{One: "один", Few: "несколько"}}).Build()
	if err != nil {
		t.Fatal(err)
	}
	n := 5.0
	if got, err := c.Text("ru", "a", &n, Values()); err != nil || got != "Несколько" {
		t.Errorf("got %q, %v", got, err)
	}
	m, _ := c.Message("ru", "a")
	if diff := cmp.Diff([]Form{Many}, m.Lacking("ru")); diff != "" {
		t.Error(diff)
	}
}

func TestBuildTellsEverythingWrong(t *testing.T) {
	_, err := NewBuilder("ru").Add("ru", Plain("a", "{"), Plain("b", " ")).Add("en", Plain("c", "[x]")).Build()
	for _, want := range []string{"ru: a (other): character 1: unclosed value", "ru: b (other): the text is blank", "en: c (other): character 1: empty piece"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not tell %q", err, want)
		}
	}
	var message *MessageError
	var syntax *SyntaxError
	if !errors.As(err, &message) || !errors.As(err, &syntax) {
		t.Error("the errors should be typed")
	}
}

func TestFormsOfLanguages(t *testing.T) {
	for lang, want := range map[string][]Form{"ru": {One, Few, Many}, "en": {One, Other}, "kk": {One, Other}} {
		if diff := cmp.Diff(want, Forms(lang)); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
}

func TestHash(t *testing.T) {
	if Hash("Да") != Hash("Да\n") || Hash("Да") == Hash("Нет") || len(Hash("Да")) != 8 {
		t.Error("a fingerprint is eight characters of the text without spaces around it")
	}
	forms := Message{Forms: map[Form]string{One: "a", Few: "b"}}
	if forms.Fingerprint() == (Message{Forms: map[Form]string{One: "a", Few: "c"}}).Fingerprint() {
		t.Error("every form counts")
	}
	if Plain("x", "Да").Fingerprint() != Hash("Да") {
		t.Error("a plain message is its text")
	}
}

func TestACatalogueServesManyAtOnce(t *testing.T) {
	c := clinic(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for n := range 100 {
				count := float64(n)
				if _, err := c.Text("ru", "visits", &count, Values("n", "1")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

func TestRead(t *testing.T) {
	got, err := Read([]byte(`
cancel.why.choose.other: {hash: 9f2c, other: Another reason}
booked.say: |
  You are booked.
  See you
"yes": No
n: 5
visits:
  hash: "0012"
  one: a visit
  other: visits
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Message{
		{ID: "cancel.why.choose.other", Forms: map[Form]string{Other: "Another reason"}, Hash: "9f2c", Line: 2, Column: 1},
		{ID: "booked.say", Forms: map[Form]string{Other: "You are booked.\nSee you\n"}, Line: 3, Column: 1},
		{ID: "yes", Forms: map[Form]string{Other: "No"}, Line: 6, Column: 1},
		{ID: "n", Forms: map[Form]string{Other: "5"}, Line: 7, Column: 1},
		{ID: "visits", Forms: map[Form]string{One: "a visit", Other: "visits"}, Hash: "0012", Line: 8, Column: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadTellsMistakesWithTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a: {other: Yes, thank you}":    `1:17: unknown key "thank you" of a`,
		"ok: x\na:\n  b:\n    other: x": `3:3: unknown key "b" of a`,
		"a: [x]":                        "1:4: here stands neither",
		"a:":                            "here stands neither",
		"a: {hash: x}":                  "1:1: a has no text",
		"a: x\na: y":                    "2:1: ",
		"just words":                    "1:1: here stands neither",
		"a: {few: }":                    "few of a has no text",
	} {
		_, err := Read([]byte(text))
		var file *FileError
		if !errors.As(err, &file) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
	if m, err := Read(nil); m != nil || err != nil {
		t.Errorf("an empty file is no mistake: %v, %v", m, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a: {hash: 9f2c, other: Another reason}"))
	f.Add([]byte("a: |\n  b\n? c\n: d"))
	f.Fuzz(func(t *testing.T, data []byte) {
		messages, err := Read(data)
		if err == nil {
			NewBuilder("ru").Add("en", messages...).Build()
		}
	})
}

func BenchmarkText(b *testing.B) {
	c := clinic(b)
	n, source := 5.0, Values("n", "5")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Text("ru", "visits", &n, source); err != nil {
			b.Fatal(err)
		}
	}
}
