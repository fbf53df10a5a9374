// Package web serves HTTP: the channels' own pages and webhooks, the documents behind consents, the links behind
// buttons, health and metrics.
package web

import (
	"html/template"
	"log/slog"
	"net/http"
	"strings"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/runner"
	"careline/channels"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Parts are what the pages show.
type Parts struct {
	Store    store.Store
	Channels []channels.Channel
	Clinic   *booking.Clinic
	Gatherer prometheus.Gatherer
	Clock    clock.Clock
	Words    channels.Words
	// Working: the database has the schema, and what comes in is taken and answered.
	Working func() bool
	Log     *slog.Logger
}

// Handler serves everything but the demo.
func Handler(p Parts) *http.ServeMux {
	mux := http.NewServeMux()
	for _, c := range p.Channels {
		if pages, ok := c.(channels.Pages); ok {
			mux.Handle(pages.Path(), pages)
		}
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", p.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(p.Gatherer, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /documents/{kind}", p.document)
	mux.HandleFunc("GET "+runner.GoPath+"{id...}", p.open)
	return mux
}

var documentPage = template.Must(template.New("document").Parse(`<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title><style>body{font:17px/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1d2b2a;background:#fbfaf7}
p{white-space:pre-line}small{color:#667}@media(prefers-color-scheme:dark){body{color:#e6ece9;background:#141a19}}</style></head>
<body><main><p>{{.Text}}</p><small>{{.Version}}</small></main></body></html>
`))

// document shows the text that a consent is given to.
func (p Parts) document(w http.ResponseWriter, r *http.Request) {
	kind, language := r.PathValue("kind"), r.URL.Query().Get("lang")
	doc := p.Clinic.Consent(kind)
	if doc == nil {
		http.NotFound(w, r)
		return
	}
	text := p.Clinic.In(language).Text(doc.Words)
	title, _, _ := strings.Cut(text, "\n")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	err := documentPage.Execute(w, map[string]string{"Language": language, "Title": title, "Text": text, "Version": doc.Version})
	if err != nil {
		p.Log.Warn("writing a document", "kind", kind, "error", err)
	}
}
