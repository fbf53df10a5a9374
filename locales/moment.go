package locales

import (
	"strconv"
	"time"
)

// Moment is an instant to be shown. At and Now stand in the zone in which it is shown.
type Moment struct {
	At, Now time.Time
	City    string // named beside the time when it is not empty
	// Elsewhere: the reader's calendar shows another day now, so «сегодня» and «завтра» would mislead.
	Elsewhere bool
}

// When is «завтра, 25 ноября, в 18:40».
func (f *Format) When(m Moment) string {
	return f.inCity(f.Phrase("when", "day", f.Day(m), "time", f.clock(m.At)), m.City)
}

// Day answers «когда?»: «завтра, 25 ноября», «в среду, 25 ноября».
func (f *Format) Day(m Moment) string {
	if name := f.near(m); name != "" {
		return f.Phrase("day", "name", name, "date", f.dayMonth(m.At))
	}
	return f.Phrase("day", "name", f.Weekday(m.At.Weekday()), "date", f.Date(m))
}

// Date is «25 ноября», with the year when it is another one.
func (f *Format) Date(m Moment) string {
	if m.At.Year() == m.Now.Year() {
		return f.dayMonth(m.At)
	}
	return f.FullDate(m.At)
}

// FullDate is «12 мая 2018 года».
func (f *Format) FullDate(t time.Time) string {
	return f.Phrase("date_year", "day", strconv.Itoa(t.Day()), "month", f.months[t.Month()-1], "year", strconv.Itoa(t.Year()))
}

// Time is «18:40».
func (f *Format) Time(m Moment) string { return f.inCity(f.clock(m.At), m.City) }

// Soon is the short way for buttons and choices: «завтра в 17:20», «в среду, 25 ноября, в 18:40».
func (f *Format) Soon(m Moment) string {
	if name := f.near(m); name != "" {
		return f.inCity(f.Phrase("soon", "name", name, "time", f.clock(m.At)), m.City)
	}
	return f.When(m)
}

// near is «вчера», «сегодня» or «завтра», or empty.
func (f *Format) near(m Moment) string {
	if m.Elsewhere {
		return ""
	}
	switch days(m.Now, m.At) {
	case -1:
		return f.Phrase("yesterday")
	case 0:
		return f.Phrase("today")
	case 1:
		return f.Phrase("tomorrow")
	}
	return ""
}

// days from the calendar day of a to that of b; days are counted in UTC, where each has 24 hours.
func days(a, b time.Time) int {
	return int(midnight(b).Sub(midnight(a)) / (24 * time.Hour))
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func (f *Format) dayMonth(t time.Time) string {
	return f.Phrase("date", "day", strconv.Itoa(t.Day()), "month", f.months[t.Month()-1])
}

func (f *Format) clock(t time.Time) string { return t.Format("15:04") }

func (f *Format) inCity(text, city string) string {
	if city == "" {
		return text
	}
	return f.Phrase("in_city", "text", text, "city", city)
}
