package words

import (
	"strings"
	"testing"
)

func TestPhone(t *testing.T) {
	for _, s := range []string{
		"8 912 345 67 89", "+7 912 345-67-89", "79123456789", "89123456789", "9123456789", "(912) 345-67-89", "8(912)345-67-89",
		"+7(912)3456789", "мой номер 8-912-345-67-89", "+7 912 345 67 89 📞", "8.912.345.67.89", "тел. 8912 3456789", "＋7 912 345 67 89",
		"+8 912 345 67 89", "my number is +79123456789", "7-912-345-67-89", "\u202a+7 912 345‑67‑89\u202c", "8 9 1 2 3 4 5 6 7 8 9", "вот: 89123456789",
	} {
		if got, ok := Phone(s); !ok || got != "+79123456789" {
			t.Errorf("Phone(%q) = %q, %v", s, got, ok)
		}
	}
	for text, want := range map[string]string{
		"+44 20 7946 0958": "+442079460958", "+375 29 123-45-67": "+375291234567", "375291234567": "+375291234567",
		"00 44 20 7946 0958": "+442079460958", "8 10 44 20 7946 0958": "+442079460958", "+1 650 253 0000": "+16502530000", "8 (495) 123-45-67": "+74951234567",
	} {
		if got, ok := Phone(text); !ok || got != want {
			t.Errorf("Phone(%q) = %q, %v, want %s", text, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "112", "345-67-89", "8 912 345 67 8", "8 912 345 67 89 0", "89123456789 или 89123456780", "0000000000", "завтра в 18:30", "не дам",
		"паспорт 4509 123456", "89123456789 позвоните маме", "+7 112 345 67 89", "12.05.2018", "8 000 000 00 00",
	} {
		if got, ok := Phone(s); ok {
			t.Errorf("Phone(%q) = %q, want none", s, got)
		}
	}
}

func TestName(t *testing.T) {
	for text, want := range map[string]string{
		"анна петрова": "Анна Петрова", "анна-мария": "Анна-Мария", "о'нил": "О'Нил", "МАРИЯ": "Мария", "меня зовут Иван": "Иван", "My name is john smith": "John Smith",
		"Меня зовут: Пётр Ильич.": "Пётр Ильич", "ПЕТРОВА АННА СЕРГЕЕВНА": "Петрова Анна Сергеевна", "я Оля": "Оля", "это Мария": "Мария", "Анна Петрова 🙂": "Анна Петрова",
		"Мамедов Али Гусейн оглы": "Мамедов Али Гусейн оглы", "Conor McDonald": "Conor McDonald", "李小龙": "李小龙", "José Álvarez": "José Álvarez",
		"d’artagnan": "D'Artagnan", "Здравствуйте, меня зовут Анна": "Анна", "I'm Kate": "Kate", "Ия": "Ия", "Людвиг ван Бетховен": "Людвиг ван Бетховен", "Пушкин А.С.": "Пушкин А С",
		"римская-корсакова": "Римская-Корсакова", "علي حسن": "علي حسن",
	} {
		if got, ok := Name(text); !ok || got != want {
			t.Errorf("Name(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, s := range []string{
		"", "8912", "Анна2", "http://a.ru", "кто вы?", "оператор", "меню", "/start", "да", "не скажу", "а зачем вам моё имя", "болит зуб", "один два три четыре пять", "anna@mail.ru",
		"-", "'", "А", "👍", "хочу записаться", "нет", "back", "<b>Анна</b>", "сколько стоит",
	} {
		if got, ok := Name(s); ok {
			t.Errorf("Name(%q) = %q, want none", s, got)
		}
	}
}

func TestGivenName(t *testing.T) {
	for full, want := range map[string]string{
		"Петрова Анна Сергеевна": "Анна", "Анна Сергеевна Петрова": "Анна", "Анна Петрова": "Анна", "Петрова Анна": "Анна", "Анна": "Анна", "": "",
		"Ирина Мельник": "Ирина", "Мельник Ирина": "Ирина", "Анна Рабинович": "Анна", "John Smith": "John", "Ivanov Ivan": "Ivan", "Марина Кузьмина": "Марина",
		"Иван Ильич": "Иван", "Шевченко Злата": "Злата", "Злата Шевченко": "Злата", "Мамедов Али Гусейн оглы": "Али", "Анна Сергеевна": "Анна",
	} {
		if got := GivenName(full); got != want {
			t.Errorf("GivenName(%q) = %q, want %q", full, got, want)
		}
	}
}

func TestEmail(t *testing.T) {
	for text, want := range map[string]string{
		"anna@mail.ru": "anna@mail.ru", "Моя почта: Anna.P+x@Mail.RU.": "Anna.P+x@mail.ru", "<anna@mail.ru>": "anna@mail.ru", "почта:anna@mail.ru": "anna@mail.ru",
		"иван@почта.рф": "иван@почта.рф",
	} {
		if got, ok := Email(text); !ok || got != want {
			t.Errorf("Email(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, s := range []string{"", "anna", "anna@mail", "@mail.ru", "a@b@c.ru", "a@b.ru c@d.ru", "anna@mail..ru", "anna@-mail.ru", "anna@mail.1"} {
		if got, ok := Email(s); ok {
			t.Errorf("Email(%q) = %q, want none", s, got)
		}
	}
}

func FuzzPerson(f *testing.F) {
	f.Add("меня зовут о'нил-мария")
	f.Add("+7 (912) 345-67-89")
	f.Add("почта anna@mail.ru")
	f.Fuzz(func(t *testing.T, s string) {
		if p, ok := Phone(s); ok && (!strings.HasPrefix(p, "+") || len(p) > 16) {
			t.Errorf("phone %q of %q", p, s)
		}
		if n, ok := Name(s); ok {
			if again, ok := Name(n); strings.ContainsAny(n, "0123456789?/") || GivenName(n) == "" || ok && again != n {
				t.Errorf("name %q of %q", n, s)
			}
		}
		if e, ok := Email(s); ok && strings.Count(e, "@") < 1 {
			t.Errorf("email %q of %q", e, s)
		}
	})
}
