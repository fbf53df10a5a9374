package locales

import (
	"strings"
	"testing"
	"time"
)

// plainly writes ordinary spaces for those that do not break, so that a table can be read.
func plainly(s string) string { return strings.ReplaceAll(s, "\u00A0", " ") }

func moment(t *testing.T, at string) Moment {
	t.Helper()
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	when, err := time.ParseInLocation("2006-01-02 15:04", at, moscow)
	if err != nil {
		t.Fatal(err)
	}
	return Moment{At: when, Now: time.Date(2026, 11, 23, 10, 0, 0, 0, moscow)} // Monday
}

func TestMoments(t *testing.T) {
	for _, c := range []struct{ at, when, day, date, soon, english, soonEnglish string }{
		{"2026-11-23 18:40", "сегодня, 23 ноября, в 18:40", "сегодня, 23 ноября", "23 ноября", "сегодня в 18:40", "today, November 23, at 18:40", "today at 18:40"},
		{"2026-11-24 09:05", "завтра, 24 ноября, в 09:05", "завтра, 24 ноября", "24 ноября", "завтра в 09:05", "tomorrow, November 24, at 09:05", "tomorrow at 09:05"},
		{"2026-11-22 00:00", "вчера, 22 ноября, в 00:00", "вчера, 22 ноября", "22 ноября", "вчера в 00:00", "yesterday, November 22, at 00:00", "yesterday at 00:00"},
		{"2026-11-25 18:40", "в среду, 25 ноября, в 18:40", "в среду, 25 ноября", "25 ноября", "в среду, 25 ноября, в 18:40", "on Wednesday, November 25, at 18:40", "on Wednesday, November 25, at 18:40"},
		{"2026-12-01 10:00", "во вторник, 1 декабря, в 10:00", "во вторник, 1 декабря", "1 декабря", "во вторник, 1 декабря, в 10:00", "on Tuesday, December 1, at 10:00", "on Tuesday, December 1, at 10:00"},
		{"2027-05-09 10:00", "в воскресенье, 9 мая 2027 года, в 10:00", "в воскресенье, 9 мая 2027 года", "9 мая 2027 года", "в воскресенье, 9 мая 2027 года, в 10:00", "on Sunday, May 9, 2027, at 10:00", "on Sunday, May 9, 2027, at 10:00"},
	} {
		ru, en, m := FormatOf("ru"), FormatOf("en"), moment(t, c.at)
		for _, v := range []struct{ got, want string }{
			{ru.When(m), c.when}, {ru.Day(m), c.day}, {ru.Date(m), c.date}, {ru.Soon(m), c.soon}, {en.When(m), c.english}, {en.Soon(m), c.soonEnglish},
		} {
			if v.got != v.want {
				t.Errorf("%s: got %q, want %q", c.at, v.got, v.want)
			}
		}
	}
}

func TestEveryWeekdayAnswersWhen(t *testing.T) {
	ru, en := FormatOf("ru"), FormatOf("en")
	for i, want := range []string{"в воскресенье", "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу"} {
		d := time.Weekday(i)
		if got := ru.Weekday(d); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := en.Weekday(d); got != "on "+d.String() {
			t.Errorf("got %q", got)
		}
	}
	for m := time.January; m <= time.December; m++ {
		if got, want := en.FullDate(time.Date(2018, m, 12, 0, 0, 0, 0, time.UTC)), m.String()+" 12, 2018"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTomorrowIsCountedByTheCalendarWhenClocksChange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	m := Moment{At: time.Date(2026, 3, 29, 0, 30, 0, 0, berlin), Now: time.Date(2026, 3, 28, 23, 30, 0, 0, berlin)}
	if got := FormatOf("ru").Soon(m); got != "завтра в 00:30" {
		t.Errorf("got %q", got)
	}
	m = Moment{At: time.Date(2026, 3, 30, 0, 30, 0, 0, berlin), Now: time.Date(2026, 3, 28, 23, 30, 0, 0, berlin)} // 24 hours later
	if got := FormatOf("ru").Soon(m); got != "в понедельник, 30 марта, в 00:30" {
		t.Errorf("got %q", got)
	}
	m = Moment{At: time.Date(2027, 1, 1, 10, 0, 0, 0, berlin), Now: time.Date(2026, 12, 31, 10, 0, 0, 0, berlin)}
	if got := FormatOf("ru").When(m); got != "завтра, 1 января, в 10:00" {
		t.Errorf("got %q", got)
	}
}

func TestACityIsNamedAndNearWordsAreLeftOutElsewhere(t *testing.T) {
	m := moment(t, "2026-11-24 09:05")
	m.City, m.Elsewhere = "Екатеринбург", true
	if got, want := FormatOf("ru").Soon(m), "во вторник, 24 ноября, в 09:05 (Екатеринбург)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := FormatOf("en").Time(m), "09:05 (Екатеринбург)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		amount, upto int64
		currency     string
		from         bool
		ru, en       string
	}{
		{150000, 0, "RUB", false, "1 500 ₽", "1,500 ₽"},
		{150000, 0, "RUB", true, "от 1 500 ₽", "from 1,500 ₽"},
		{150000, 300000, "RUB", false, "1 500–3 000 ₽", "1,500–3,000 ₽"},
		{0, 300000, "RUB", false, "до 3 000 ₽", "up to 3,000 ₽"},
		{9990, 0, "RUB", false, "99,90 ₽", "99.90 ₽"},
		{9905, 0, "RUB", false, "99,05 ₽", "99.05 ₽"},
		{0, 0, "RUB", false, "бесплатно", "free"},
		{123456700, 0, "USD", false, "1 234 567 $", "$1,234,567"},
		{100000, 0, "CHF", true, "от 1 000 CHF", "from 1,000 CHF"},
	} {
		for lang, want := range map[string]string{"ru": c.ru, "en": c.en} {
			if got := plainly(FormatOf(lang).Money(c.amount, c.upto, c.currency, c.from)); got != want {
				t.Errorf("%s %+v: got %q, want %q", lang, c, got, want)
			}
		}
	}
	if got := FormatOf("ru").Money(150000, 0, "RUB", false); got != "1\u00A0500\u00A0₽" {
		t.Errorf("a sum must not break over two lines: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[float64][2]string{
		0: {"0", "0"}, 7: {"7", "7"}, 1200: {"1 200", "1,200"}, 36.6: {"36,6", "36.6"}, 1234567.891: {"1 234 567,89", "1,234,567.89"},
		-5: {"−5", "−5"}, -0.001: {"0", "0"}, 999.999: {"1 000", "1,000"}, 0.5: {"0,5", "0.5"},
	} {
		for i, lang := range []string{"ru", "en"} {
			if got := plainly(FormatOf(lang).Number(n)); got != want[i] {
				t.Errorf("%s %v: got %q, want %q", lang, n, got, want[i])
			}
		}
	}
}

func TestDurations(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		time.Minute: {"1 минута", "1 minute"}, 3 * time.Minute: {"3 минуты", "3 minutes"}, 15 * time.Minute: {"15 минут", "15 minutes"}, 21 * time.Minute: {"21 минута", "21 minutes"},
		20 * time.Second: {"1 минута", "1 minute"}, time.Hour: {"1 ч", "1 hour"}, 2 * time.Hour: {"2 ч", "2 hours"}, 90 * time.Minute: {"1 ч 30 мин", "1 h 30 min"},
		24 * time.Hour: {"1 день", "1 day"}, 36 * time.Hour: {"1 день 12 ч", "1 day 12 hours"}, 48 * time.Hour: {"2 дня", "2 days"}, 180 * 24 * time.Hour: {"180 дней", "180 days"},
	} {
		for i, lang := range []string{"ru", "en"} {
			if got := FormatOf(lang).Duration(d); got != want[i] {
				t.Errorf("%s %v: got %q, want %q", lang, d, got, want[i])
			}
		}
	}
}

func TestPhones(t *testing.T) {
	for e164, want := range map[string]string{
		"+79123456789": "+7 912 345-67-89", "+74951234567": "+7 495 123-45-67", "+447911123456": "+44 7911 123456", "+4915112345678": "+49 1511 2345678",
		"+77011234567": "+7 701 123 4567", "112": "112", "": "", "+7": "+7",
	} {
		if got := plainly(Phone(e164)); got != want {
			t.Errorf("%s: got %q, want %q", e164, got, want)
		}
	}
	if !IsPhone("+79123456789") || IsPhone("79123456789") || IsPhone("+7 912 345") || IsPhone("+7912345abcd") {
		t.Error("only + and digits are a number in E.164")
	}
}

func TestLists(t *testing.T) {
	for _, c := range []struct {
		items              []string
		and, or, and_, or_ string
	}{
		{nil, "", "", "", ""},
		{[]string{"A"}, "A", "A", "A", "A"},
		{[]string{"A", "B"}, "A и B", "A или B", "A and B", "A or B"},
		{[]string{"A", "B", "C"}, "A, B и C", "A, B или C", "A, B, and C", "A, B, or C"},
		{[]string{"в среду, 25 ноября", "завтра", "C"}, "в среду, 25 ноября; завтра и C", "в среду, 25 ноября; завтра или C", "в среду, 25 ноября; завтра, and C", "в среду, 25 ноября; завтра, or C"},
	} {
		ru, en := FormatOf("ru"), FormatOf("en-US")
		for _, v := range []struct{ got, want string }{{ru.And(c.items), c.and}, {ru.Or(c.items), c.or}, {en.And(c.items), c.and_}, {en.Or(c.items), c.or_}} {
			if v.got != v.want {
				t.Errorf("got %q, want %q", v.got, v.want)
			}
		}
	}
}

func TestAReaderOfAnotherLanguageGetsRussianValues(t *testing.T) {
	for _, lang := range []string{"de", "", "??"} {
		if got := FormatOf(lang).YesNo(true); got != "да" {
			t.Errorf("%q: got %q", lang, got)
		}
	}
}

func BenchmarkWhen(b *testing.B) {
	f, at := FormatOf("ru"), time.Date(2026, 11, 25, 18, 40, 0, 0, time.UTC)
	m := Moment{At: at, Now: at.Add(-24 * time.Hour)}
	b.ReportAllocs()
	for b.Loop() {
		f.When(m)
	}
}

func BenchmarkPhone(b *testing.B) {
	for b.Loop() {
		Phone("+79123456789")
	}
}
