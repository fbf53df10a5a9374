package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"

	"careline/channels"
)

// shownInline are types that a browser shows and never runs.
var shownInline = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

// file gives an attachment of the chat: a photo to be seen, all else to be saved.
func (w *Web) file(rw http.ResponseWriter, r *http.Request, _ *running, chat channels.Address) {
	if w.options.Files == nil {
		refuse(rw, http.StatusNotFound, "file", "no such file")
		return
	}
	f, body, err := w.options.Files.Open(r.Context(), chat.Chat, r.URL.Query().Get("ref"))
	if errors.Is(err, ErrNoFile) {
		refuse(rw, http.StatusNotFound, "file", "no such file")
		return
	}
	if err != nil {
		w.broken(rw, r, err)
		return
	}
	defer body.Close()
	h := rw.Header()
	disposition := "attachment"
	if slices.Contains(shownInline, f.MIME) {
		disposition = "inline"
		h.Set("Content-Type", f.MIME)
	} else {
		h.Set("Content-Type", "application/octet-stream")
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=86400")
	_, _ = io.Copy(rw, body) // the browser has gone: nobody to tell
}
