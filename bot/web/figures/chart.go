package figures

import (
	"fmt"
	"math"
	"strings"
	"time"

	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/store"
)

// Sizes of a chart in pixels.
const (
	chartWidth  = 620
	chartHeight = 190
	plotLeft    = 44
	plotTop     = 12
	plotBottom  = 160
	labelRoom   = 52 // of a week's date
)

// chart is a picture of the weeks, with every coordinate.
type chart struct {
	Title, About string // About tells in words what is to be seen
	Lines        []gridline
	Bars         []bar
	Path         string // of a line; empty = none
	Dots         []dot
	Goal         string // y of the goal's line; empty = none
	Labels       []label
}

type gridline struct{ Y, Text string }

type bar struct{ X, Y, Width, Height, Class, Title string }

type dot struct{ X, Y, Title string }

type label struct{ X, Text string }

// week is what the charts show of one.
type week struct {
	Day     time.Time
	Began   int
	Booked  int
	Missed  numbers.Part
	Ratings numbers.Ratings
}

func weeksOf(q *page.Request, r *numbers.Report) (all []week) {
	for _, g := range r.Groups {
		day, err := time.ParseInLocation(time.DateOnly, g.Name, q.Zone)
		if err != nil || g.Funnel == nil {
			continue
		}
		all = append(all, week{day, g.Funnel.Started(), g.Funnel[store.BookedVisit], g.Visits.Missed, g.Ratings})
	}
	return all
}

// px is a coordinate.
func px(x float64) string { return fmt.Sprintf("%.1f", x) }

// x of the middle of a week.
func x(i, of int) float64 {
	return plotLeft + (float64(i)+.5)*(chartWidth-plotLeft)/float64(of)
}

// y of a value out of the greatest.
func y(value, top float64) float64 { return plotBottom - value/top*(plotBottom-plotTop) }

// nice is the least round number that is not less: 1, 2, 5, 10, 20, 50 …
func nice(most float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(math.Max(most, 1))))
	for _, n := range []float64{1, 2, 5, 10} {
		if n*step >= most {
			return n * step
		}
	}
	return 10 * step
}

// began is the chart of those who began to talk and those of them who booked.
func began(q *page.Request, weeks []week) chart {
	most, all, booked := 0, 0, 0
	for _, w := range weeks {
		most, all, booked = max(most, w.Began), all+w.Began, booked+w.Booked
	}
	top := math.Max(nice(float64(most)), 2)
	c := chart{Title: q.Word("desk.figures.chart.began"), About: q.Word("desk.figures.chart.began_about", "began", number(q, all), "booked", number(q, booked))}
	c.grid(top, func(v float64) string { return q.Format().Number(v) })
	c.labels(q, weeks)
	width := math.Min(22, (chartWidth-plotLeft)/float64(len(weeks))*.38)
	for i, w := range weeks {
		at := q.Format().FullDate(w.Day)
		c.bar(x(i, len(weeks))-width, width, float64(w.Began)/top, "began", at+": "+q.Count("desk.figures.began", w.Began))
		c.bar(x(i, len(weeks)), width, float64(w.Booked)/top, "booked", at+": "+q.Count("desk.figures.booked", w.Booked))
	}
	return c
}

// missedVisits is the chart of those who did not come.
func missedVisits(q *page.Request, weeks []week) chart {
	most, all := .2, numbers.Part{}
	for _, w := range weeks {
		share, _ := w.Missed.Share()
		most = math.Max(most, share)
		all.Count, all.Of = all.Count+w.Missed.Count, all.Of+w.Missed.Of
	}
	top := nice(most*100) / 100
	c := chart{
		Title: q.Word("desk.figures.chart.missed"), About: q.Word("desk.figures.chart.missed_about", "share", percent(q, all), "goal", shareText(q, noShowGoal)),
		Goal: px(y(noShowGoal, top)),
	}
	c.grid(top, func(v float64) string { return shareText(q, v) })
	c.labels(q, weeks)
	var path strings.Builder
	next := "M"
	for i, w := range weeks {
		share, ok := w.Missed.Share()
		if !ok {
			next = "M" // a week without visits breaks the line
			continue
		}
		d := dot{px(x(i, len(weeks))), px(y(share, top)), q.Format().FullDate(w.Day) + ": " + percent(q, w.Missed) + ", " + of(q, w.Missed)}
		c.Dots = append(c.Dots, d)
		path.WriteString(next + d.X + " " + d.Y)
		next = "L"
	}
	c.Path = path.String()
	return c
}

func (c *chart) bar(at, width, share float64, class, title string) {
	height := share * (plotBottom - plotTop)
	c.Bars = append(c.Bars, bar{px(at), px(plotBottom - height), px(width), px(height), class, title})
}

// grid has a line at nothing, the half and the whole.
func (c *chart) grid(top float64, text func(float64) string) {
	for _, v := range []float64{0, top / 2, top} {
		c.Lines = append(c.Lines, gridline{px(y(v, top)), text(v)})
	}
}

// labels name as many weeks as there is room for.
func (c *chart) labels(q *page.Request, weeks []week) {
	every := 1 + len(weeks)*labelRoom/(chartWidth-plotLeft)
	for i := 0; i < len(weeks); i += every {
		c.Labels = append(c.Labels, label{px(x(i, len(weeks))), weeks[i].Day.Format("02.01")})
	}
}
