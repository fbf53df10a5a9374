package words

// meaning is what a phrase stands for; which fields count follows from its kind.
type meaning struct {
	said   bool // false = an optional phrase that was left out
	what   what
	n      int  // a number, a month, a weekday, minutes after midnight
	to     int  // of a count that is a range
	digits int  // how the number was written; 0 = in words
	zero   bool // written with a leading zero
	doubt  bool // «3 дня»: three o'clock or three days
	vague  bool // a time of day whose half was not said

	days   span
	on     Weekdays // only these days
	coming bool     // on means the next such day
	ends   bool     // only the two ends of days

	after, before Clock // before 0 = end of the day
	vagueAfter    bool
	vagueBefore   bool
}

// what a part of a wish speaks about.
type what uint8

const (
	aboutNothing what = iota // filler
	aboutDays
	aboutHours
	aboutBareHour // a number that is an hour only beside a day
	notDays
	notHours
	soonest
	anything
	otherwise // «или»
	also      // «и», a comma
)

func days(first, last day) meaning { return meaning{what: aboutDays, days: span{first, last}} }

func (p *parse) oneDay(d day) (meaning, bool) { return days(d, d), true }

func hours(after, before Clock) meaning {
	return meaning{what: aboutHours, after: after, before: before}
}
