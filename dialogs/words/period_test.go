package words

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"
)

// monday is when most of these stories happen.
func monday(t testing.TB) time.Time { return at(t, "2026-11-23 10:00 Europe/Moscow") }

// at reads "2006-01-02 15:04 Zone/Name".
func at(t testing.TB, s string) time.Time {
	t.Helper()
	moment, zone, _ := strings.Cut(s[len("2006-01-02 "):], " ")
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	now, err := time.ParseInLocation("2006-01-02 15:04", s[:len("2006-01-02 ")]+moment, loc)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func TestParsePeriodUnderstandsWhatAReceptionistWould(t *testing.T) {
	f, err := os.Open("testdata/periods.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var now time.Time
	understood := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if s, ok := strings.CutPrefix(line, "@ "); ok {
			now = at(t, s)
			continue
		}
		phrase, want, _ := strings.Cut(line, " = ")
		got := "-"
		if p, ok := ParsePeriod(phrase, now); ok {
			got = p.String()
			understood++
		}
		if got != want {
			t.Errorf("%s, %q: got %s, want %s", now.Format(time.DateTime), phrase, got, want)
		}
	}
	if understood < 300 {
		t.Errorf("only %d phrases in the table", understood)
	}
}

func TestPeriodAdmits(t *testing.T) {
	p, _ := ParsePeriod("на следующей неделе после шести, кроме среды", monday(t))
	for moment, want := range map[string]bool{
		"2026-12-01 18:00": true, "2026-12-01 17:59": false, "2026-12-02 19:00": false, "2026-12-06 23:59": true, "2026-12-07 18:00": false, "2026-11-29 18:00": false,
	} {
		if got := p.Admits(at(t, moment+" Europe/Moscow")); got != want {
			t.Errorf("%s admitted: %v", moment, got)
		}
	}
}

func TestPeriodBounds(t *testing.T) {
	now := monday(t)
	for phrase, want := range map[string][2]Date{
		"в среду или в субботу":       {"2026-11-25", "2026-11-28"},
		"не раньше вторника":          {"2026-11-24", ""},
		"до пятницы":                  {"2026-11-23", "2026-11-26"},
		"после шести":                 {"2026-11-23", ""},
		"в любое время":               {"2026-11-23", ""},
		"завтра или после 10 декабря": {"2026-11-24", ""},
	} {
		p, ok := ParsePeriod(phrase, now)
		if !ok {
			t.Errorf("%q was not understood", phrase)
			continue
		}
		if first, last := p.Bounds(now); first != want[0] || last != want[1] {
			t.Errorf("%q: %s, %s, want %v", phrase, first, last, want)
		}
	}
}

func TestEveryWordOfTheGrammarIsReachable(t *testing.T) {
	g := calendar()
	for name, k := range g.kinds {
		if len(g.starts[k])+len(g.table[k]) == 0 {
			t.Errorf("nothing begins <%s>", name)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"завтра после шести", "с 5 по 10 декабря, кроме среды", "in two weeks or 12.12", "не раньше 29 февраля", "без четверти 24", "через 400 лет"} {
		f.Add(s, int64(1_795_000_000))
	}
	moscow := time.FixedZone("MSK", 3*3600)
	f.Fuzz(func(t *testing.T, s string, unix int64) {
		now := time.Unix(unix%4_000_000_000, 0).In(moscow)
		p, ok := ParsePeriod(s, now)
		if !ok {
			return
		}
		if len(p.Windows) == 0 || p.String() == "" {
			t.Fatalf("%q: a wish without windows", s)
		}
		for _, w := range p.Windows {
			if w.From != "" && w.From.Time(time.UTC).IsZero() || w.To != "" && w.To.Time(time.UTC).IsZero() ||
				w.To != "" && w.From > w.To || w.After < 0 || w.After >= end(w.Before) || w.Before >= dayEnd || w.To != "" && w.To < DateOf(now) {
				t.Errorf("%q at %v: bad window %+v", s, now, w)
			}
		}
	})
}

func BenchmarkParsePeriod(b *testing.B) {
	now := monday(b)
	for _, s := range []string{"завтра после шести можно?", "на следующей неделе во вторник или четверг с 10 до 12", "болит зуб под коронкой уже третий день"} {
		b.Run(s, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParsePeriod(s, now)
			}
		})
	}
}
