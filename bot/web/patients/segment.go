package patients

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"
	"time"

	"careline/bot/intake"
	"careline/bot/web/page"
	"careline/store"
)

const perPage = 50

// chosen is the segment that the form asks for.
func (p *Pages) chosen(q *page.Request, f *page.Form) store.Segment {
	s := store.Segment{
		Tag: tidy(f.Text("tag", page.Max(100))), Source: f.Text("source", page.Max(100)),
		Service: f.One("service", append(p.Clinic.ServiceIDs(), "")...), Channel: f.One("channel", append(p.channels(), "")...),
	}
	if f.Values.Get("away") != "" {
		s.NotSince = q.Now.AddDate(0, 0, -f.Int("away", 1, 36500))
	}
	return s
}

func (p *Pages) channels() (ids []string) {
	for _, c := range p.Channels {
		ids = append(ids, string(c.ID()))
	}
	return ids
}

// segment lists who has something in common.
func (p *Pages) segment(q *page.Request) error {
	q.Use(p.assets)
	f, l := q.Form(), segmented{}
	if q.R.Method == http.MethodPost {
		s := p.chosen(q, f)
		if !f.Good() {
			return q.Again(page.Patients, q.Word("desk.patients.segment"), segmentPage(q, p, f, l))
		}
		err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
			l, err = segmentAfter(q.Context(), tx, s, f.Values.Get("after"), q.Now)
			return err
		})
		if err != nil {
			return err
		}
		if err := q.Access.Listed(q.Context(), found, "", idsOf(l.Lines)...); err != nil {
			return err
		}
	}
	return q.Show(page.Patients, q.Word("desk.patients.segment"), segmentPage(q, p, f, l))
}

// segmented is a page of a segment.
type segmented struct {
	results
	After string // the last id, when there are more
}

func segmentAfter(ctx context.Context, tx store.Tx, s store.Segment, after string, now time.Time) (segmented, error) {
	people, err := tx.PatientsIn(ctx, s, after, perPage+1)
	if err != nil {
		return segmented{}, err
	}
	l := segmented{results: results{Asked: true, More: len(people) > perPage}}
	people = people[:min(len(people), perPage)]
	if l.More {
		l.After = people[perPage-1].ID
	}
	l.Lines, err = lines(ctx, tx, people, now)
	return l, err
}

// csv is the whole segment as a file.
func (p *Pages) csv(q *page.Request) error {
	s := p.chosen(q, q.Form())
	if !q.Form().Good() {
		return page.Malformed
	}
	download(q, "text/csv; charset=utf-8", "patients.csv")
	_, err := q.W.Write([]byte("\uFEFF")) // or a spreadsheet takes it for another alphabet
	table := csv.NewWriter(q.W)
	table.Comma = ';'
	if err == nil {
		err = table.Write(heads(q))
	}
	for after, more := "", true; more && err == nil; {
		var l segmented
		err = p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
			l, err = segmentAfter(q.Context(), tx, s, after, q.Now)
			return err
		})
		if err == nil {
			err = q.Access.Viewed(q.Context(), listed, "", idsOf(l.Lines)...)
		}
		for _, one := range l.Lines {
			if err == nil {
				err = table.Write(cells(q, one))
			}
		}
		after, more = l.After, l.More
	}
	table.Flush()
	if err != nil || table.Error() != nil { // a part of it is on its way: the browser must not take it for the whole
		q.Log.WarnContext(q.Context(), "a list of patients was not written to its end", "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func download(q *page.Request, kind, name string) {
	q.W.Header().Set("Content-Type", kind)
	q.W.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}

func heads(q *page.Request) (row []string) {
	for _, id := range []string{"id", "external", "name", "phone", "birth", "tags", "messengers", "last_visit", "next_visit"} {
		row = append(row, q.Word("desk.patients."+id))
	}
	return row
}

func cells(q *page.Request, l line) []string {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(zoneOf(q, l.Branch)).Format(time.DateOnly)
	}
	row := []string{l.ID, l.External, l.FullName, l.Phone, l.Birth, strings.Join(l.Tags, ", "), strings.Join(l.Channels, ", "), day(l.Last), day(l.Next)}
	for i := range row {
		row[i] = intake.Harmless(row[i])
	}
	return row
}
