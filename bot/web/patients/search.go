package patients

import (
	"cmp"
	"context"
	"slices"
	"time"

	"careline/bot/web/page"
	"careline/store"
)

// mostFound is how many a search shows; who is not among them is found by another letter.
const mostFound = 30

// line is a patient in a list.
type line struct {
	store.Patient
	Channels []string  // that they write in
	Called   string    // as a messenger calls them
	Last     time.Time // visit; zero = none
	Next     time.Time
	Branch   string // of Last or Next
}

// results of a search.
type results struct {
	Asked  bool
	Lines  []line
	More   bool
	Lately *lately // before anything is asked
}

// search is the page, and what was found. What is looked for comes in the body: addresses are kept by too many.
func (p *Pages) search(q *page.Request) error {
	q.Use(p.assets)
	f := q.Form()
	query := f.Text("query", page.Max(100))
	r := results{Asked: query != ""}
	if r.Asked && f.Good() {
		err := p.Store.Read(q.Context(), func(tx store.Tx) error {
			people, err := tx.FindPatients(q.Context(), query, mostFound+1)
			if err != nil {
				return err
			}
			r.More = len(people) > mostFound
			r.Lines, err = lines(q.Context(), tx, people[:min(len(people), mostFound)], q.Now)
			return err
		})
		if err != nil {
			return err
		}
		if err := q.Access.Listed(q.Context(), found, "", idsOf(r.Lines)...); err != nil {
			return err
		}
	}
	if !r.Asked {
		var err error
		if r.Lately, err = p.readLately(q); err != nil {
			return err
		}
		if err := q.Access.Listed(q.Context(), found, "", r.Lately.all()...); err != nil {
			return err
		}
	}
	if q.IsFragment() && q.R.Method == "POST" {
		return q.Part(foundPart(q, r))
	}
	return q.Show(page.Patients, q.Word("desk.page.patients"), searchPage(q, f, r))
}

// lines are the patients as lists show them.
func lines(ctx context.Context, tx store.Tx, people []store.Patient, now time.Time) ([]line, error) {
	all, ids, place := make([]line, len(people)), make([]string, len(people)), map[string]*line{}
	for i, p := range people {
		all[i], ids[i] = line{Patient: p}, p.ID
		place[p.ID] = &all[i]
	}
	visits, err := tx.AppointmentsOf(ctx, ids, time.Unix(0, 0), now.AddDate(2, 0, 0))
	if err != nil {
		return nil, err
	}
	for _, a := range visits {
		l := place[a.PatientID]
		switch {
		case !counts(a.Status):
		case a.Start.Before(now):
			l.Last, l.Branch = a.Start, a.Branch
		case l.Next.IsZero():
			l.Next, l.Branch = a.Start, a.Branch
		}
	}
	reach, err := tx.Reach(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, r := range reach {
		l := place[r.PatientID]
		if !r.Own {
			continue
		}
		l.Called = cmp.Or(l.Called, r.Name)
		l.Phone = cmp.Or(l.Phone, r.Contact.Phone)
		if !slices.Contains(l.Channels, r.Channel) {
			l.Channels = append(l.Channels, r.Channel)
		}
	}
	return all, nil
}

// counts: the visit took place, or is to.
func counts(status string) bool {
	return status != store.StatusCancelled && status != store.StatusNoShow && status != store.StatusError
}

func idsOf(list []line) []string {
	ids := make([]string, len(list))
	for i, l := range list {
		ids[i] = l.ID
	}
	return ids
}
