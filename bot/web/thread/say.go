package thread

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

// What is written.
const (
	toPatient    = "reply"
	toColleagues = "note"
)

// draft is what somebody is writing, and why it was not said.
type draft struct {
	*page.Form
	wrong    string              // in words; empty = nothing is
	answered *desk.AnsweredError // somebody else was first
	files    bool                // files came with the form itself, and have to be chosen again
	chosen   []channels.File     // that wait for the words
}

func (d *draft) text() string  { return d.Values.Get("text") }
func (d *draft) isNote() bool  { return d.Values.Get("do") == toColleagues }
func (d *draft) isBlank() bool { return d.wrong == "" && d.answered == nil }

// say sends words to the patient, or leaves a note. What was not said stays in the form.
func (p *Pages) say(q *page.Request) error {
	contact := q.ID("contact")
	d := &draft{Form: q.Form()}
	if q.R.MultipartForm != nil {
		d.files = len(q.R.MultipartForm.File["files"]) > 0
	}
	action, word := Replied, "desk.thread.sent"
	if d.isNote() {
		action, word = Noted, "desk.thread.noted"
	}
	err := p.do(q, contact, action, "chat/"+contact, func(ctx context.Context, tx store.Tx) error {
		if d.isNote() {
			return p.Front.Note(ctx, tx, act(q, contact, d.Values.Get("ticket")), d.Text("text"), q.Now)
		}
		return p.reply(ctx, tx, q, contact, d)
	})
	switch {
	case err == nil:
		return p.said(q, word)
	case errors.As(err, &d.answered):
	case wrong(err) != "":
		d.wrong = q.Word(wrong(err))
	default:
		return err
	}
	return p.unsaid(q, d, err)
}

func (p *Pages) reply(ctx context.Context, tx store.Tx, q *page.Request, contact string, d *draft) error {
	seen, err := strconv.ParseInt(d.Values.Get("seen"), 10, 64)
	if err != nil || seen < 0 {
		return page.Malformed
	}
	a := act(q, contact, "")
	files, err := p.attach(ctx, tx, q, a)
	if err != nil {
		return err
	}
	return p.Front.Reply(ctx, tx, a, desk.Words{Text: d.Text("text"), Files: files, Drafts: d.Values["file"], Seen: seen}, q.Now)
}

// said empties the form.
func (p *Pages) said(q *page.Request, word string) error {
	if !q.IsFragment() {
		q.Toast(word)
		return q.Redirect(back(q))
	}
	if word != "desk.thread.sent" { // what was sent is seen in the chat
		q.Toast(word)
	}
	return p.form(q, &draft{Form: page.NewForm(q, nil)})
}

// unsaid shows the form again with what was written, and why it was not said.
func (p *Pages) unsaid(q *page.Request, d *draft, why error) error {
	status := http.StatusUnprocessableEntity
	if !q.IsFragment() && d.answered != nil {
		status = http.StatusConflict
	}
	q.Refuse(status)
	if q.IsFragment() {
		return p.form(q, d)
	}
	if errors.Is(why, store.ErrNotFound) || errors.Is(why, desk.ErrErased) {
		return q.Show(page.Inbox, q.Word("desk.thread.gone"), lost(q, d))
	}
	return p.page(q, d)
}

// form is where one writes, alone.
func (p *Pages) form(q *page.Request, d *draft) error {
	c := &chat{}
	err := p.Store.Read(q.Context(), func(tx store.Tx) error {
		if err := p.readPeople(q.Context(), tx, c, q.ID("contact")); err != nil {
			return err
		}
		return p.readTickets(q.Context(), tx, q, c)
	})
	if isNotFound(err) {
		return q.Part(lost(q, d))
	}
	if err != nil {
		return err
	}
	form, err := p.compose(q, c, d)
	if err != nil {
		return err
	}
	return q.Part(form)
}
