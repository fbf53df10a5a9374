package booking

import (
	"slices"
	"strings"
	"testing"
	"time"

	"careline/dialogs/words"
	"careline/store"
)

const week = "        mon-fri: 09:00-12:00, 13:00-17:00"

// at is a wall clock time in the small clinic's Berlin.
func at(t testing.TB, c *Clinic, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, c.Branches[0].Zone)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAVisitFitsBetweenTheHoursTheBreakAndWhatIsBusy(t *testing.T) {
	c := clinic(t, week, "        mon: 09:00-10:30, 11:00-12:00", "30m", "40m")
	now := at(t, c, "2026-11-23 00:00")
	q := Query{Service: c.Services[0], Branches: c.Branches, Now: now, To: now.Add(24 * time.Hour)}
	if got := times(c.Find(q)); got != "09:00 09:20 09:40 11:00 11:20" {
		t.Errorf("free: %s", got)
	}
	q.Busy = []store.Busy{{Practitioner: "ann", Start: at(t, c, "2026-11-23 09:07"), End: at(t, c, "2026-11-23 09:38")}}
	if got := times(c.Find(q)); got != "09:40 11:00 11:20" {
		t.Errorf("beside what is busy: %s", got)
	}
	q.Now = at(t, c, "2026-11-23 10:05")
	if got := times(c.Find(q)); got != "11:20" {
		t.Errorf("an hour from 10:05: %s", got)
	}
	q.Busy = []store.Busy{{Practitioner: "ann", Start: now.AddDate(0, 0, -7), End: now.AddDate(0, 0, 7)}}
	if got := times(c.Find(q)); got != "" {
		t.Errorf("on holiday: %s", got)
	}
}

func times(f *Free) string {
	var out []string
	for s := range f.All() {
		out = append(out, s.Start().In(s.Branch.Zone).Format("15:04"))
	}
	return strings.Join(out, " ")
}

func TestTheWallClockRulesWhenTheClockIsChanged(t *testing.T) {
	for _, c := range []struct{ day, works, want, first string }{
		{"2026-03-29", "09:00-10:00", "09:00 09:20", "2026-03-29T07:00:00Z"},                                   // an hour is lost at two
		{"2026-10-25", "09:00-10:00", "09:00 09:20", "2026-10-25T08:00:00Z"},                                   // an hour is won at three
		{"2026-10-25", "01:00-04:00", "01:00 01:20 01:40 02:00 02:20 02:40 02:00 02:20 02:40 03:00 03:20", ""}, // 02:00 comes twice
		{"2026-03-29", "01:00-04:00", "01:00 01:20 01:40 03:00 03:20", ""},                                     // 02:00 never comes
		{"2028-02-29", "09:00-10:00", "09:00 09:20", "2028-02-29T08:00:00Z"},                                   // a leap day
		{"2026-11-23", "23:00-24:00", "23:00 23:20", "2026-11-23T22:00:00Z"},
	} {
		clinic := clinic(t, week, "        "+c.day+": "+c.works)
		now := at(t, clinic, c.day+" 00:00").Add(-12 * time.Hour)
		f := clinic.Find(Query{Service: clinic.Services[0], Branches: clinic.Branches, Now: now})
		if got := times(f); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.day, c.works, got, c.want)
		}
		for s := range f.All() {
			if got := s.Start().UTC().Format(time.RFC3339); c.first != "" && got != c.first {
				t.Errorf("%s %s begins at %s, want %s", c.day, c.works, got, c.first)
			}
			break
		}
	}
}

func TestANightShiftGoesOnOverMidnight(t *testing.T) {
	c := clinic(t, week, "        mon: 23:00-24:00\n        tue: 00:00-01:00", "30m", "60m")
	now := at(t, c, "2026-11-23 12:00")
	f := c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: now, To: now.Add(24 * time.Hour)})
	if got := times(f); got != "23:00 23:20 23:40 00:00" {
		t.Errorf("at night: %s", got)
	}
	for s := range f.All() {
		if !offeredStill(c, s, now) {
			t.Errorf("%v is offered and then refused", s.Start())
		}
	}
}

func offeredStill(c *Clinic, s Slot, now time.Time) bool {
	_, ok := c.slot(c.In("en").Slot(s), now)
	return ok
}

func TestAcuteTimesAreKeptUntilShortlyBefore(t *testing.T) {
	c := clinic(t, week, "        mon: 09:00-12:00\n    acute:\n      mon: 10:00-11:00")
	q := Query{Service: c.Services[0], Branches: c.Branches, Now: at(t, c, "2026-11-23 06:00"), To: at(t, c, "2026-11-23 20:00")}
	if got := times(c.Find(q)); got != "09:00 09:20 11:00 11:20" {
		t.Errorf("for others: %s", got)
	}
	q.Acute = true
	if got := times(c.Find(q)); got != "09:00 09:20 09:40 10:00 10:20 10:40 11:00 11:20" {
		t.Errorf("for acute patients: %s", got)
	}
	q.Acute, q.Now = false, at(t, c, "2026-11-23 07:00")
	if got := times(c.Find(q)); got != "09:00 09:20 09:40 10:00 10:20 10:40 11:00 11:20" {
		t.Errorf("three hours before: %s", got)
	}
}

const two = `    parts:
      - by: ann
        duration: 30m
      - by: bob
        duration: 40m
`

func pairClinic(t testing.TB, ann, bob, rules string) *Clinic {
	return clinic(t, "    by: dentist\n    duration: 30m\n", two+rules, week, "        mon: "+ann+
		"\n  bob:\n    name: Bob\n    specialties: [dentist]\n    works:\n      main:\n        mon: "+bob)
}

func TestTwoPractitionersInOneGo(t *testing.T) {
	for _, c := range []struct{ name, ann, bob, rules, want string }{
		{"one after the other", "09:00-12:00", "10:00-11:00", "", "09:40"},
		{"with a gap", "09:00-12:00", "10:00-11:00", "    gap: 10m\n", "09:20 09:40"},
		{"in any order", "09:00-10:30", "09:00-10:20", "    order: any\n", "09:00 09:20"},
		{"together", "09:00-10:00", "09:10-10:10", "    order: together\n", "09:20"},
		{"never together", "09:00-10:00", "11:00-12:00", "", ""},
	} {
		clinic := pairClinic(t, c.ann, c.bob, c.rules)
		now := at(t, clinic, "2026-11-23 00:00")
		f := clinic.Find(Query{Service: clinic.Services[0], Branches: clinic.Branches, Now: now, To: now.Add(24 * time.Hour)})
		if got := times(f); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestOnePersonIsNotNeededTwice(t *testing.T) {
	c := clinic(t, "    by: dentist\n    duration: 30m\n", strings.NewReplacer("by: ann", "by: dentist", "by: bob", "by: dentist").Replace(two))
	f := c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: at(t, c, "2026-11-23 00:00")})
	if got := times(f); got != "" {
		t.Errorf("two parts with one doctor: %s", got)
	}
	start := at(t, c, "2026-11-23 10:00")
	middle, end := start.Add(30*time.Minute), start.Add(70*time.Minute)
	twice := Slot{Service: c.Services[0], Branch: c.Branches[0], Parts: []store.Part{{Practitioner: "ann", Start: start, End: middle}, {Practitioner: "ann", Start: middle, End: end}}}
	if offeredStill(c, twice, start.Add(-time.Hour)) {
		t.Error("a forged slot with one doctor twice is accepted")
	}
}

func TestAWishedDoctorTakesPart(t *testing.T) {
	c := clinic(t, week, "        mon: 09:00-10:00\n  bob:\n    name: Bob\n    specialties: [dentist]\n    works:\n      main:\n        mon: 09:00-11:00")
	now := at(t, c, "2026-11-23 00:00")
	q := Query{Service: c.Services[0], Branches: c.Branches, Doctor: "ann", Now: now, To: now.Add(24 * time.Hour)}
	for s := range c.Find(q).All() {
		if s.Parts[0].Practitioner != "ann" {
			t.Errorf("%s sees the patient who wants ann", s.Parts[0].Practitioner)
		}
	}
	if got := times(c.Find(q)); got != "09:00 09:20" {
		t.Errorf("ann has %s", got)
	}
	q.Doctor = ""
	for s := range c.Find(q).All() {
		if s.Parts[0].Practitioner != "bob" {
			t.Error("whoever has the emptier day is offered")
		}
		break
	}
}

func TestManySlotsAreSpreadOverDaysAndHours(t *testing.T) {
	c := clinic(t)
	free := c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: at(t, c, "2026-11-23 06:00")})
	got := free.Choose(nil, 8)
	days := map[string]int{}
	for _, s := range got {
		days[s.Start().Format(time.DateOnly)]++
	}
	if len(got) != 8 || len(days) != 4 {
		t.Errorf("eight slots: %v", shown(got))
	}
	if !slices.IsSortedFunc(got, func(a, b Slot) int { return a.Start().Compare(b.Start()) }) {
		t.Errorf("not by time: %v", shown(got))
	}
	saturday := &words.Period{Windows: []words.Window{{Days: 1 << time.Saturday}}}
	if got := free.Choose(saturday, 2); len(got) != 0 {
		t.Errorf("a day without work: %v", shown(got))
	}
	if got := shown(free.Near(saturday, 2, time.Hour)); len(got) != 2 {
		t.Errorf("near a day without work: %v", got)
	}
	soonest := &words.Period{Soonest: true}
	if got := shown(free.Choose(soonest, 2)); !slices.Equal(got, []string{"Mon 23 09:00", "Mon 23 09:20"}) {
		t.Errorf("as soon as possible: %v", got)
	}
	if got := free.Days(3); !slices.Equal(got, []words.Date{"2026-11-23", "2026-11-24", "2026-11-25"}) {
		t.Errorf("days: %v", got)
	}
}

func BenchmarkFreeSlots(b *testing.B) {
	var people strings.Builder
	for i := range 49 {
		name := "p" + string(rune('a'+i/26)) + string(rune('a'+i%26))
		people.WriteString("\n  " + name + ":\n    name: P\n    specialties: [dentist]\n    works:\n      main:\n" + week)
	}
	c := clinic(b, week, week+people.String())
	now := at(b, c, "2026-11-23 06:00")
	var busy []store.Busy
	for i, p := range c.Practitioners {
		for d := range 60 {
			start := at(b, c, "2026-11-23 09:00").AddDate(0, 0, d).Add(time.Duration(i%7) * time.Hour)
			busy = append(busy, store.Busy{Practitioner: p.ID, Start: start, End: start.Add(time.Hour)})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		f := c.Find(Query{Service: c.Services[0], Branches: c.Branches, Now: now, Busy: busy})
		if len(f.Choose(nil, 8)) != 8 {
			b.Fatal("nothing is free")
		}
	}
}
