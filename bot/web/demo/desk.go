package demo

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

const maxReply = 2000 // letters

// atDesk answers POST /demo/desk: contact, do=reply|return|close, text.
func (d *Demo) atDesk(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		d.refuse(w, r, http.StatusBadRequest, "form")
		return
	}
	do, text := desk.Do(r.PostForm.Get("do")), strings.TrimSpace(r.PostForm.Get("text"))
	switch {
	case do != desk.Reply && do != desk.Return && do != desk.Close:
		d.refuse(w, r, http.StatusBadRequest, "form")
		return
	case do == desk.Reply && (text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxReply):
		d.refuse(w, r, http.StatusBadRequest, "reply")
		return
	}
	switch err := d.turn(r.Context(), r.PostForm.Get("contact"), do, text); {
	case errors.Is(err, store.ErrNotFound):
		d.refuse(w, r, http.StatusNotFound, "gone")
	case err != nil:
		d.Log.ErrorContext(r.Context(), "working at the desk", "error", err)
		d.refuse(w, r, http.StatusInternalServerError, "failed")
	default:
		w.WriteHeader(http.StatusAccepted)
	}
}

func (d *Demo) turn(ctx context.Context, contact string, do desk.Do, text string) error {
	var found []store.Contact
	err := d.Store.Read(ctx, func(tx store.Tx) (err error) {
		found, err = tx.Contacts(ctx, []string{contact})
		return err
	})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return store.ErrNotFound
	}
	return d.AtDesk(ctx, channels.Address{Channel: channels.ID(found[0].Channel), Chat: found[0].Chat}, do, text)
}

// refuse says why not, in the reader's language.
func (d *Demo) refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	http.Error(w, d.reader(r).T("refused."+why), status)
}
