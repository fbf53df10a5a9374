package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"careline/bot/numbers"

	"github.com/rivo/uniseg"
)

// Without a clinic the sample year is shown: the funnel, one screen of it.
func TestStatsShowTheFunnelOfTheSampleYear(t *testing.T) {
	t.Parallel()
	told := careline(t, t.TempDir(), "", "stats", "--lang", "ru").well("Воронка", "Начали разговор", "Записались", "Пришли", "█", "Неявки", "Где чаще всего уходят")
	if lines := strings.Count(told.out, "\n"); lines > 36 {
		t.Errorf("%d lines are more than a screen:\n%s", lines, told.out)
	}
	english := careline(t, t.TempDir(), "", "stats", "--lang", "en").well("Funnel", "Booked", "No-shows")
	if strings.ContainsAny(english.out, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя") {
		t.Errorf("there is Russian in it:\n%s", english.out)
	}
	careline(t, t.TempDir(), "", "stats", "--lang", "en", "--by", "variant", "--since", "2026-01-01").well("rating_ask = b", "difference")
}

func TestEveryTableIsShown(t *testing.T) {
	says := map[numbers.By]string{
		numbers.ByChannel: "Telegram", numbers.BySource: "maps", numbers.ByDialog: "booking", numbers.ByState: "slots · pick",
		numbers.ByVariant: "rating_ask = b", numbers.ByTimeline: "reminder_day", numbers.ByPractitioner: "Igor Belov", numbers.ByBranch: "Ulybka Chistye Prudy",
		numbers.ByService: "Dental consultation", numbers.ByTicket: "Wants a human",
	}
	lastWeek := time.Now().AddDate(0, 0, -7)
	says[numbers.ByWeek] = lastWeek.AddDate(0, 0, -(int(lastWeek.Weekday())+6)%7).Format(time.DateOnly)
	for _, by := range numbers.Ways() {
		t.Run(string(by), func(t *testing.T) {
			t.Parallel()
			if says[by] == "" {
				t.Fatal("nobody knows what it says")
			}
			careline(t, t.TempDir(), "", "stats", "--lang", "en", "--by", string(by)).well(says[by])
		})
	}
}

func TestStatsOfAClinicThatHasJustOpened(t *testing.T) {
	dir := newClinic(t)
	careline(t, dir, "", "stats", "--lang", "en").well("Nothing has happened in this time")
	var told struct {
		Funnel []struct {
			Step  string
			Chats struct{ Count, Of int }
		}
		Visits struct {
			Rate struct{ Share *float64 } `json:"no_show_rate"`
		}
		From, Until time.Time
	}
	if err := json.Unmarshal([]byte(careline(t, ".", "", "stats", dir, "--json", "--since", "2026-10-01", "--until", "2026-10-31").well().out), &told); err != nil {
		t.Fatal(err)
	}
	if len(told.Funnel) != 8 || told.Funnel[5].Step != "booked" || told.Visits.Rate.Share != nil {
		t.Errorf("JSON: %+v", told)
	}
	if got := told.Until.Sub(told.From); got != 31*24*time.Hour {
		t.Errorf("October has %v", got)
	}
}

func TestStatsSayWhatIsWrongWithAQuestion(t *testing.T) {
	dir := newClinic(t)
	careline(t, dir, "", "stats", "--since", "yesterday").badly("--since yesterday", "2026-10-01", "30d")
	careline(t, dir, "", "stats", "--since", "2026-02-30").badly("no day of the calendar")
	careline(t, dir, "", "stats", "--since", "2026-10-02", "--until", "2026-10-01").badly("the period ends")
	careline(t, dir, "", "stats", "--by", "mood").badly("--by mood", "channel")
	careline(t, dir, "", "stats", "--lang", "de").badly("ru or en")
}

func TestTheTerminalChoosesTheLanguage(t *testing.T) {
	for _, c := range []struct{ all, lang, want string }{
		{"", "", "ru"}, {"", "ru_RU.UTF-8", "ru"}, {"", "en_GB.UTF-8", "en"}, {"en_US", "ru_RU", "en"}, {"", "C.UTF-8", "ru"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LANG": c.lang}
		if got := terminalLanguage(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("LC_ALL=%s LANG=%s: %s, want %s", c.all, c.lang, got, c.want)
		}
	}
}

func TestColumnsStandUnderEachOther(t *testing.T) {
	g := &grid{head: []string{"Врач", "визиты"}}
	g.add("Фёдорова", "12")
	g.add("Wide 你好", "7")
	g.add("e\u0301", "1 000")
	var out bytes.Buffer
	g.print(&out)
	for line := range strings.Lines(out.String()) {
		if got := uniseg.StringWidth(strings.TrimRight(line, "\n")); got != 2+9+2+6 {
			t.Errorf("a line is %d wide: %q", got, line)
		}
	}
	for share, want := range map[float64]string{0: "", 0.001: "▏", 0.5: "████", 0.55: "████▍", 1: "████████"} {
		if got := bar(share, 8); got != want {
			t.Errorf("bar of %v: %q, want %q", share, got, want)
		}
	}
}
