package booking

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"careline/dialogs/source"
)

// sample is the clinic that is shipped.
func sample(t testing.TB) *Clinic {
	t.Helper()
	c, findings := LoadClinic(os.DirFS("../../dialogs/clinic"))
	for _, f := range findings {
		t.Error(f)
	}
	if c == nil {
		t.Fatal("the sample clinic does not load")
	}
	return c
}

// small is a clinic of one doctor; change lines of it to make a case.
const small = `clinic: Proba
languages: [en]
phone: "+7 495 012-34-56"
specialties:
  dentist: Dentist
branches:
  main:
    title: Main
    address: 1 Street
    zone: Europe/Berlin
    hours:
      daily: 00:00-24:00
services:
  consult:
    title: Consultation
    by: dentist
    duration: 30m
practitioners:
  ann:
    name: Ann
    specialties: [dentist]
    works:
      main:
        mon-fri: 09:00-12:00, 13:00-17:00
consents:
  personal:
    version: 1
    url: https://example.org/p
  health:
    version: 1
    url: https://example.org/h
  advertising:
    version: 1
    url: https://example.org/a
`

func load(text string) (*Clinic, source.Findings) {
	return LoadClinic(fstest.MapFS{File: {Data: []byte(text)}})
}

// clinic loads small with replacements: old, new, old, new, …
func clinic(t testing.TB, changes ...string) *Clinic {
	t.Helper()
	c, findings := load(strings.NewReplacer(changes...).Replace(small))
	if c == nil {
		t.Fatalf("the clinic does not load: %v", findings)
	}
	return c
}

func TestTheSampleClinicIsCompleteAndWithoutMistakes(t *testing.T) {
	c := sample(t)
	for _, id := range []string{"crown_pair", "implant_consult", "hygiene_consult", "rehab_consult", "dentist_consult"} {
		if s := c.Service(id); s == nil || !s.Online || s.Price == nil || s.Price.Amount == 0 {
			t.Errorf("service %s is not there, not online or has no price", id)
		}
	}
	if len(c.Practitioners) < 10 || len(c.Branches) != 2 || c.Branches[0].Zone.String() == c.Branches[1].Zone.String() {
		t.Error("the sample is a network of two branches in two zones with ten practitioners")
	}
	en := c.In("en")
	if got := en.Service("crown_pair").Title; got != "Dentist and prosthodontist consultation" {
		t.Errorf("the English title is %q", got)
	}
	if got := c.In("de").Service("crown_pair").Title; got != "Консультация терапевта и ортопеда" {
		t.Errorf("a language that the clinic has not gives %q", got)
	}
}

// step begins a course before the consents.
const step = "courses:\n  three:\n    title: Three\n    steps:\n      - "

func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		at, says       string
	}{
		{"an unknown key", "    duration: 30m", "    durations: 30m", "17:5", "did you mean `duration`"},
		{"a missing key", "    duration: 30m\n", "", "15:5", "needs `duration`"},
		{"a zone that is none", "Europe/Berlin", "Europe/Berlyn", "10:11", "a time zone"},
		{"an abbreviated zone", "Europe/Berlin", "CET", "10:11", "a time zone"},
		{"hours that end before they begin", "09:00-12:00", "12:00-09:00", "24:18", "end before they begin"},
		{"hours that overlap", "13:00-17:00", "11:30-17:00", "24:18", "overlap"},
		{"a time that is none", "09:00-12:00", "09:00-12:75", "24:18", "no such time"},
		{"minutes that no grid has", "09:00-12:00", "09:03-12:00", "24:18", "multiples of five"},
		{"a day that is none", "mon-fri", "mon-fry", "24:9", "a day"},
		{"a day twice", "        mon-fri: 09:00-12:00, 13:00-17:00", "        mon-fri: 09:00-12:00\n        tue: 13:00-17:00", "25:9", "twice"},
		{"a specialty that nobody knows", "by: dentist", "by: dentits", "16:9", "did you mean `dentist`"},
		{"a service nobody performs", "specialties: [dentist]", "specialties: [dentist]\n    services: [other]", "16:5", "nobody does this part"},
		{"a branch that is none", "      main:\n        mon", "      mian:\n        mon", "23:7", "no branch mian; did you mean `main`"},
		{"a phone that is none", "+7 495 012-34-56", "call us", "3:8", "a phone"},
		{"a length that is none", "30m", "half an hour", "17:15", "a length of time"},
		{"a length off the grid", "30m", "33m", "17:15", "multiple of 5m"},
		{"no time at all", "30m", "0m", "17:15", "longer than nothing"},
		{"a missing consent", "  advertising:\n    version: 1\n    url: https://example.org/a\n", "", "26:3", "no document for consent advertising"},
		{"a photo that is not there", "    name: Ann", "    name: Ann\n    photo: ann.png", "21:12", "media/ann.png is not there"},
		{"a price that is none", "    duration: 30m", "    duration: 30m\n    price: cheap", "18:12", "a price"},
		{"a section that is none", "    duration: 30m", "    duration: 30m\n    section: teeth", "18:14", "no section teeth"},
		{"a messenger that is none", "languages: [en]", "languages: [en]\ndesk:\n  admins: [telegrm:-4001]", "4:12", "did you mean `telegram`"},
		{"a group that is a name", "languages: [en]", "languages: [en]\ndesk:\n  admins: [telegram:@desk]", "4:12", "a chat"},
		{"a group that is a person", "languages: [en]", "languages: [en]\ndesk:\n  admins: [telegram:4001]", "4:12", "a chat"},
		{"a group twice", "languages: [en]", "languages: [en]\ndesk:\n  admins: [telegram:-4001, telegram:-4001]", "4:28", "twice"},
		{"a course of what is not done", "consents:", step + "service: consalt\nconsents:", "29:18", "did you mean `consult`"},
		{"a course by the hour", "consents:", step + "service: consult\n        after: 36h\nconsents:", "30:16", "whole days"},
		{"many visits at once", "consents:", step + "service: consult\n        times: 10\nconsents:", "30:9", "add `every: 3d`"},
		{"days between one visit", "consents:", step + "service: consult\n        every: 3d\nconsents:", "30:9", "add `times: 10`"},
		{"a course without end", "consents:", step + "service: consult\n        times: 1000\n        every: 1d\nconsents:", "30:16", "2 to 100"},
		{"a course of nothing", "consents:", "courses:\n  three:\n    title: Three\n    steps: []\nconsents:", "28:5", "at least one step"},
		{"an offer for no time", "languages: [en]", "languages: [en]\nbooking: {offer_for: 0m}", "3:22", "longer than nothing"},
		{"a manager who is a name", "languages: [en]", "languages: [en]\ndesk:\n  manager: telegram:@boss", "4:12", "telegram:123456789"},
		{"a manager of no messenger", "languages: [en]", "languages: [en]\ndesk:\n  manager: [telegrm:4001]", "4:13", "did you mean `telegram`"},
		{"a manager twice", "languages: [en]", "languages: [en]\ndesk:\n  manager: [telegram:4001, telegram:4001]", "4:28", "twice"},
		{"a missing translation", "languages: [en]", "languages: [en, ru]", "1:9", "only in en"},
		{"a language that is missing", "clinic: Proba\nlanguages: [en]", "clinic:\n  en: Proba\nlanguages: [en, ru]", "2:3", "not in ru"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(small, c.old, c.new, 1)
			if text == small {
				t.Fatal("the case changes nothing")
			}
			_, findings := load(text)
			for _, f := range findings {
				if strings.Contains(f.String(), File+":"+c.at+": ") && strings.Contains(f.Text, c.says) {
					return
				}
			}
			t.Errorf("want at %s: …%s…, got:\n%s", c.at, c.says, listing(findings))
		})
	}
}

func listing(findings source.Findings) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	text := strings.NewReplacer("Europe/Berlin", "Nowhere", "by: dentist", "by: nobody", "30m", "x", "09:00-12:00", "9-12").Replace(small)
	c, findings := load(text)
	if c != nil || len(findings) < 4 {
		t.Errorf("a clinic with four mistakes gives %v and\n%s", c, listing(findings))
	}
	if c, findings := load(""); c != nil || !findings.Failed() {
		t.Error("an empty file is not a clinic")
	}
	if c, findings := LoadClinic(fstest.MapFS{}); c != nil || !findings.Failed() {
		t.Error("no file is not a clinic")
	}
}

func TestATranslationThatIsMissingDoesNotStopTheClinic(t *testing.T) {
	c, findings := load(strings.Replace(small, "languages: [en]", "languages: [en, ru]", 1))
	if c == nil || findings.Failed() || len(findings) == 0 {
		t.Fatalf("want a clinic and warnings, got:\n%s", listing(findings))
	}
	if got := c.In("ru").Service("consult").Title; got != "Consultation" {
		t.Errorf("a missing translation shows %q, not the first language", got)
	}
}

func TestADateBeatsTheWeekAndTheHolidays(t *testing.T) {
	c := clinic(t, "        mon-fri: 09:00-12:00, 13:00-17:00",
		"        mon-fri: 09:00-12:00\n        2026-11-25: off\n        2026-12-31: 10:00-11:00\n        2026-11-28..2026-11-29: 10:00-12:00",
		"specialties:\n  dentist", "holidays: [2026-12-30..2027-01-08]\nspecialties:\n  dentist")
	for date, want := range map[string]string{
		"2026-11-24": "[09:00-12:00]", "2026-11-25": "[]", "2026-11-28": "[10:00-12:00]", "2026-11-30": "[09:00-12:00]", "2026-12-30": "[]",
		"2026-12-31": "[10:00-11:00]", "2027-01-01": "[]",
	} {
		at, _ := time.ParseInLocation(time.DateOnly, date, c.Branches[0].Zone)
		if got := stretches(c.works(c.Practitioners[0], c.Branches[0], dayOf(at))); got != want {
			t.Errorf("%s: works %s, want %s", date, got, want)
		}
	}
}

func stretches(list []Stretch) string {
	var out []string
	for _, s := range list {
		out = append(out, s.String())
	}
	return "[" + strings.Join(out, " ") + "]"
}

func FuzzLoadClinic(f *testing.F) {
	f.Add(small)
	f.Add("clinic: {a: b}\nbranches: [1]\nservices:\n  x: \npractitioners: ~\n")
	f.Add(strings.Replace(small, "by: dentist\n    duration: 30m", "parts:\n      - by: [dentist, ann]\n        duration: 5m\n      - by: ann", 1))
	f.Fuzz(func(t *testing.T, text string) {
		c, findings := load(text)
		if (c == nil) != findings.Failed() {
			t.Errorf("clinic %v with findings:\n%s", c != nil, listing(findings))
		}
		if c == nil {
			return
		}
		now := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
		for _, s := range c.Services {
			if s.Online {
				for slot := range c.Find(Query{Service: s, Branches: c.Branches, Now: now}).All() {
					if slot.Start().Before(now) {
						t.Error("a slot in the past")
					}
				}
			}
		}
	})
}
