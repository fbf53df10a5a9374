package words

import "time"

// day counts days from 1 January 1970.
type day int

// The ends of time, for bounds that are open.
const (
	noFirst day = -1 << 30
	noLast  day = 1 << 30
)

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// civil is the day with this date; false when the calendar has no such day.
func civil(year, month, date int) (day, bool) {
	if year < 1900 || year > 2100 || month < 1 || month > 12 || date < 1 || date > 31 {
		return 0, false
	}
	t := time.Date(year, time.Month(month), date, 0, 0, 0, 0, time.UTC)
	return day(t.Unix() / 86400), t.Day() == date
}

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

func (d day) weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

func (d day) year() int { return d.time().Year() }

func (d day) month() int { return int(d.time().Month()) }

// monday is the first day of d's week.
func (d day) monday() day { return d - day((int(d.weekday())+6)%7) }

// next is the first such weekday after d.
func (d day) next(w time.Weekday) day { return d + 1 + day((int(w)-int(d.weekday())+6)%7) }

// addMonths keeps the date, or takes the last of a shorter month.
func (d day) addMonths(n int) day {
	t := d.time()
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return dayOf(first) + day(min(t.Day(), last)-1)
}

func (d day) date() Date {
	if d == noFirst || d == noLast {
		return ""
	}
	return Date(d.time().Format(time.DateOnly))
}

// span is days from first to last, both within.
type span struct{ first, last day }

var allDays = span{noFirst, noLast}

func (s span) and(o span) span { return span{max(s.first, o.first), min(s.last, o.last)} }

func (s span) empty() bool { return s.first > s.last }

func weekOf(d day) span { return span{d.monday(), d.monday() + 6} }

func monthOf(year, month int) span {
	first := day(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	return span{first, first.addMonths(1) - 1}
}
