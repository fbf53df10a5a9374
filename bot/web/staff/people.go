package staff

import (
	"context"
	"errors"
	"fmt"

	"careline/bot/access"
	"careline/bot/web/page"
)

func (p *Pages) list(q *page.Request) error {
	people, err := p.people.People(q.Context())
	if err != nil {
		return err
	}
	return q.Show(page.People, q.Word("desk.page.people"), everybody(q, people))
}

func (p *Pages) blank(q *page.Request) error {
	return q.Show(page.People, q.Word("desk.staff.add"), newcomer(q, page.NewForm(q, nil)))
}

func (p *Pages) add(q *page.Request) error {
	f := q.Form()
	a := p.read(q, f)
	a.Login = f.Text("login", page.Required, page.Max(100))
	if f.Good() {
		added, password, err := p.people.Add(q.Context(), a)
		if err == nil {
			return q.Show(page.People, q.Word("desk.staff.add"), given(q, added, password))
		}
		if !misfit(f, err) {
			return err
		}
	}
	return q.Again(page.People, q.Word("desk.staff.add"), newcomer(q, f))
}

// read is what the form says of an account, but for its login.
func (p *Pages) read(q *page.Request, f *page.Form) access.Account {
	roles := make([]string, 0, len(access.Roles()))
	for _, r := range access.Roles() {
		roles = append(roles, string(r))
	}
	a := access.Account{Name: f.Text("name", page.Required, page.Max(100)), Role: access.Role(f.One("role", roles...)),
		Practitioner: f.Values.Get("practitioner")}
	if a.Role == access.Practitioner && q.Clinic.Practitioner(a.Practitioner) == nil {
		f.Wrong("practitioner", "desk.staff.which")
	}
	return a
}

// misfit says beside a field why an account cannot be so; false = it is not the reader's fault.
func misfit(f *page.Form, err error) bool {
	switch {
	case errors.Is(err, access.ErrLoginTaken):
		f.Wrong("login", "desk.staff.taken")
	case errors.Is(err, access.ErrLastOwner):
		f.Wrong("role", "desk.staff.last_owner")
	case errors.Is(err, access.ErrMalformed):
		f.Wrong("login", "desk.staff.malformed")
	default:
		return false
	}
	return true
}

func (p *Pages) person(q *page.Request) error {
	who, err := p.people.Person(q.Context(), q.ID("id"))
	if err != nil {
		return err
	}
	return q.Show(page.People, who.Name, one(q, who, page.NewForm(q, nil)))
}

func (p *Pages) change(q *page.Request) error {
	who, err := p.people.Person(q.Context(), q.ID("id"))
	if err != nil {
		return err
	}
	f := q.Form()
	a := p.read(q, f)
	a.ID, a.Language = who.ID, who.Language
	if f.Good() {
		err := p.people.Change(q.Context(), a)
		if err == nil {
			q.Toast("desk.staff.saved")
			return q.Redirect("/desk/people/" + who.ID)
		}
		if !misfit(f, err) {
			return err
		}
	}
	return q.Again(page.People, who.Name, one(q, who, f))
}

func (p *Pages) givePassword(q *page.Request) error {
	who, err := p.people.Person(q.Context(), q.ID("id"))
	if err != nil {
		return err
	}
	password, err := p.people.GivePassword(q.Context(), who.ID)
	if err != nil {
		return err
	}
	return q.Show(page.People, who.Name, given(q, who.Account, password))
}

// act is a change of an account by one button; done is told afterwards.
func (p *Pages) act(change func(ctx context.Context, id string) error, done string) func(*page.Request) error {
	return func(q *page.Request) error {
		id := q.ID("id")
		err := change(q.Context(), id)
		if errors.Is(err, access.ErrLastOwner) {
			return page.Conflict("desk.staff.last_owner")
		}
		if err != nil {
			return fmt.Errorf("changing an account: %w", err)
		}
		q.Toast(done)
		return q.Redirect("/desk/people/" + id)
	}
}

// roles to choose from.
func roles(q *page.Request) (all []page.Option) {
	for _, r := range access.Roles() {
		all = append(all, page.Option{Value: string(r), Label: q.Word("desk.role." + string(r))})
	}
	return all
}

// practitioners to choose from; the first is nobody.
func practitioners(q *page.Request) []page.Option {
	all := []page.Option{{Label: "—"}}
	for _, p := range q.Clinic.Practitioners {
		all = append(all, page.Option{Value: p.ID, Label: q.Clinic.In(q.Language).Text(p.Name)})
	}
	return all
}
