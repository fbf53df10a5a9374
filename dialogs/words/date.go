package words

import "time"

// Half of time that a date without a year, or a weekday, belongs to. A date said in full is taken as said,
// on either side.
type Half int8

// The halves. Today belongs to both.
const (
	Future Half = iota
	Past
	Either // this year; the coming weekday
)

// Time is the date's midnight in loc; the zero time for "" or what is no date.
func (d Date) Time(loc *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, string(d), loc)
	if err != nil {
		return time.Time{}
	}
	return t
}

// DateOf is t's day where t is.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return Date(t.Format(time.DateOnly))
	}
	// Every free time of a clinic is asked for its day when a patient has a wish, so this is done by hand.
	b := [...]byte{
		byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10), '-',
		byte('0' + int(month)/10), byte('0' + int(month)%10), '-', byte('0' + day/10), byte('0' + day%10),
	}
	return Date(b[:])
}

// ParseDate understands one day: 12.05.2018, 12/05/18, 2018-05-12, «12 мая», «завтра», «в пятницу»,
// «через 3 дня», "May 12th", "next Friday". Day comes before month unless that is impossible. now is in the
// person's zone.
func ParseDate(text string, now time.Time, half Half) (Date, bool) {
	p, ok := newParse(calendar(), text, now, half)
	if !ok {
		return "", false
	}
	p.words = p.withoutFiller()
	m, ok := p.whole("wholedate")
	if !ok || m.days.first != m.days.last || m.days.first.year() < 1900 || m.days.first.year() > 2100 {
		return "", false
	}
	return m.days.first.date(), true
}
