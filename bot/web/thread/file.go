package thread

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/store"
)

// pictures are what a browser shows without running anything.
var pictures = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

// file shows a picture of the chat, or lets anything else be downloaded.
func (p *Pages) file(q *page.Request) error {
	ctx, contact := q.Context(), q.ID("contact")
	line, err := strconv.ParseInt(q.ID("line"), 10, 64)
	n, wrongToo := strconv.Atoi(q.ID("n"))
	if err != nil || wrongToo != nil {
		return page.NotFound
	}
	c := &chat{}
	if err := p.Store.Read(ctx, func(tx store.Tx) error { return p.readPeople(ctx, tx, c, contact) }); err != nil {
		return err
	}
	f, body, err := p.attached.Open(ctx, contact, line, n)
	switch {
	case errors.Is(err, desk.ErrNoFile), errors.Is(err, desk.ErrErased):
		return &page.Problem{Status: http.StatusNotFound, Word: "desk.thread.wrong.no_file"}
	case errors.Is(err, desk.ErrTooBig), errors.Is(err, desk.ErrOff):
		return tell(q, err)
	case err != nil:
		return err
	}
	defer body.Close()
	if err := q.Access.Viewed(ctx, FileSeen, "chat/"+contact, c.patient.ID); err != nil {
		return err
	}
	h := q.W.Header()
	shown := "attachment"
	if slices.Contains(pictures, f.MIME) && q.R.URL.Query().Get("save") == "" {
		shown = "inline"
	} else {
		f.MIME = "application/octet-stream"
	}
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", mime.FormatMediaType(shown, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = io.Copy(q.W, body) // the browser has gone, or the messenger: half a file is all there is
	return nil
}
