package year

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestARussianLastNameEndsAsItsOwner(t *testing.T) {
	for his, hers := range map[string]string{
		"Иванов": "Иванова", "Лебедев": "Лебедева", "Королёв": "Королёва", "Никитин": "Никитина", "Чайковский": "Чайковская", "Толстой": "Толстая",
		"Шевченко": "Шевченко", "Ким": "Ким", "Мельник": "Мельник",
	} {
		if got := herLastName(his); got != hers {
			t.Errorf("%s: %s, want %s", his, got, hers)
		}
	}
}

func TestAThousandPeopleHaveManyNamesInTheirOwnLetters(t *testing.T) {
	for language, letters := range map[string]string{"ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", "en": "abcdefghijklmnopqrstuvwxyz "} {
		r, met := rand.New(rand.NewPCG(1, 0)), map[string]bool{}
		for range 1000 {
			name := nameOf(language, r.Uint64())
			met[name] = true
			if first, last, ok := strings.Cut(name, " "); !ok || first == "" || last == "" || strings.Trim(strings.ToLower(name), letters) != "" {
				t.Errorf("in %s somebody is called %q", language, name)
			}
		}
		if len(met) < 700 {
			t.Errorf("in %s a thousand people have %d names", language, len(met))
		}
	}
}
