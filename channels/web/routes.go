package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

func (w *Web) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.page)
	for name, a := range w.assets {
		mux.Handle("GET /"+name, a)
	}
	mux.HandleFunc("POST /session", w.limited(w.session))
	mux.HandleFunc("POST /messages", w.limited(w.member(w.receive)))
	mux.HandleFunc("GET /events", w.limited(w.member(w.events)))
	mux.HandleFunc("GET /file", w.limited(w.member(w.file)))
	// Another site's page must not write in a chat whose cookie the browser would add.
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		refuse(rw, http.StatusForbidden, "origin", "requests from other sites are refused")
	}))
	return http.StripPrefix(strings.TrimSuffix(w.options.Path, "/"), w.headers(own.Handler(mux)))
}

// headers are strict: nothing inline, nothing from elsewhere, framed by the clinic's sites only.
func (w *Web) headers(next http.Handler) http.Handler {
	ancestors := strings.Join(append([]string{"'self'"}, w.options.Ancestors...), " ")
	policy := "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
		"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors " + ancestors
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(rw, r)
	})
}

// limited holds back an address that asks too much.
func (w *Web) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		if wait := w.guests.wait(w.options.ClientIP(r)); wait > 0 {
			tooMany(rw, wait)
			return
		}
		next(rw, r)
	}
}

func tooMany(rw http.ResponseWriter, wait time.Duration) {
	later(rw, wait)
	refuse(rw, http.StatusTooManyRequests, "too_many", "too many requests, try again after Retry-After")
}

// later sets Retry-After in whole seconds, at least one.
func later(rw http.ResponseWriter, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	rw.Header().Set("Retry-After", strconv.Itoa(max(seconds, 1)))
}

// refusal is the body of every refused request; Error is for the page, Message for engineers.
type refusal struct {
	Error   string `json:"error"`
	Message string `json:"message"`
}

func refuse(rw http.ResponseWriter, status int, code, message string) {
	answer(rw, status, refusal{code, message})
}

func answer(rw http.ResponseWriter, status int, body any) {
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	_ = json.NewEncoder(rw).Encode(body) // the browser has gone: nobody to tell
}

// broken answers a failure of ours: the page keeps its message and tries again.
func (w *Web) broken(rw http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		w.options.Log.ErrorContext(r.Context(), "web chat request failed", "route", r.Pattern, "error", err)
	}
	later(rw, 2*time.Second)
	refuse(rw, http.StatusServiceUnavailable, "unavailable", "try again")
}
