package figures

import (
	"math"
	"strings"
	"time"

	"careline/bot/numbers"
	"careline/bot/web/page"
)

// percent without digits that mean nothing; a dash when there is nothing to share.
func percent(q *page.Request, p numbers.Part) string {
	share, ok := p.Share()
	if !ok {
		return "—"
	}
	return shareText(q, share)
}

func shareText(q *page.Request, share float64) string {
	hundredths := share * 100
	if math.Abs(hundredths) < 10 {
		return q.Format().Number(math.Round(hundredths*10)/10) + " %"
	}
	return q.Format().Number(math.Round(hundredths)) + " %"
}

func number(q *page.Request, n int) string { return q.Format().Number(float64(n)) }

// tenths is the number with one digit.
func tenths(q *page.Request, x float64) string { return q.Format().Number(math.Round(x*10) / 10) }

// of is «8 из 10».
func of(q *page.Request, p numbers.Part) string {
	return q.Word("desk.figures.of", "count", number(q, p.Count), "of", number(q, p.Of))
}

// seconds as people say them: 0,4 с, 12 мин.
func seconds(q *page.Request, s numbers.Seconds) string {
	if s < 120 {
		return q.Word("stats.seconds", "n", tenths(q, float64(s)))
	}
	return q.Format().Duration(time.Duration(math.Round(float64(s)/60)) * time.Minute)
}

func interval(q *page.Request, i numbers.Interval) string {
	return q.Word("stats.interval", "low", strings.TrimSuffix(shareText(q, i.Low), " %"), "high", shareText(q, i.High))
}

// mean of ratings; a dash when there are none.
func mean(q *page.Request, r numbers.Ratings) string {
	if r.Given.Count == 0 {
		return "—"
	}
	return tenths(q, r.Mean)
}

// group is what people call a row of the table.
func group(q *page.Request, by numbers.By, name string) string {
	here := q.Clinic.In(q.Language)
	switch by {
	case numbers.ByPractitioner:
		if p := q.Clinic.Practitioner(name); p != nil {
			return here.Text(p.Name)
		}
	case numbers.ByBranch:
		if b := q.Clinic.Branch(name); b != nil {
			return here.Text(b.Title)
		}
	case numbers.ByService:
		if s := q.Clinic.Service(name); s != nil {
			return here.Text(s.Title)
		}
	case numbers.ByChannel:
		if name != "" {
			return q.Name("desk.room.channel", name)
		}
	case numbers.ByWeek:
		if day, err := time.ParseInLocation(time.DateOnly, name, q.Zone); err == nil {
			return q.Format().FullDate(day)
		}
	}
	if name == "" {
		return q.Word("stats.unknown")
	}
	return name
}

// period is «с 1 ноября 2026 по 30 ноября 2026».
func (a asked) period(q *page.Request) string {
	return q.Word("desk.figures.period", "from", q.Format().FullDate(a.From), "to", q.Format().FullDate(a.Last))
}

// aim is what the number should be, if anything.
func aim(q *page.Request, tile string) string {
	id := "desk.figures.goal." + tile
	if text := q.Word(id); text != id {
		return text
	}
	return ""
}
