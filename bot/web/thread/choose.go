package thread

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"

	"careline/bot/desk"
	"careline/bot/web/page"
	"careline/channels"
	"careline/store"
)

// sent are the files that came with a form.
func sent(q *page.Request) []*multipart.FileHeader {
	if q.R.MultipartForm == nil {
		return nil
	}
	return q.R.MultipartForm.File["files"]
}

func bytesOf(head *multipart.FileHeader) ([]byte, error) {
	if head.Size > desk.MaxFile {
		return nil, desk.ErrTooBig
	}
	body, err := head.Open()
	if err != nil {
		return nil, fmt.Errorf("reading a file: %w", err)
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, fmt.Errorf("reading a file: %w", err)
	}
	return data, nil
}

// attach keeps the files that came with the words themselves: without script.
func (p *Pages) attach(ctx context.Context, tx store.Tx, q *page.Request, a desk.Act) (files []channels.File, err error) {
	for i, head := range sent(q) {
		data, err := bytesOf(head)
		if err != nil {
			return nil, err
		}
		f, err := p.Front.Upload(ctx, tx, a, i, head.Filename, data, q.Now)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// choose keeps files for the words that they are to go with. What cannot be sent is told, the others are kept.
func (p *Pages) choose(q *page.Request) error {
	contact := q.ID("contact")
	var wrongs []string
	for _, head := range sent(q) {
		err := p.keep(q, contact, head)
		if err == nil {
			continue
		}
		word := wrong(err)
		if word == "" || word == wrong(desk.ErrErased) {
			return tell(q, err)
		}
		wrongs = append(wrongs, head.Filename+": "+q.Word(word))
	}
	return p.chosen(q, contact, wrongs)
}

func (p *Pages) keep(q *page.Request, contact string, head *multipart.FileHeader) error {
	data, err := bytesOf(head)
	if err != nil {
		return err
	}
	a := act(q, contact, "")
	a.ID = q.IDs() // a form may bring files many times
	return p.do(q, contact, FileKept, "chat/"+contact, func(ctx context.Context, tx store.Tx) error {
		_, err := p.Front.Draft(ctx, tx, a, head.Filename, data, q.Now)
		return err
	})
}

// discard removes a file that was chosen.
func (p *Pages) discard(q *page.Request) error {
	contact := q.ID("contact")
	err := p.do(q, contact, FileRemoved, "chat/"+contact, func(ctx context.Context, tx store.Tx) error {
		return p.Front.Discard(ctx, tx, act(q, contact, ""), q.Form().Values.Get("remove"))
	})
	if err != nil {
		return tell(q, err)
	}
	return p.chosen(q, contact, nil)
}

// chosen are the files that wait, as they are now.
func (p *Pages) chosen(q *page.Request, contact string, wrongs []string) error {
	if !q.IsFragment() {
		return q.Redirect(back(q))
	}
	var files []channels.File
	err := p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		files, err = p.Front.Drafts(q.Context(), tx, act(q, contact, ""))
		return err
	})
	if err != nil {
		return err
	}
	return q.Part(chosenFiles(q, contact, files, wrongs))
}
