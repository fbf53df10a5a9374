package patients

import (
	"context"
	"errors"
	"slices"

	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/dialogs/words"
	"careline/store"
)

// twins are who may be the same person: of the same phone or name, or found by what is typed.
func (p *Pages) twins(q *page.Request) error {
	f := q.Form()
	query := f.Text("query", page.Max(100))
	var who store.Patient
	r := results{Asked: true}
	err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		if who, err = p.patient(q.Context(), tx, q, q.ID("id")); err != nil {
			return err
		}
		people, err := alike(q.Context(), tx, who, query)
		if err == nil {
			r.Lines, err = lines(q.Context(), tx, people, q.Now)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := q.Access.Listed(q.Context(), found, "", append(idsOf(r.Lines), who.ID)...); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Patients, q.Word("desk.patients.merge"), twinsPage(q, who, f, r))
}

func alike(ctx context.Context, tx store.Tx, who store.Patient, query string) (people []store.Patient, err error) {
	switch {
	case query != "":
		people, err = tx.FindPatients(ctx, query, mostFound)
	case who.FullName != "":
		if people, err = tx.FindPatients(ctx, who.FullName, mostFound); err != nil {
			return nil, err
		}
	}
	if query == "" && who.Phone != "" {
		phoned, err := tx.PatientsAt(ctx, []string{who.Phone})
		if err != nil {
			return nil, err
		}
		people = append(phoned, people...)
	}
	known := map[string]bool{who.ID: true}
	return slices.DeleteFunc(people, func(p store.Patient) bool {
		again := known[p.ID] || !p.ErasedAt.IsZero()
		known[p.ID] = true
		return again
	}), err
}

// pair are two cards beside each other.
type pair struct{ Own, Other *card }

// sameName: they may be one person by their names.
func (b pair) sameName() bool { return words.SameName(b.Own.FullName, b.Other.FullName) }

// clash: both cards tell something, and not the same.
func clash(own, other string) bool { return own != "" && other != "" && own != other }

// apart: the clinic's own system has a card of each.
func (b pair) apart() bool { return b.Own.External != "" && b.Other.External != "" }

func (p *Pages) compare(q *page.Request) error {
	own, other := q.ID("id"), q.ID("other")
	if own == other {
		return page.NotFound
	}
	var b pair
	err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		if b.Own, err = p.read(q.Context(), tx, q, own); err == nil {
			b.Other, err = p.read(q.Context(), tx, q, other)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := q.Access.Viewed(q.Context(), comparison, "", own, other); err != nil {
		return err
	}
	q.Use(p.assets)
	return q.Show(page.Patients, q.Word("desk.patients.merge"), comparePage(q, b))
}

// merge keeps one card of two; what only the other knows comes into it.
func (p *Pages) merge(q *page.Request) error {
	own, other := q.ID("id"), q.ID("other")
	f := q.Form()
	into := f.One("keep", own, other)
	if !f.Good() {
		return page.Malformed
	}
	from := other
	if into == other {
		from = own
	}
	err := p.Store.Tx(q.Context(), func(tx store.Tx) error {
		for _, id := range []string{from, into} {
			if _, err := p.patient(q.Context(), tx, q, id); err != nil {
				return err
			}
		}
		if err := p.humans.Merge(q.Context(), tx, from, into, q.Account.Name, q.Now); err != nil {
			return err
		}
		if err := q.Access.Audit(q.Context(), tx, merged, from, "patient/"+into); err != nil {
			return err
		}
		return q.Access.Audit(q.Context(), tx, merged, into, "patient/"+from)
	})
	if errors.Is(err, desk.ErrApart) {
		return page.Conflict("desk.patients.apart")
	}
	if err != nil {
		return err
	}
	q.Toast("desk.patients.merged")
	return q.Redirect(home + "/" + into)
}
