package page

import (
	"context"
	"net/http"
	"time"

	"careline/bot/access"

	"github.com/a-h/templ"
)

// Request is one visit to a page: who asks, in which language, and what the answer has beside its body.
type Request struct {
	*Desk
	W        http.ResponseWriter
	R        *http.Request
	Account  access.Account
	Language string
	Zone     *time.Location // of the practitioner's branch, or the clinic's main one
	Now      time.Time      // in Zone

	status int
	assets []*Assets
	live   string
	toasts []toast
	once   string
	form   *Form
}

// Context ends with the request.
func (q *Request) Context() context.Context { return q.R.Context() }

// ID is a piece of the path: {id} of the pattern.
func (q *Request) ID(name string) string { return q.R.PathValue(name) }

// May tells whether the account has the right.
func (q *Request) May(r access.Right) bool { return q.Account.May(r) }

// IsFragment tells that htmx asks for a part of a page.
func (q *Request) IsFragment() bool {
	h := q.R.Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") == "" && h.Get("HX-History-Restore-Request") == ""
}

// Use puts a page's own styles and scripts into the layout.
func (q *Request) Use(a ...*Assets) { q.assets = append(q.assets, a...) }

// Follow lets the page's live parts come from there (Stream).
func (q *Request) Follow(path string) { q.live = path }

// Show answers with the component in the layout of the section, or with the component alone when htmx asks.
func (q *Request) Show(in Section, title string, body templ.Component) error {
	if q.IsFragment() {
		return q.write(fragment(q, title, body))
	}
	return q.write(layout(q, in, title, body))
}

// Again is Show for a form that has errors.
func (q *Request) Again(in Section, title string, body templ.Component) error {
	q.status = http.StatusUnprocessableEntity
	return q.Show(in, title, body)
}

// Part answers with the component alone.
func (q *Request) Part(body templ.Component) error { return q.write(body) }

// Plain is a page without the bar: the login.
func (q *Request) Plain(title string, body templ.Component) error {
	return q.write(plain(q, title, body))
}

// Redirect sends the browser to a path of the desk, by GET.
func (q *Request) Redirect(path string) error {
	q.keepToasts()
	if q.R.Header.Get("HX-Request") == "true" {
		q.W.Header().Set("HX-Redirect", path)
		q.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(q.W, q.R, path, http.StatusSeeOther)
	return nil
}

// write draws the whole answer before the first byte goes, so that an error is still an error.
func (q *Request) write(c templ.Component) error {
	body, err := draw(q.Context(), c)
	if err != nil {
		return err
	}
	q.tellToasts()
	q.W.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.deliver(body)
	return nil
}
