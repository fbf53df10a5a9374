package desk_test

import (
	"testing"
	"time"

	"careline/bot/desk"
	"careline/bot/folder"
	"careline/dialogs/clinic"
)

// The sample clinic's desk: 08–21 on weekdays, 09–18 on Saturday, 10–16 on Sunday, closed on holidays.
func TestADeadlineCountsOnlyWorkingTime(t *testing.T) {
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatal(findings)
	}
	branch := f.Clinic.Branches[0]
	hours := f.Clinic.DeskHours(branch)
	for _, c := range []struct {
		what, from string
		within     time.Duration
		want       string
	}{
		{"in working hours", "2026-11-23 10:00", 15 * time.Minute, "2026-11-23 10:15"},
		{"until the very end", "2026-11-23 20:45", 15 * time.Minute, "2026-11-23 21:00"},
		{"over the night", "2026-11-23 20:50", 15 * time.Minute, "2026-11-24 08:05"},
		{"at night", "2026-11-23 23:00", 15 * time.Minute, "2026-11-24 08:15"},
		{"before it opens", "2026-11-24 03:00", 15 * time.Minute, "2026-11-24 08:15"},
		{"over the weekend's shorter days", "2026-11-28 17:50", 15 * time.Minute, "2026-11-29 10:05"},
		{"longer than a day", "2026-11-28 17:00", 8 * time.Hour, "2026-11-30 09:00"},
		{"over New Year", "2026-12-30 15:50", 15 * time.Minute, "2027-01-05 08:05"},
		{"at once", "2026-11-23 10:00", 0, "2026-11-23 10:00"},
	} {
		from, want := local(t, c.from, branch.Zone), local(t, c.want, branch.Zone)
		if got := desk.Deadline(hours, from, c.within); !got.Equal(want) {
			t.Errorf("%s: %s + %v = %v, want %s", c.what, c.from, c.within, got.In(branch.Zone), c.want)
		}
	}
}

func TestADeskThatNeverTurnsHasPlainDeadlines(t *testing.T) {
	from := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	for _, h := range []constant{true, false} {
		if got := desk.Deadline(h, from, time.Hour); !got.Equal(from.Add(time.Hour)) {
			t.Errorf("always open %v: %v", h, got)
		}
	}
}

// constant is a desk that is always open, or never.
type constant bool

func (c constant) Open(time.Time) bool     { return bool(c) }
func (constant) Turns(time.Time) time.Time { return time.Time{} }

func local(t *testing.T, s string, zone *time.Location) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
