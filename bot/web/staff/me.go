package staff

import (
	"errors"

	"careline/bot/access"
	"careline/bot/web/page"
)

func (p *Pages) me(q *page.Request) error {
	return p.showMe(q, page.NewForm(q, nil), page.NewForm(q, nil), false)
}

// showMe shows the reader's own account; password and codes are the forms on it.
func (p *Pages) showMe(q *page.Request, password, codes *page.Form, again bool) error {
	me, err := p.people.Person(q.Context(), q.Account.ID)
	if err != nil {
		return err
	}
	sessions, err := p.people.Sessions(q.Context())
	if err != nil {
		return err
	}
	body := mine(q, me, sessions, password, codes)
	if again {
		return q.Again(page.Nowhere, q.Word("desk.page.me"), body)
	}
	return q.Show(page.Nowhere, q.Word("desk.page.me"), body)
}

func (p *Pages) changePassword(q *page.Request) error {
	f := q.Form()
	password := twice(f)
	if f.Good() {
		err := p.people.Repassword(q.Context(), f.Values.Get("old"), password)
		field := "password"
		if weak := (*access.WeakError)(nil); !errors.As(err, &weak) {
			field = "old"
		}
		switch {
		case err == nil:
			q.Toast("desk.password.changed")
			return q.Redirect("/desk/me")
		case !wrong(q, f, field, err):
			return err
		}
	}
	return p.showMe(q, f, page.NewForm(q, nil), true)
}

// offerCodes shows the secret that the telephone is to have; the password is asked for first.
func (p *Pages) offerCodes(q *page.Request) error {
	f := q.Form()
	if err := p.people.Confirm(q.Context(), f.Values.Get("confirm")); err != nil {
		if !wrong(q, f, "confirm", err) {
			return err
		}
		return p.showMe(q, page.NewForm(q, nil), f, true)
	}
	offer, err := p.people.Offer(q.Context(), p.clinic(q))
	if err != nil {
		return err
	}
	return p.enrol(q, page.NewForm(q, nil), offer)
}

func (p *Pages) clinic(q *page.Request) string { return q.Clinic.In(q.Language).Text(q.Clinic.Name) }

func (p *Pages) enrol(q *page.Request, f *page.Form, offer access.Enrolment) error {
	picture, err := offer.Picture()
	if err != nil {
		return err
	}
	if !f.Good() {
		return q.Again(page.Nowhere, q.Word("desk.codes.title"), enrolment(q, f, offer, picture))
	}
	return q.Show(page.Nowhere, q.Word("desk.codes.title"), enrolment(q, f, offer, picture))
}

func (p *Pages) codesOn(q *page.Request) error {
	f := q.Form()
	offer, err := p.people.Resume(q.Context(), p.clinic(q), f.Values.Get("sealed"))
	if errors.Is(err, access.ErrStage) {
		return page.Malformed
	}
	if err != nil {
		return err
	}
	code := f.Text("code", page.Required)
	if !f.Good() {
		return p.enrol(q, f, offer)
	}
	codes, err := p.people.Enrol(q.Context(), offer, code)
	if err != nil {
		if !wrong(q, f, "code", err) {
			return err
		}
		return p.enrol(q, f, offer)
	}
	return q.Show(page.Nowhere, q.Word("desk.codes.title"), recovery(q, codes))
}

func (p *Pages) codesOff(q *page.Request) error {
	f := q.Form()
	err := p.people.Confirm(q.Context(), f.Values.Get("confirm"))
	if err == nil {
		err = p.people.Codeless(q.Context(), q.Account.ID)
	}
	if err != nil {
		if !wrong(q, f, "confirm", err) {
			return err
		}
		return p.showMe(q, page.NewForm(q, nil), f, true)
	}
	q.Toast("desk.codes.off")
	return q.Redirect("/desk/me")
}
