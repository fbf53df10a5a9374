package journey

import (
	"testing"
	"time"

	"careline/dialogs"

	"pgregory.net/rapid"
)

// zones whose clocks have changed in every way: summer time, half hours, a law, a day left out.
var zones = []string{
	"Europe/Moscow", "Asia/Yekaterinburg", "Asia/Vladivostok", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
	"Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca", "UTC",
}

func drawn(r *rapid.T) (time.Time, *time.Location) {
	zone := dialogs.ZoneNamed(rapid.SampledFrom(zones).Draw(r, "zone"))
	at := time.Unix(rapid.Int64Range(1262304000, 2051222400).Draw(r, "at"), 0) // 2010 to 2035
	return at.In(zone), zone
}

func hours(r *rapid.T) dialogs.Hours {
	return dialogs.Hours{From: rapid.IntRange(0, 1439).Draw(r, "from"), To: rapid.IntRange(0, 1439).Draw(r, "to")}
}

func TestNothingIsMovedIntoTheQuiet(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at, _ := drawn(r)
		h := hours(r)
		earlier, later := before(h, at), after(h, at)
		if quiet(h, earlier) || quiet(h, later) {
			r.Fatalf("%v is moved to %v and %v, quiet is %v", at, earlier, later, h)
		}
		if earlier.After(at) || later.Before(at) {
			r.Fatalf("%v is moved the wrong way: %v, %v", at, earlier, later)
		}
		if !quiet(h, at) && !(earlier.Equal(at) && later.Equal(at)) {
			r.Fatalf("%v is moved without need: %v, %v", at, earlier, later)
		}
		if at.Sub(earlier) > 26*time.Hour || later.Sub(at) > 26*time.Hour {
			r.Fatalf("%v is moved by more than a night: %v, %v", at, earlier, later)
		}
	})
}

func TestDaysAreCountedByTheWallClock(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at, zone := drawn(r)
		days := rapid.IntRange(-400, 400).Draw(r, "days")
		moved := shift(at, time.Duration(days)*day)
		want := time.Date(at.Year(), at.Month(), at.Day()+days, at.Hour(), at.Minute(), at.Second(), 0, zone)
		if !moved.Equal(want) {
			r.Fatalf("%d days from %v are %v, not %v", days, at, moved, want)
		}
	})
}

func TestAnHourOfTheDayIsTheFirstThatComes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		at, zone := drawn(r)
		minutes := rapid.IntRange(0, 1439).Draw(r, "minutes")
		found := firstAt(at, minutes)
		if found.Before(at) || found.Sub(at) > 49*time.Hour { // Apia had no 30 December 2011
			r.Fatalf("%02d:%02d after %v is %v", minutes/60, minutes%60, at, found)
		}
		if y, m, d := found.Date(); !found.Equal(time.Date(y, m, d, 0, minutes, 0, 0, zone)) {
			r.Fatalf("%v is not %02d:%02d", found, minutes/60, minutes%60)
		}
	})
}

func TestAReminderKeepsItsHourWhenClocksChange(t *testing.T) {
	berlin := dialogs.ZoneNamed("Europe/Berlin")
	visit := time.Date(2026, time.October, 25, 10, 0, 0, 0, berlin) // summer time ended in the night before
	if got, want := shift(visit, -24*time.Hour), time.Date(2026, time.October, 24, 10, 0, 0, 0, berlin); !got.Equal(want) {
		t.Errorf("a day before %v is %v, not %v", visit, got, want)
	}
	if got, want := shift(visit, -28*time.Hour), time.Date(2026, time.October, 24, 6, 0, 0, 0, berlin); !got.Equal(want) {
		t.Errorf("28 hours before %v are %v, not %v", visit, got, want)
	}
	leap := time.Date(2028, time.February, 29, 12, 0, 0, 0, berlin)
	if got := shift(leap, 365*day); got.Format(time.DateOnly) != "2029-02-28" {
		t.Errorf("365 days after %v are %v", leap, got)
	}
}

func TestSeriesAndRepeats(t *testing.T) {
	base := time.Date(2026, 11, 23, 11, 0, 0, 0, dialogs.ZoneNamed("Europe/Moscow"))
	series := &dialogs.Timeline{Series: []dialogs.Chapter{{}, {Wait: 4 * day}, {Wait: 7 * day}}}
	again := &dialogs.Timeline{Again: &dialogs.Again{Every: 60 * day, Times: 2}}
	for _, c := range []struct {
		t    *dialogs.Timeline
		n    int
		want string
	}{
		{series, 0, "2026-11-23"}, {series, 1, "2026-11-27"}, {series, 2, "2026-12-04"}, {series, 3, ""},
		{again, 0, "2026-11-23"}, {again, 1, "2027-01-22"}, {again, 2, ""},
		{&dialogs.Timeline{}, 0, "2026-11-23"}, {&dialogs.Timeline{}, 1, ""},
	} {
		at, ok := occurrence(c.t, base, c.n)
		if got := at.Format(time.DateOnly); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("occurrence %d is %s (%t), not %q", c.n, got, ok, c.want)
		}
	}
}
