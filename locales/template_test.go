package locales

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFill(t *testing.T) {
	source := Values("me.name", "анна", "visit.when", "завтра, 25 ноября, в 18:40", "doctor", "Петров В. В.",
		"bring", "паспорт!", "phone", "+7 912 345-67-89", "link", "https://clinic.ru/a", "n", "5", "two", "раз\n\n\nдва  три")
	for _, c := range []struct{ text, want string }{
		{"Здравствуйте[, {me.name}]!", "Здравствуйте, анна!"},
		{"Здравствуйте[, {nobody}]!", "Здравствуйте!"},
		{"[{me.name}, ]ждём вас", "Анна, ждём вас"},
		{"[{nobody}, ]ждём вас {visit.when}.", "Ждём вас завтра, 25 ноября, в 18:40."},
		{"Ждём вас [{nobody}], приходите", "Ждём вас, приходите"},
		{"[{nobody}], ждём", "Ждём"},
		{"[Длится {nobody}.] [Стоит {n}.]", "Стоит 5."},
		{"Раз [{nobody}] два", "Раз два"},
		{"Врач — {doctor}. Ждём.", "Врач — Петров В. В. Ждём."},
		{"С собой — {bring}.", "С собой — паспорт!"},
		{"Ищем {doctor}...", "Ищем Петров В. В...."},
		{"[{nobody} и {me.name}]всё", "Всё"},
		{"Первая\n\n  \nвторая  строка \n", "Первая\nвторая строка"},
		{"Имя\n[{nobody}]\nтелефон", "Имя\nтелефон"},
		{"{two}", "Раз\nдва три"},
		{"{link}", "https://clinic.ru/a"},
		{"напишите.\n/start ref_a", "Напишите.\n/start ref_a"},
		{"Вы записаны!\n{visit.when}\n[{nobody} ]{me.name}", "Вы записаны!\nЗавтра, 25 ноября, в 18:40\nАнна"},
		{"Ждём вас,\n{me.name}, и\n{link}", "Ждём вас,\nанна, и\nhttps://clinic.ru/a"},
		{"да\nanna@clinic.ru", "Да\nanna@clinic.ru"},
		{"{n} визитов", "5 визитов"},
		{"«привет»", "«Привет»"},
		{`скобки \{так\} и \[так\], одна ] и }, косая \ `, "Скобки {так} и [так], одна ] и }, косая \\"},
		{"Спасибо :)", "Спасибо :)"},
		{"1 500 ₽", "1 500 ₽"},
		{"", ""},
	} {
		tmpl, err := Parse(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got, missing := tmpl.Fill(source)
		if got != c.want || missing != nil {
			t.Errorf("%q\n got %q, missing %v\nwant %q", c.text, got, missing, c.want)
		}
	}
}

func TestAMissingValueLeavesNothingAndIsTold(t *testing.T) {
	tmpl, err := Parse("Ждём вас {visit.when}, {me.name}[, {city}]. До {visit.day}!")
	if err != nil {
		t.Fatal(err)
	}
	got, missing := tmpl.Fill(Values("visit.day", "среды"))
	if want := "Ждём вас. До среды!"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if diff := cmp.Diff([]string{"visit.when", "me.name"}, missing); diff != "" {
		t.Error(diff)
	}
}

func TestADroppedPieceLeavesWhatStandsBeforeIt(t *testing.T) {
	tmpl, err := Parse("Ждём: {visit.when}[, {me.name}] до среды")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := tmpl.Fill(Values()); got != "Ждём: до среды" {
		t.Errorf("got %q", got)
	}
}

func TestValues(t *testing.T) {
	tmpl, err := Parse("Привет[, {me.name}]! Врач — {visit.doctor}.")
	if err != nil {
		t.Fatal(err)
	}
	want := []Ref{{"me.name", 9, true}, {"visit.doctor", 28, false}}
	if diff := cmp.Diff(want, tmpl.Values()); diff != "" {
		t.Error(diff)
	}
	if got, want := tmpl.Plain(), "Привет, \uFFFC! Врач — \uFFFC."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestParseTellsTheFaultAndItsPlace(t *testing.T) {
	for _, c := range []struct {
		text   string
		fault  Fault
		offset int
	}{
		{"Да, {имя}", BadPath, 4},
		{"Да, {}", BadPath, 4},
		{"{a..b}", BadPath, 0},
		{"{a.}", BadPath, 0},
		{"{1a}", BadPath, 0},
		{"{ a }", BadPath, 0},
		{"Ждём {visit.when", UnclosedValue, 5},
		{"Ждём [, {a}", UnclosedPiece, 5},
		{"Ждём [вас]", EmptyPiece, 5},
		{"Ждём []", EmptyPiece, 5},
		{"Ждём [{a} [{b}]]", NestedPiece, 10},
		{"Ждём [{a", UnclosedValue, 6},
	} {
		_, err := Parse(c.text)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Fault != c.fault || syntax.Offset != c.offset {
			t.Errorf("%q: got %v, want %s at %d", c.text, err, c.fault, c.offset)
		}
	}
}

func TestATextWithoutValuesIsItsTidiedSelf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("аБ вcD ,.!?:—«»…1\n\t👍🏽 ")), 0, 60, -1).Draw(t, "text")
		tmpl, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := tmpl.Fill(Values())
		if want := tidied(text); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

// tidied says in the plainest way what a message looks like.
func tidied(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r", r) })
		if len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	runes := []rune(strings.Join(lines, "\n"))
	for i, r := range runes {
		if unicode.IsLetter(r) {
			runes[i] = unicode.ToUpper(r)
			break
		}
		if unicode.IsDigit(r) {
			break
		}
	}
	return string(runes)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "Привет[, {me.name}]!", `\{ \[ \`, "{", "[", "[{a}", "{a}{b}[{c}].", "\xff{a}", "ß [{x}] …"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tmpl, err := Parse(text)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset < 0 || syntax.Offset >= utf8.RuneCountInString(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if n := strings.Count(tmpl.Plain(), Placeholder); n < len(tmpl.Values()) {
			t.Fatalf("%q: %d placeholders for %d values", text, n, len(tmpl.Values()))
		}
		full, missing := tmpl.Fill(func(string) (string, bool) { return "x", true })
		if missing != nil {
			t.Fatalf("%q: missing %v though all is known", text, missing)
		}
		if strings.Contains(full, "  ") || strings.Contains(full, "\n\n") || strings.Contains(full, " \n") {
			t.Fatalf("%q: not tidy: %q", text, full)
		}
		tmpl.Fill(Values())
	})
}

func BenchmarkFill(b *testing.B) {
	tmpl, err := Parse("[{me.name}, ]ждём вас {visit.when}.\n{doctors}\n{address}[, {entrance}]")
	if err != nil {
		b.Fatal(err)
	}
	source := Values("me.name", "Анна", "visit.when", "завтра, 25 ноября, в 18:40", "doctors", "Иванова А. П.", "address", "Тверская, 5")
	b.ReportAllocs()
	for b.Loop() {
		tmpl.Fill(source)
	}
}
