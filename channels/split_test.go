package channels_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"careline/channels"
)

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		limit int
		want  []string
	}{
		"short":                     {"Здравствуйте!", 20, []string{"Здравствуйте!"}},
		"between paragraphs":        {"Первый абзац.\n\nВторой. Третий", 25, []string{"Первый абзац.", "Второй. Третий"}},
		"between lines":             {"Первая строка\nвторая строка", 20, []string{"Первая строка", "вторая строка"}},
		"between sentences":         {"Мы ждём вас. Приходите завтра к нам.", 22, []string{"Мы ждём вас.", "Приходите завтра к", "нам."}},
		"between words":             {"один два три четыре", 12, []string{"один два три", "четыре"}},
		"a word that ends in time":  {"один два", 4, []string{"один", "два"}},
		"a word longer than all":    {"абвгдежз", 3, []string{"абв", "где", "жз"}},
		"money stays together":      {"цена 1\u00A0500\u00A0₽", 9, []string{"цена", "1\u00A0500\u00A0₽"}},
		"a family is one character": {"👨‍👩‍👧👨‍👩‍👧", 11, []string{"👨‍👩‍👧", "👨‍👩‍👧"}},
		"surrogates count twice":    {"😀😀😀", 4, []string{"😀😀", "😀"}},
		"white space only":          {" \n ", 3, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := channels.Split(c.text, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("Split = %q, want %q", got, c.want)
			}
		})
	}
}

func TestSplitOfOneEndlessCharacter(t *testing.T) {
	text := "е" + strings.Repeat("\u0301", 100)
	for _, piece := range channels.Split(text, 10) {
		if channels.Units(piece) > 10 {
			t.Fatalf("a piece of %d units passes the limit of 10", channels.Units(piece))
		}
	}
}

func TestSplitKeepsAddressesAndFacesWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"https://clinic.example/documents/personal?lang=ru", "👨‍👩‍👧", "🇷🇺", "Ждём вас.", "1\u00A0500\u00A0₽", "хорошо,", "да!\n", "\n\n"})
		said := rapid.SliceOfN(word, 1, 60).Draw(t, "words")
		got := channels.Split(strings.Join(said, " "), 60)
		if want := strings.Fields(strings.Join(said, " ")); !slices.Equal(strings.Fields(strings.Join(got, " ")), want) {
			t.Errorf("%q became %q", said, got)
		}
	})
}
