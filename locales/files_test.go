package locales

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A phrase of one language stands in every other, with the same values and all the plural forms that
// counting in that language needs.
func TestShippedLanguagesAreComplete(t *testing.T) {
	c, err := NewBuilder("ru").Build()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ru", "en"}, c.Languages()); diff != "" {
		t.Fatal(diff)
	}
	for _, lang := range c.Languages()[1:] {
		if diff := cmp.Diff(c.IDs("ru"), c.IDs(lang)); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
	for _, id := range c.IDs("ru") {
		original, _ := c.Message("ru", id)
		for _, lang := range c.Languages() {
			m, _ := c.Message(lang, id)
			if missing := m.Lacking(lang); len(missing) > 0 {
				t.Errorf("%s: %s lacks %v", lang, id, missing)
			}
			if m.Plural() != original.Plural() {
				t.Errorf("%s: %s has plural forms in one language only", lang, id)
			}
			if diff := cmp.Diff(paths(t, original), paths(t, m)); diff != "" {
				t.Errorf("%s: %s: %s", lang, id, diff)
			}
		}
	}
}

// paths are the values that a message uses, each once.
func paths(t *testing.T, m Message) []string {
	t.Helper()
	var all []string
	for _, text := range m.Forms {
		tmpl, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, ref := range tmpl.Values() {
			all = append(all, ref.Path)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestShippedWordsStandInTheirOwnAlphabet(t *testing.T) {
	c, err := NewBuilder("ru").Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range c.IDs("en") {
		m, _ := c.Message("en", id)
		for form, text := range m.Forms {
			if strings.ContainsFunc(text, func(r rune) bool { return r >= 'А' && r <= 'я' }) {
				t.Errorf("%s (%s) has a Russian letter: %q", id, form, text)
			}
		}
	}
}

func TestAClinicMaySayAPhraseItsOwnWay(t *testing.T) {
	c, err := NewBuilder("kk").Add("kk", Plain("engine.done", "Дайын")).Build()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct{ lang, id, want string }{
		{"kk", "engine.done", "Дайын"}, {"de", "engine.done", "Дайын"}, {"en", "engine.done", "Done"},
		{"kk", "engine.retry.rating", "Поставьте, пожалуйста, оценку от 1 до 5."},
	} {
		if got, err := c.Text(v.lang, v.id, nil, Values("min", "1", "max", "5")); err != nil || got != v.want {
			t.Errorf("%s %s: got %q, %v; want %q", v.lang, v.id, got, err, v.want)
		}
	}
}

func Example() {
	c, _ := NewBuilder("ru").Add("ru", Plain("visit.say", "[{name}, ]ждём вас {when}.")).Build()
	text, _ := c.Text("ru", "visit.say", nil, Values("when", "завтра в 17:20"))
	fmt.Println(text)
	// Output: Ждём вас завтра в 17:20.
}
