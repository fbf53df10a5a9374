package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"careline/channels"
)

const (
	maxText = 20_000     // UTF-16 units of one message
	maxBody = 256 * 1024 // bytes of its JSON, every character escaped
)

// written is what the page posts. Text of a pressed button is its label.
type written struct {
	ID       string `json:"id"` // the page's own, the same for every try
	Text     string `json:"text"`
	Choice   string `json:"choice"`
	Language string `json:"language"`
	Zone     string `json:"zone"`
	Source   string `json:"source"`
}

// fault is a message that is wrong in itself: trying again does not help.
type fault struct {
	status        int
	code, message string
}

func (f *fault) Error() string { return f.code + ": " + f.message }

func bad(code, message string) error { return &fault{http.StatusBadRequest, code, message} }

var (
	idShape     = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	choiceShape = regexp.MustCompile(`^[\x20-\x7e]{0,64}$`)
	sourceShape = regexp.MustCompile(`^[A-Za-z0-9_.:-]{0,64}$`)
	zoneShape   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+/-]{0,63}$`)
)

// decode reads one message strictly and makes it clean: no control characters, nothing too long.
func decode(body io.Reader) (written, error) {
	var m written
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	err := d.Decode(&m)
	if err == nil && d.Decode(&struct{}{}) != io.EOF {
		err = errors.New("more than one value")
	}
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		return m, &fault{http.StatusRequestEntityTooLarge, "too_long", "the message is too long"}
	case err != nil:
		return m, bad("json", "the body is not one JSON message")
	case !idShape.MatchString(m.ID):
		return m, bad("id", "id has 1 to 64 letters, digits, _ or -")
	case !choiceShape.MatchString(m.Choice):
		return m, bad("choice", "choice has at most 64 printable ASCII characters")
	}
	m.Text = strings.TrimSpace(strings.Map(visible, m.Text))
	if channels.Units(m.Text) > maxText {
		return m, &fault{http.StatusRequestEntityTooLarge, "too_long", fmt.Sprintf("text has at most %d characters", maxText)}
	}
	if !sourceShape.MatchString(m.Source) {
		m.Source = ""
	}
	if !zoneShape.MatchString(m.Zone) {
		m.Zone = ""
	} else if _, err := time.LoadLocation(m.Zone); err != nil {
		m.Zone = ""
	}
	return m, nil
}

func visible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return -1
	}
	return r
}

// receive takes one message. 202 is said only when it is stored; the same id again is 202 too.
func (w *Web) receive(rw http.ResponseWriter, r *http.Request, run *running, from channels.Address) {
	if wait := w.wait(r, from.Chat); wait > 0 {
		tooMany(rw, wait)
		return
	}
	m, files, err := w.read(rw, r, from.Chat)
	var f *fault
	if errors.As(err, &f) {
		refuse(rw, f.status, f.code, f.message)
		return
	}
	if err == nil {
		err = run.sink.Accept(r.Context(), w.incoming(from, m, files))
	}
	if err != nil {
		w.broken(rw, r, fmt.Errorf("accepting a message: %w", err))
		return
	}
	w.rooms.poke(from.Chat)
	answer(rw, http.StatusAccepted, map[string]string{"id": m.ID})
}

// wait is how long the next message of the chat has to wait; zero = it is taken.
func (w *Web) wait(r *http.Request, chat string) time.Duration {
	if wait := w.chats.wait(chat); wait > 0 || !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return wait
	}
	return w.uploads.wait(w.options.ClientIP(r))
}

// read takes the message from JSON, or from a form whose first field is that JSON and the others files.
func (w *Web) read(rw http.ResponseWriter, r *http.Request, chat string) (written, []channels.File, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/json":
		m, err := decode(http.MaxBytesReader(rw, r.Body, maxBody))
		if err == nil && m.Text == "" && m.Choice == "" {
			err = bad("empty", "a message has a text, a choice or files")
		}
		return m, nil, err
	case err == nil && kind == "multipart/form-data" && w.options.Files != nil:
		return w.readForm(rw, r, chat)
	}
	return written{}, nil, &fault{http.StatusUnsupportedMediaType, "media_type", "send application/json or multipart/form-data"}
}

func (w *Web) incoming(from channels.Address, m written, files []channels.File) channels.Incoming {
	in := channels.Incoming{
		From: from, ID: from.Chat + "/" + m.ID, At: w.options.Now(), Text: m.Text, Choice: m.Choice, Files: files,
		Profile: channels.Profile{Zone: m.Zone}, Source: m.Source,
	}
	if slices.Contains(w.options.Languages, m.Language) {
		in.Profile.Language = m.Language
	}
	return in
}
