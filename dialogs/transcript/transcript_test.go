package transcript_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"careline/channels"
	"careline/dialogs/transcript"
)

const rating = `test: Низкая оценка
now: 2026-11-23 15:00 Europe/Moscow
channel: telegram
patient:
  name: Анна Петрова
  phone: "+79123456789"
  consents: [personal, health]
  visits: [2026-11-23 14:00, tomorrow 10:00 hygiene]
  courses:
    - title: Лечение дёсен
      steps: [2026-12-07 12:00 hygiene, 2026-12-21 12:00 hygiene]
  prevention: [2027-05-20 12:00]
  family:
    - name: Петя Петров
      visits: [tomorrow 11:00]
tests: {rating_ask: a}
lines:
  - desk: done
  - pass: 1d2h
  - bot: Анна, оцените…
    buttons: ["1", "2"]
  - tap: "2"
    twice: true
  - contact: {phone: "+79120000000", own: true}
  - clock: 2026-11-24 18:41 Europe/Samara
  - expect: hold tomorrow 18:40 with therapist, orthopaedist
  - expect: answer tried == "сколько стоит?"
  - expect: no ticket low_rating
  - expect: consent.given health
  - silent: true
  - next: true
  - down: 3h
  - expect: touch rating sent
  - expect: no touch recall
  - expect: plan check_in at 2026-12-03 12:00
  - expect: no plan reminder_day
`

func TestATranscriptIsRead(t *testing.T) {
	tr, found := transcript.Read("transcripts/rating.yaml", []byte(rating))
	if len(found) > 0 {
		t.Fatal(found)
	}
	if tr.Channel != "telegram" || tr.Clinic != "sample" || tr.Tests["rating_ask"] != "a" {
		t.Errorf("%+v", tr)
	}
	if got := tr.Now.UTC().Format(time.RFC3339); got != "2026-11-23T12:00:00Z" {
		t.Errorf("begins at %s", got)
	}
	if v := tr.Patient.Visits[1]; v.Service != "hygiene" || v.At.On(tr.Now).Format("02.01 15:04") != "24.11 10:00" {
		t.Errorf("visit %+v", v)
	}
	if c := tr.Patient; len(c.Courses) != 1 || len(c.Courses[0].Steps) != 2 || len(c.Prevention) != 1 || c.Family[0].Kin != "child" || len(c.Family[0].Visits) != 1 {
		t.Errorf("card %+v", c)
	}
	want := []transcript.Does{"desk", "pass", "bot", "tap", "contact", "clock", "expect", "expect", "expect", "expect", "silent",
		"next", "down", "expect", "expect", "expect", "expect"}
	var got []transcript.Does
	for _, l := range tr.Lines {
		got = append(got, l.Does)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if l := tr.Lines; l[1].Pass != 26*time.Hour || len(l[2].Buttons) != 2 || !l[3].Twice || *l[4].Shared != (channels.Shared{Phone: "+79120000000", Own: true}) {
		t.Errorf("%+v", l)
	}
	if got := tr.Lines[2].Pos.String(); got != "transcripts/rating.yaml:20:5" {
		t.Errorf("the line stands at %s", got)
	}
	hold := tr.Lines[6].Expect
	if d := cmp.Diff(hold, &transcript.Expect{What: "hold", At: &transcript.Moment{Day: "tomorrow", Hour: "18:40"}, With: []string{"therapist", "orthopaedist"}}); d != "" {
		t.Error(d)
	}
	if e := tr.Lines[7].Expect; e.Name != "tried" || e.Value != "сколько стоит?" {
		t.Errorf("%+v", e)
	}
	if down, touch, plan := tr.Lines[12].Pass, tr.Lines[13].Expect, tr.Lines[15].Expect; down != 3*time.Hour ||
		touch.Name != "rating" || touch.Value != "sent" || plan.Name != "check_in" || plan.At.Day != "2026-12-03" {
		t.Errorf("%v %+v %+v", down, touch, plan)
	}
	if e := tr.Lines[8].Expect; !e.Not || e.Name != "low_rating" {
		t.Errorf("%+v", e)
	}
}

func TestMistakesAreToldWithTheirPlace(t *testing.T) {
	for name, c := range map[string]struct{ lines, want string }{
		"misspelt key":       {"  - patinet: да", "unknown key patinet; did you mean `patient`?"},
		"two deeds":          {"  - patient: да\n    bot: нет", "a line does one thing"},
		"nothing":            {"  - buttons: [да]", "nothing happens"},
		"buttons of a tap":   {"  - tap: да\n    buttons: [да]", "`buttons` does not go with `tap`"},
		"desk":               {"  - desk: retrun", "did you mean `return`?"},
		"time":               {"  - taken: soon", "cannot read «soon»"},
		"pass":               {"  - pass: a day", "cannot read «a day»"},
		"expect":             {"  - expect: rain", "cannot read «rain»"},
		"expect without ==":  {"  - expect: answer tried", "cannot read «answer tried»"},
		"contact":            {"  - contact: {own: true}", "needs `phone`"},
		"a plan for when":    {"  - expect: plan rating soon", "cannot read «plan rating soon»"},
		"a touch of what":    {"  - expect: touch", "cannot read «touch»"},
		"silent is not true": {"  - silent: no", "only ever `true`"},
	} {
		_, found := transcript.Read("a.yaml", []byte("test: А\nnow: 2026-11-23 10:00 Europe/Moscow\nlines:\n"+c.lines+"\n"))
		if len(found) == 0 || !strings.Contains(found[0].String(), c.want) || found[0].Line < 4 {
			t.Errorf("%s: %v", name, found)
		}
	}
	if _, found := transcript.Read("a.yaml", []byte("test: А\nnow: today 10:00\nlines: []\n")); len(found) == 0 {
		t.Error("a transcript may not begin today")
	}
}

func TestAMessageMatchesWithGaps(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok        bool
	}{
		{"Чем помочь?", "Чем помочь?", true},
		{"Чем помочь?", "Чем помочь", false},
		{"Здравствуйте! Это Улыбка…", "Здравствуйте! Это Улыбка.\nЗапишу.", true},
		{"Готово…визит…приходите", "Готово, ваш визит завтра, приходите", true},
		{"Проверьте:\n…\nПациент — Анна\n", "Проверьте:\nПломба\nзавтра\nПациент — Анна", true},
		{"…да", "нет", false},
		{"а…а", "а", false},
	} {
		if transcript.Match(c.want, c.got) != c.ok {
			t.Errorf("%q against %q: want %t", c.want, c.got, c.ok)
		}
	}
}

func TestAFolderIsReadInOrder(t *testing.T) {
	one := "now: 2026-11-23 10:00 Europe/Moscow\nlines: [silent: true]\n"
	all, found, err := transcript.ReadAll(fstest.MapFS{
		"transcripts/b.yaml": {Data: []byte("test: Б\n" + one)},
		"transcripts/a.yaml": {Data: []byte("test: А\n" + one)},
		"transcripts/c.yaml": {Data: []byte("test: В\n")},
	}, "transcripts")
	if err != nil || len(all) != 2 || all[0].Title != "А" || !found.Failed() {
		t.Errorf("%v %v %v", all, found, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(rating)
	f.Add("test: А\nnow: 2026-11-23 10:00 Europe/Moscow\nlines:\n  - expect: hold with\n")
	f.Fuzz(func(t *testing.T, src string) {
		tr, found := transcript.Read("a.yaml", []byte(src))
		if tr == nil && !found.Failed() {
			t.Error("neither a transcript nor a word about why")
		}
	})
}
