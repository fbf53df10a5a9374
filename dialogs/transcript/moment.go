package transcript

import (
	"fmt"
	"strings"
	"time"
)

// Moment is a time of a transcript; a day may be a word, so it becomes an instant only when the clock
// is known.
type Moment struct {
	Day  string         // 2006-01-02, today, tomorrow, yesterday
	Hour string         // 15:04
	Zone *time.Location // nil = the zone of the transcript
}

// ParseMoment reads `2026-11-25 18:40 Europe/Moscow`, `tomorrow 17:20`.
func ParseMoment(s string) (Moment, error) {
	parts := strings.Fields(s)
	if len(parts) < 2 || len(parts) > 3 {
		return Moment{}, fmt.Errorf("%q is no day and time", s)
	}
	m := Moment{Day: parts[0], Hour: parts[1]}
	if _, err := time.Parse("15:04", m.Hour); err != nil {
		return Moment{}, fmt.Errorf("reading the time: %w", err)
	}
	if _, word := days[m.Day]; !word {
		if _, err := time.Parse(time.DateOnly, m.Day); err != nil {
			return Moment{}, fmt.Errorf("reading the day: %w", err)
		}
	}
	if len(parts) == 3 {
		zone, err := time.LoadLocation(parts[2])
		if err != nil {
			return Moment{}, fmt.Errorf("reading the zone: %w", err)
		}
		m.Zone = zone
	}
	return m, nil
}

var days = map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}

// On is the instant, seen from now, in now's zone unless the moment names its own.
func (m Moment) On(now time.Time) time.Time {
	zone := m.Zone
	if zone == nil {
		zone = now.Location()
	}
	day := m.Day
	if shift, word := days[day]; word {
		day = now.In(zone).AddDate(0, 0, shift).Format(time.DateOnly)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+m.Hour, zone)
	if err != nil {
		return time.Time{}
	}
	return at
}

func (m Moment) String() string {
	s := m.Day + " " + m.Hour
	if m.Zone != nil {
		s += " " + m.Zone.String()
	}
	return s
}
