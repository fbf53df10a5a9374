package staff

import (
	"errors"
	"net/http"
	"strconv"

	"careline/bot/access"
	"careline/bot/web/page"

	"github.com/a-h/templ"
)

// showLogin asks for whatever is still missing.
func (p *Pages) showLogin(q *page.Request) error {
	back := page.Back(q.R.URL.Query().Get("back"))
	if q.Account.ID != "" {
		return q.Redirect(back)
	}
	return p.ask(q, page.NewForm(q, nil), p.people.Stage(q.Context()), back)
}

// ask shows the form of the stage.
func (p *Pages) ask(q *page.Request, f *page.Form, stage access.Stage, back string) error {
	var form templ.Component
	switch stage {
	case access.NeedsCode:
		form = codeForm(q, f, back)
	case access.NeedsOwn:
		form = chooseForm(q, f, back)
	default:
		form = loginForm(q, f, back)
	}
	return q.Plain(q.Word("desk.login.title"), form)
}

func (p *Pages) login(q *page.Request) error {
	f := q.Form()
	login := f.Text("login", page.Required)
	password := f.Values.Get("password")
	if password == "" {
		f.Wrong("password", "desk.page.required")
	}
	if !f.Good() {
		return p.again(q, f, access.Outside)
	}
	stage, err := p.people.SignIn(q.Context(), login, password)
	return p.next(q, f, "password", stage, err)
}

func (p *Pages) code(q *page.Request) error {
	f := q.Form()
	code := f.Text("code", page.Required)
	if !f.Good() {
		return p.again(q, f, access.NeedsCode)
	}
	stage, err := p.people.Code(q.Context(), code)
	return p.next(q, f, "code", stage, err)
}

func (p *Pages) choose(q *page.Request) error {
	f := q.Form()
	password := twice(f)
	if !f.Good() {
		return p.again(q, f, access.NeedsOwn)
	}
	stage, err := p.people.Choose(q.Context(), password)
	return p.next(q, f, "password", stage, err)
}

// twice is the new password of the form; typed otherwise the second time it is wrong.
func twice(f *page.Form) string {
	password := f.Values.Get("password")
	if password == "" {
		f.Wrong("password", "desk.page.required")
	} else if password != f.Values.Get("again") {
		f.Wrong("again", "desk.password.differs")
	}
	return password
}

// next goes on to the stage, or tells beside the field why not.
func (p *Pages) next(q *page.Request, f *page.Form, field string, stage access.Stage, err error) error {
	if errors.Is(err, access.ErrStage) {
		q.Toast("desk.login.begin")
		return q.Redirect("/desk/login")
	}
	if err != nil {
		if !wrong(q, f, field, err) {
			return err
		}
		return p.again(q, f, stage)
	}
	back := page.Back(f.Values.Get("back"))
	if stage == access.In {
		if err := p.people.KnowAgain(q.Context(), q.W); err != nil {
			return err
		}
		return q.Redirect(back)
	}
	return p.ask(q, page.NewForm(q, nil), stage, back)
}

func (p *Pages) again(q *page.Request, f *page.Form, stage access.Stage) error {
	if q.W.Header().Get("Retry-After") == "" {
		q.Refuse(http.StatusUnprocessableEntity)
	}
	return p.ask(q, f, stage, page.Back(f.Values.Get("back")))
}

// wrong says beside the field what is wrong; false = it is not the reader's fault.
func wrong(q *page.Request, f *page.Form, field string, err error) bool {
	var locked *access.LockedError
	var weak *access.WeakError
	switch {
	case errors.As(err, &locked):
		seconds := max(1, int(locked.Until.Sub(q.Now).Seconds()+1))
		q.W.Header().Set("Retry-After", strconv.Itoa(seconds))
		q.Refuse(http.StatusTooManyRequests)
		if seconds < 60 {
			f.Errors[field] = q.Count("desk.login.locked_seconds", seconds)
		} else {
			f.Errors[field] = q.Count("desk.login.locked", (seconds+59)/60)
		}
	case errors.As(err, &weak):
		f.Wrong(field, "desk.password."+string(weak.Why), "n", access.ShortestPassword)
	case errors.Is(err, access.ErrWrong):
		f.Wrong(field, "desk.login.wrong_"+field)
	case errors.Is(err, access.ErrDisabled):
		f.Wrong(field, "desk.login.disabled")
	case errors.Is(err, access.ErrExpired):
		f.Wrong(field, "desk.login.expired")
	default:
		return false
	}
	return true
}

func (p *Pages) logout(q *page.Request) error {
	if err := p.people.SignOut(q.Context()); err != nil {
		return err
	}
	q.W.Header().Set("Clear-Site-Data", `"cache"`)
	return q.Redirect("/desk/login")
}

func (p *Pages) speak(q *page.Request) error {
	f := q.Form()
	if language := f.One("language", q.Scripts.Catalogue().Languages()...); f.Good() {
		if err := p.people.Speak(q.Context(), language); err != nil {
			return err
		}
	}
	return q.Redirect(page.Back(f.Values.Get("back")))
}
