package demo

import (
	"bytes"
	"fmt"
	"net/http"
)

// page is everything as it is now; the stream goes on from there.
func (d *Demo) page(w http.ResponseWriter, r *http.Request) {
	s, err := d.scene(r.Context())
	if err != nil {
		d.broken(w, r, err)
		return
	}
	var body bytes.Buffer
	if err := pages.ExecuteTemplate(&body, "demo.html", d.view(s, d.reader(r), r.URL.Query().Get("dialog"))); err != nil {
		d.broken(w, r, fmt.Errorf("drawing the page: %w", err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Vary", "Accept-Language")
	_, _ = w.Write(body.Bytes()) // the browser has gone: nobody to tell
}

func (d *Demo) broken(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		d.Log.ErrorContext(r.Context(), "showing the demo", "error", err)
	}
	d.refuse(w, r, http.StatusInternalServerError, "failed")
}
