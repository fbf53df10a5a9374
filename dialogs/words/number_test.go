package words

import (
	"math"
	"testing"
)

func TestNumber(t *testing.T) {
	for text, want := range map[string]float64{
		"7": 7, "семь": 7, "где-то 7": 7, "ну где-то 7": 7, "7/10": 7, "7 из 10": 7, "семь из десяти": 7, "7,5": 7.5, "7.5": 7.5,
		"минус два": -2, "-3": -3, "двадцать пять": 25, "сто двадцать": 120, "seven": 7, "about 7": 7, "7 out of 10": 7,
		"1 200": 1200, "10 000": 10000, "1200": 1200, "две тысячи": 2000, "35 лет": 35, "полтора": 1.5, "7!": 7, "7 баллов": 7,
		"7-8": 7.5, "семь-восемь": 7.5, "twenty-five": 25, "Twenty five": 25, "ноль": 0, "0": 0, "тысяча двести": 1200, "~7": 7, "номер 5": 5,
	} {
		if got, ok := Number(text); !ok || got != want {
			t.Errorf("Number(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, s := range []string{"", "сильно", "7 и 8", "семь восемь", "1.2.3", "болит", "8-7", "между 5 и 6", "+79123456789 9"} {
		if got, ok := Number(s); ok {
			t.Errorf("Number(%q) = %v, want none", s, got)
		}
	}
}

func TestRating(t *testing.T) {
	for text, want := range map[string]int{
		"5": 5, "пять": 5, "пятёрка": 5, "двойка": 2, "Двойка!!": 2, "⭐⭐⭐": 3, "⭐️⭐️⭐️⭐️⭐️": 5, "5 stars": 5, "5️⃣": 5, "★★★★": 4, "5/5": 5,
		"5+": 5, "пять с плюсом": 5, "твёрдая четвёрка": 4, "ставлю пять": 5, "five": 5, "5 звёзд": 5, "4 ⭐": 4, "5 👍": 5, "⭐": 1, "10": 10,
	} {
		if got, ok := Rating(text); !ok || got != want {
			t.Errorf("Rating(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, s := range []string{"", "4,5", "хорошо", "двойка или тройка", "звезда", "👍"} {
		if got, ok := Rating(s); ok {
			t.Errorf("Rating(%q) = %v, want none", s, got)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for text, want := range map[string]int{
		"2": 2, "2.": 2, "№2": 2, "второе": 2, "вторая": 2, "the second one": 2, "первый вариант": 1, "вариант 3": 3, "номер два": 2,
		"последнее": 4, "2)": 2, "2️⃣": 2, "2-й": 2, "давайте второй": 2, "3rd": 3, "на второе": 2, "во вторую": 2, "the last one": 4, "третье": 3,
	} {
		if got, ok := Ordinal(text, 4); !ok || got != want {
			t.Errorf("Ordinal(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, s := range []string{"", "5", "0", "1 и 2", "другой", "второе декабря", "в 2 часа", "в 2", "на 3", "at two"} {
		if got, ok := Ordinal(s, 4); ok {
			t.Errorf("Ordinal(%q) = %v, want none", s, got)
		}
	}
}

func FuzzNumber(f *testing.F) {
	f.Add("минус двадцать пять из 10")
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := Number(s); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
			t.Errorf("%q is %v", s, n)
		}
		if n, ok := Rating(s); ok && n < -1<<31 {
			t.Errorf("%q is %v", s, n)
		}
		if n, ok := Ordinal(s, 4); ok && (n < 1 || n > 4) {
			t.Errorf("%q is %v of 4", s, n)
		}
	})
}
