package demo

import (
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"careline/bot/web/picture"
)

//go:embed assets/*
var assets embed.FS

const maxBody = 16 << 10 // bytes of a form

// policy lets in nothing inline and nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (d *Demo) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /demo/{$}", d.page)
	mux.HandleFunc("GET /demo/events", d.events)
	mux.HandleFunc("POST /demo/clock", d.moveClock)
	for _, name := range []string{"demo.css", "demo.js"} {
		body, err := fs.ReadFile(assets, "assets/"+name)
		if err != nil {
			panic(err) // part of the program
		}
		mux.HandleFunc("GET /demo/"+name, file(name, body))
	}
	mux.HandleFunc("GET /demo/picture.css", file("picture.css", picture.Style))
	own := http.NewCrossOriginProtection().Handler(mux) // nobody else's page moves the clock or writes to patients
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		own.ServeHTTP(w, r)
	})
}

func file(name string, body []byte) http.HandlerFunc {
	kind := mime.TypeByExtension(path.Ext(name))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(body) // the browser has gone: nobody to tell
	}
}

// refuse says why not, in the reader's language.
func (d *Demo) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	http.Error(w, d.reader(r).T("refused."+why), status)
}
