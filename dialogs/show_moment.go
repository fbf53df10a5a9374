package dialogs

import (
	"fmt"
	"sync"
	"time"

	"careline/dialogs/words"
	"careline/locales"
)

// moment is where and against which «now» an instant is shown: in its own zone, which is the branch's.
// The city is named when the reader's clock shows another time then.
func (v View) moment(x MomentValue, city string) locales.Moment {
	zone := ZoneNamed(x.Zone)
	if zone == nil {
		zone = v.zone()
	}
	m := locales.Moment{At: x.At.In(zone), Now: v.Now.In(zone)}
	if v.Zone == nil {
		return m
	}
	_, there := m.At.Zone()
	if _, here := x.At.In(v.Zone).Zone(); here != there {
		m.City = city
		if city == "" {
			m.City = offset(there)
		}
	}
	m.Elsewhere = day(v.Now.In(v.Zone)) != day(m.Now)
	return m
}

func (v View) momentField(x MomentValue, name, city string) any {
	if x.At.IsZero() {
		return nil
	}
	f, m := v.words(), v.moment(x, city)
	switch name {
	case "when":
		return f.When(m)
	case "day":
		return f.Day(m)
	case "date":
		return f.Date(m)
	case "time":
		return f.Time(m)
	}
	return nil
}

// date is a day of the calendar, «12 мая 2018 года».
func (v View) date(d words.Date) string {
	m, ok := v.dayMoment(d)
	if !ok {
		return string(d)
	}
	return v.words().Date(m)
}

// dayMoment is a calendar day as the reader's calendar has it.
func (v View) dayMoment(d words.Date) (locales.Moment, bool) {
	at, err := time.ParseInLocation(time.DateOnly, string(d), v.zone())
	return locales.Moment{At: at, Now: v.Now.In(v.zone())}, err == nil
}

func (v View) zone() *time.Location {
	if v.Zone == nil {
		return time.UTC
	}
	return v.Zone
}

func clock(c words.Clock) string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

func day(t time.Time) string { return t.Format(time.DateOnly) }

// offset names a zone that has no city: "UTC+5".
func offset(seconds int) string {
	hours, minutes := seconds/3600, seconds%3600/60
	if minutes == 0 {
		return fmt.Sprintf("UTC%+d", hours)
	}
	return fmt.Sprintf("UTC%+d:%02d", hours, max(minutes, -minutes))
}

// zones remembers what was loaded: time.LoadLocation reads the zone's file each time. It is no state: a name
// always means the same.
var zones sync.Map

// ZoneNamed is the IANA zone; nil when there is none of this name.
func ZoneNamed(name string) *time.Location {
	if name == "" {
		return nil
	}
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	zones.Store(name, zone)
	return zone
}

// cityOf is the city of a record's moments; of any other value, the one known so far.
func cityOf(value any, known string) string {
	switch x := value.(type) {
	case *Visit:
		return x.Branch.City
	case *Slot:
		return x.Branch.City
	case *Branch:
		return x.City
	case *Clinic:
		return x.Branch.City
	}
	return known
}
