package rehearsal

import (
	"slices"
	"strings"
	"testing"
	"time"

	"careline/dialogs/transcript"
	"careline/store"
)

const months = `test: Карточка с прошлым, семьёй и курсом, и программа, которую выключали
now: 2026-11-23 10:00 Europe/Moscow
channel: telegram
patient:
  name: Анна Петрова
  phone: "+79123456789"
  consents: [personal, health]
  visits: [2026-10-20 12:00 hygiene_consult, 2026-11-26 15:00 hygiene_consult]
  courses:
    - title: Лечение дёсен
      steps: [2026-12-14 12:00 hygiene_consult, 2026-12-28 12:00 hygiene_consult]
  prevention: [2027-05-20 12:00 hygiene_consult]
  family:
    - name: Петя Петров
      birth: 2019-05-12
      visits: [2026-11-26 15:00 hygiene_consult]
tests: {reminder_time: a}
lines:
  - expect: visit fulfilled 2026-10-20 12:00
  - expect: visit booked 2026-11-26 15:00
  - expect: plan reminder_day at 2026-11-25 15:00
  - expect: plan course_step at 2026-12-21 12:00 # the first step is the visit that is booked
  - expect: no plan no_show
  - expect: balance 0
  - expect: no touch reminder_day sent
  - clock: 2026-11-25 14:50
`

// What a card says stands in the store, and what follows from it is planned; a process that was off over a moment
// acts late when it is back, or not at all, by the timeline's own rule.
func TestAStoryOfMonths(t *testing.T) {
	f, _ := shipped(t)
	for name, c := range map[string]struct{ lines, wrong string }{
		"both are reminded in one message": {"  - next: true\n  - bot: Анна, …15:00 — Анна…15:00 — Петя…\n  - expect: touch reminder_day sent\n  - silent: true\n", ""},
		"off over the visit, nobody is reminded of it": {
			"  - down: 26h\n  - expect: no touch reminder_day sent\n  - expect: no plan reminder_day\n  - silent: true\n", "",
		},
		"the desk does not foretell":            {"  - desk: noshow\n", "expected a visit that can be noshow"},
		"what is wrong is told with the plan":   {"  - expect: plan reminder_day at 2026-11-24 15:00\n", "reminder_day at 2026-11-25 15:00"},
		"and with what the timeline did":        {"  - expect: touch reminder_day sent\n", "no touch of it"},
		"and with the balance":                  {"  - expect: balance 500\n", "a balance of 0"},
		"what is over is not called off":        {"  - desk: cancelled\n", "expected a visit that can be cancelled"},
		"a year in which nobody is written to?": {"  - next: true\n  - bot: Анна, …\n  - next: true\n", "expected silence; the bot said"},
	} {
		t.Run(name, func(t *testing.T) {
			script, findings := transcript.Read("months.yaml", []byte(months+c.lines))
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			err := Perform(t.Context(), Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: emptySQLite(t)}, script)
			switch {
			case c.wrong == "" && err != nil:
				t.Error(err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("%v, want %q", err, c.wrong)
			}
		})
	}
}

func TestTheDeskMeansTheVisitThatHasBegun(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	at := func(id, status string, hours int) store.Appointment {
		start := now.Add(time.Duration(hours) * time.Hour)
		return store.Appointment{ID: id, Status: status, Start: start, End: start.Add(time.Hour)}
	}
	yesterday, done := at("yesterday", store.StatusBooked, -26), at("done", store.StatusFulfilled, -24)
	begun, evening, tomorrow := at("begun", store.StatusArrived, -1), at("evening", store.StatusBooked, 6), at("tomorrow", store.StatusBooked, 24)
	off := at("off", store.StatusCancelled, -1)
	for want, visits := range map[string][]store.Appointment{
		"begun":     {yesterday, done, begun, evening, tomorrow}, // it is the last of those that are open
		"yesterday": {yesterday, done, tomorrow},
		"evening":   {done, off, evening, tomorrow}, // people come early
		"done":      {done, off, tomorrow},          // what was said of it was a mistake
		"tomorrow":  {off, tomorrow},
	} {
		if got := Meant(visits, now); got == nil || got.ID != want {
			t.Errorf("of %v: %v, want %s", slices.Collect(ids(visits)), got, want)
		}
	}
	if got := Meant([]store.Appointment{off}, now); got != nil {
		t.Errorf("of one that is cancelled: %v", got)
	}
}

func ids(visits []store.Appointment) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range visits {
			if !yield(v.ID) {
				return
			}
		}
	}
}
