package locales

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A phrase of one language stands in every other, with the same values and all the plural forms that
// counting in that language needs.
func TestShippedLanguagesAreComplete(t *testing.T) {
	for name, languages := range map[string]map[string][]Message{"phrases": shipped(), "ways of writing": mustRead(ways, "format/*.yaml")} {
		t.Run(name, func(t *testing.T) {
			if len(languages) != 2 {
				t.Fatalf("%d languages", len(languages))
			}
			russian, english := byID(languages["ru"]), byID(languages["en"])
			if diff := cmp.Diff(slices.Sorted(maps.Keys(russian)), slices.Sorted(maps.Keys(english))); diff != "" {
				t.Fatal(diff)
			}
			for id, ru := range russian {
				en := english[id]
				if len(ru.Lacking("ru"))+len(en.Lacking("en")) > 0 {
					t.Errorf("%s lacks %v in Russian, %v in English", id, ru.Lacking("ru"), en.Lacking("en"))
				}
				if ru.Plural() != en.Plural() {
					t.Errorf("%s has plural forms in one language only", id)
				}
				if diff := cmp.Diff(paths(t, ru), paths(t, en)); diff != "" {
					t.Errorf("%s: %s", id, diff)
				}
			}
		})
	}
}

func byID(messages []Message) map[string]Message {
	all := map[string]Message{}
	for _, m := range messages {
		all[m.ID] = m
	}
	return all
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
