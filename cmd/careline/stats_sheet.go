package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/folder"
	"careline/bot/numbers"
	"careline/locales"
	"careline/store"
)

// sheet puts a report into words.
type sheet struct {
	*folder.Folder
	language string
	format   *locales.Format
	here     *booking.Localized
}

func newSheet(f *folder.Folder, language string) *sheet {
	return &sheet{Folder: f, language: language, format: locales.FormatOf(language), here: f.Clinic.In(language)}
}

// word of locales, under stats.
func (s *sheet) word(id string, values ...string) string {
	text, err := s.Scripts.Catalogue().Text(s.language, "stats."+id, nil, locales.Values(values...))
	if err != nil {
		return id
	}
	return text
}

// named is the word for a name of the program's own; one that has none is shown as it is.
func (s *sheet) named(group, name string) string {
	if name == "" {
		return s.word("unknown")
	}
	if word := s.Scripts.Catalogue().Word(s.language, group+"."+name); word != "" {
		return word
	}
	return name
}

func (s *sheet) count(n int) string { return s.format.Number(float64(n)) }

// percent without digits that mean nothing.
func (s *sheet) percent(p numbers.Part) string {
	share, ok := p.Share()
	if !ok {
		return "—"
	}
	return s.share(share)
}

func (s *sheet) share(share float64) string {
	hundredths := share * 100
	if hundredths < 10 && hundredths > -10 {
		return s.format.Number(float64(int(hundredths*10+half(hundredths)))/10) + " %"
	}
	return s.format.Number(float64(int(hundredths+half(hundredths)))) + " %"
}

func half(x float64) float64 {
	if x < 0 {
		return -0.5
	}
	return 0.5
}

// part is «80 % (8 of 10)».
func (s *sheet) part(p numbers.Part) string {
	if p.Of == 0 {
		return "—"
	}
	return s.word("part", "share", s.percent(p), "count", s.count(p.Count), "of", s.count(p.Of))
}

// tenth rounds to one digit.
func tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }

func (s *sheet) date(t time.Time) string { return s.format.FullDate(t) }

// print shows one screen, or the table that was asked for.
func (s *sheet) print(w io.Writer, r *numbers.Report) {
	last := r.Until.Add(-time.Nanosecond)
	fmt.Fprintf(w, "%s\n\n", s.word("title", "clinic", s.here.Text(s.Clinic.Name), "from", s.date(r.From), "until", s.date(last)))
	switch {
	case r.Empty():
		fmt.Fprintln(w, s.word("empty"))
	case r.By == "":
		s.funnel(w, r.Funnel)
		s.rates(w, r)
		s.leaving(w, r.Questions)
		fmt.Fprintf(w, "%s\n", s.word("more"))
	default:
		s.table(w, r)
	}
}

func (s *sheet) funnel(w io.Writer, f numbers.Funnel) {
	fmt.Fprintln(w, s.word("funnel"))
	g := &grid{left: map[int]bool{4: true}}
	for i, name := range numbers.StepNames {
		step := f.Step(store.FunnelStep(i))
		share, _ := step.Share()
		of := ""
		if i > 0 && f[i-1] > 0 {
			of = s.word("of_before", "share", s.percent(numbers.Part{Count: f[i], Of: f[i-1]}))
		}
		g.add(s.word("step."+name), s.count(step.Count), s.percent(step), of, bar(share, 30))
	}
	g.print(w)
	fmt.Fprintln(w)
}

// rates are the lines below the funnel. One about nothing is left out.
func (s *sheet) rates(w io.Writer, r *numbers.Report) {
	g := &grid{left: map[int]bool{1: true}}
	line := func(about bool, id, text string) {
		if about {
			g.add(s.word(id), text)
		}
	}
	v, m, p := r.Visits, r.Messages, r.Patients
	line(v.All > 0, "visits", s.word("visits_are", "all", s.count(v.All), "came", s.count(v.Came), "noshow", s.count(v.NoShow),
		"cancelled", s.count(v.Cancelled), "open", s.count(v.Open)))
	line(v.Missed.Of > 0, "noshow", s.part(v.Missed))
	line(v.Confirmed.Of > 0, "confirmed", s.part(v.Confirmed))
	line(r.Ratings.Given.Count > 0, "rating", s.word("rating_is", "mean", s.format.Number(tenth(r.Ratings.Mean)), "high", s.percent(r.Ratings.High),
		"count", s.count(r.Ratings.Given.Count), "of", s.count(r.Ratings.Given.Of)))
	line(r.Links.Opened.Of > 0, "links", s.part(r.Links.Opened))
	line(r.Replies.Chats > 0, "reply", s.word("reply_is", "p50", s.seconds(r.Replies.P50), "p95", s.seconds(r.Replies.P95)))
	line(r.Tickets.Opened > 0, "tickets", s.word("tickets_are", "opened", s.count(r.Tickets.Opened), "part", s.part(r.Tickets.InTime)))
	line(r.Callbacks.Opened > 0, "callbacks", s.part(r.Callbacks.InTime))
	line(m.Planned > 0, "messages", s.word("messages_are", "sent", s.count(m.Sent), "of", s.count(m.Planned), "answered", s.percent(m.Answered), "stopped", s.percent(m.Stopped)))
	line(m.Recall.Sent > 0, "recall", s.word("recall_is", "sent", s.count(m.Recall.Sent), "booked", s.count(m.Recall.Booked.Count), "came", s.count(m.Recall.Came.Count)))
	line(p.Visits() > 0, "patients", s.word("patients_are", "new", s.count(p.New), "half", s.count(p.HalfYear),
		"year", s.count(p.Year), "longer", s.count(p.Longer)))
	line(p.Returned.Of > 0, "returned", s.part(p.Returned))
	line(p.PerYear > 0, "per_year", s.format.Number(tenth(p.PerYear)))
	if len(g.rows) > 0 {
		g.print(w)
		fmt.Fprintln(w)
	}
}

func (s *sheet) seconds(n numbers.Seconds) string {
	return s.word("seconds", "n", s.format.Number(tenth(float64(n))))
}

// fewest matters in which a question was put, for it to be named on the first screen.
const fewest = 5

// leaving names the questions after which most people who had begun to talk said nothing more.
func (s *sheet) leaving(w io.Writer, questions []numbers.Question) {
	g := &grid{}
	for _, q := range questions {
		if len(g.rows) < 3 && !q.Ours && q.Left.Count > 0 && q.Left.Of >= fewest {
			g.add(s.question(q), s.part(q.Left))
		}
	}
	if len(g.rows) > 0 {
		fmt.Fprintln(w, s.word("leaving"))
		g.print(w)
		fmt.Fprintln(w)
	}
}

// question is the dialog's title and the state.
func (s *sheet) question(q numbers.Question) string { return s.dialog(q.Dialog) + " · " + q.State }

func (s *sheet) dialog(name string) string {
	if d := s.Scripts.Dialogs[name]; d != nil && d.Title != "" && s.language == s.Clinic.Languages[0] {
		return strings.TrimSpace(d.Title)
	}
	return name
}
