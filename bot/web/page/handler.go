package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"careline/bot/access"
)

const (
	loginPath  = "/desk/login"
	backField  = "back"
	whyField   = "why"
	askWithin  = 20 * time.Second // an answer, but for live parts
	defaultKiB = 64               // of a body
)

// policy lets in nothing inline and nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors "

// Handler serves the routes under /desk/, and what every desk has: its assets, the way home, the live bar.
func Handler(d Desk, routes ...Route) http.Handler {
	h := &handler{Desk: d, mux: http.NewServeMux()}
	for _, r := range append(h.shared(), routes...) {
		h.mux.Handle(r.Pattern, h.route(r))
	}
	h.mux.Handle("/desk/", h.route(Route{Needs: access.SignedIn, Handle: func(*Request) error { return NotFound }}))
	return h.guard(d.Access.Handler(h.mux))
}

// shared are the routes that Handler serves beside those it is given.
func (h *handler) shared() []Route {
	return append(append(shared.Routes(), vendor.Routes()...),
		Route{Pattern: "GET /desk/{$}", Needs: access.SignedIn, Handle: home},
		Route{Pattern: "GET " + livePath, Needs: access.SignedIn, Handle: barOnly})
}

type handler struct {
	Desk
	mux *http.ServeMux
}

// guard is what holds for every answer, also for those that no route gives.
func (h *handler) guard(next http.Handler) http.Handler {
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := h.request(w, r, access.Account{})
		q.fail(&Problem{Status: http.StatusForbidden, Word: "desk.page.origin"})
	}))
	protected := own.Handler(next)
	ancestors, frames := "'none'", "DENY"
	if h.Framed {
		ancestors, frames = "'self'", "SAMEORIGIN"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy+ancestors)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", frames)
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		head.Set("X-Robots-Tag", "noindex")
		head.Set("Cache-Control", "no-store")
		protected.ServeHTTP(w, r)
	})
}

// route lets in whoever may, and answers for what the handler could not.
func (h *handler) route(route Route) http.Handler {
	limit := max(route.MaxKiB, defaultKiB) << 10
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		if !strings.HasSuffix(r.URL.Path, "/live") {
			ctx, cancel := context.WithTimeout(r.Context(), askWithin)
			defer cancel()
			r = r.WithContext(ctx)
		}
		account, in := access.From(r.Context())
		q := h.request(w, r, account)
		switch {
		case route.Public:
			q.run(route.Handle)
		case !in:
			q.toLogin()
		case !q.May(route.Needs):
			q.fail(Forbidden)
		default:
			q.run(route.Handle)
		}
	})
}

func (h *handler) request(w http.ResponseWriter, r *http.Request, a access.Account) *Request {
	q := &Request{Desk: &h.Desk, W: w, R: r, Account: a, Zone: h.zone(a)}
	q.Language = h.speaks(a.Language, r.Header.Get("Accept-Language"))
	q.Now = h.Clock.Now().In(q.Zone)
	return q
}

// zone of the account: where the practitioner works, else the main branch.
func (d *Desk) zone(a access.Account) *time.Location {
	if p := d.Clinic.Practitioner(a.Practitioner); p != nil {
		for _, b := range d.Clinic.Branches {
			if p.Works[b.ID] != nil {
				return b.Zone
			}
		}
	}
	return d.Clinic.Branches[0].Zone
}

// run answers, whatever the handler does.
func (q *Request) run(handle func(*Request) error) {
	defer func() {
		if broken := recover(); broken != nil {
			if broken == http.ErrAbortHandler {
				panic(broken)
			}
			q.fail(fmt.Errorf("panic: %T\n%s", broken, debug.Stack()))
		}
	}()
	err := q.parse()
	if err == nil {
		err = handle(q)
	}
	if err != nil {
		q.fail(err)
	}
}

// fail tells the reader what they may know of the error, and the log the rest under an id.
func (q *Request) fail(err error) {
	if errors.Is(err, context.Canceled) && q.R.Context().Err() != nil {
		return // nobody waits for the answer
	}
	p, id := problem(err), ""
	if p == broken {
		id = q.IDs()
		q.Log.ErrorContext(q.Context(), "a page of the desk is broken", "id", id, "page", q.R.Pattern, "error", err)
	}
	q.status = p.Status
	text := q.Word(p.Word, p.Vars...)
	if q.IsFragment() {
		q.toasts = []toast{{Text: text, Bad: true}}
		q.W.Header().Set("HX-Reswap", "none")
		_ = q.write(nothing())
		return
	}
	title := q.Word("desk.page.sorry")
	show := func() error { return q.Show(Nowhere, title, sorry(q, text, id)) }
	if q.Account.ID == "" {
		show = func() error { return q.Plain(title, sorry(q, text, id)) }
	}
	if err := show(); err != nil {
		q.Log.ErrorContext(q.Context(), "the page of an error is broken", "error", err)
		http.Error(q.W, text, p.Status)
	}
}

// toLogin sends whoever is not signed in to the login, with the way back. What they were writing stays in their browser.
func (q *Request) toLogin() {
	back := q.R.URL.RequestURI()
	if from, err := url.Parse(q.R.Header.Get("HX-Current-URL")); err == nil && q.IsFragment() {
		back = from.RequestURI()
	} else if q.R.Method != http.MethodGet {
		back = "/desk/"
		if form, err := url.Parse(q.R.Referer()); err == nil && form.Host == q.R.Host {
			back = form.RequestURI()
		}
	}
	asked := url.Values{backField: {back}}
	if q.IsFragment() {
		asked.Set(whyField, Ended)
	}
	login := loginPath + "?" + asked.Encode()
	switch {
	case q.IsFragment():
		q.W.Header().Set("HX-Trigger", "careline:expired")
		q.W.Header().Set("HX-Redirect", login)
		q.W.WriteHeader(http.StatusUnauthorized)
	case strings.Contains(q.R.Header.Get("Accept"), "text/event-stream"):
		q.W.WriteHeader(http.StatusUnauthorized)
	default:
		http.Redirect(q.W, q.R, login, http.StatusSeeOther)
	}
}

// Ended is why somebody is at the login who has been signed in before: Why of the request.
const Ended = "ended"

// Why somebody is at the login: Ended, or empty.
func (q *Request) Why() string { return q.R.URL.Query().Get(whyField) }

// Back is the page of the desk to go to after the login.
func Back(asked string) string {
	u, err := url.Parse(asked)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(path.Clean(u.Path), "/desk/") || strings.Contains(asked, "\\") {
		return "/desk/"
	}
	return u.RequestURI()
}
