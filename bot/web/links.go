package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"careline/bot/runner"
	"careline/channels"
	"careline/locales"
	"careline/store"
)

const (
	// findWithin is how long somebody who pressed a button waits for the address.
	findWithin = 5 * time.Second
	// countWithin is how long somebody whose address is known waits for the click to be counted.
	countWithin = 2 * time.Second
)

// linkChannel is where clicks come from: with the link's id it makes each the same input for ever.
const linkChannel = "link"

// open takes whoever pressed a button to its address, and lets the conversation hear it as a tap.
func (p Parts) open(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Robots-Tag", "noindex")
	link, err := p.link(r)
	switch {
	case errors.Is(err, store.ErrNotFound) || err == nil && !runner.IsWeb(link.URL):
		p.sorry(w, r, http.StatusNotFound, "link.gone")
	case err != nil:
		p.Log.Warn("a link cannot be looked up", "error", err)
		w.Header().Set("Retry-After", "5")
		p.sorry(w, r, http.StatusServiceUnavailable, "link.later")
	default:
		if isPerson(r) {
			p.clicked(r.Context(), link)
		}
		http.Redirect(w, r, link.URL, http.StatusFound)
	}
}

func (p Parts) link(r *http.Request) (link store.Link, err error) {
	ctx, cancel := context.WithTimeout(r.Context(), findWithin)
	defer cancel()
	err = p.Store.Read(ctx, func(tx store.Tx) error {
		link, err = tx.LinkByID(ctx, r.PathValue("id"))
		return err
	})
	return link, err
}

// clicked counts the click. Who pressed gets to the address in any case; a click that cannot be written down is lost.
func (p Parts) clicked(ctx context.Context, link store.Link) {
	if !link.ClickedAt.IsZero() {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countWithin)
	defer cancel()
	err := p.Store.Tx(ctx, func(tx store.Tx) error { return p.count(ctx, tx, link) })
	if err != nil {
		p.Log.Warn("a click is lost", "error", err)
	}
}

// count notes the first click, and puts it into the chat's inbox as a tap.
func (p Parts) count(ctx context.Context, tx store.Tx, link store.Link) error {
	found, err := tx.Contacts(ctx, []string{link.ContactID})
	if err != nil || len(found) == 0 {
		return err
	}
	now, contact := p.Clock.Now(), found[0]
	from := channels.Address{Channel: channels.ID(contact.Channel), Chat: contact.Chat}
	payload, err := json.Marshal(channels.Incoming{From: from, ID: link.ID, At: now, Choice: link.Choice, Opened: true})
	if err != nil {
		return fmt.Errorf("writing a click: %w", err)
	}
	in := []store.Input{{
		Channel: linkChannel, ExternalID: link.ID, ContactID: contact.ID, Kind: store.MessageInput, Payload: payload, ReceivedAt: now,
	}}
	fresh, _, err := tx.Arrived(ctx, in) // the lock of the chat first, as whoever steps it takes it
	if err != nil || !fresh[0] {
		return err
	}
	if first, err := tx.Click(ctx, link.ID, now); err != nil || !first {
		return err
	}
	if _, err := tx.Accept(ctx, in); err != nil {
		return err
	}
	tx.Wake(store.InboxTopic)
	return tx.AppendEvents(ctx, []store.Event{click(contact, link, now)})
}

// click is the line of the funnel; Value is the choice, or the site where the question was gone.
func click(c store.Contact, link store.Link, now time.Time) store.Event {
	e := store.Event{At: now, Name: "link.clicked", ContactID: c.ID, PatientID: c.PatientID, Channel: c.Channel}
	if part := strings.SplitN(link.Place, ".", 3); len(part) == 3 {
		e.Dialog, e.State, e.Value = part[0], part[1], part[2]
		return e
	}
	_, rest, _ := strings.Cut(link.URL, "://")
	e.Value, _, _ = strings.Cut(rest, "/")
	return e
}

// robots are words in the names of programs that fetch a page to show what is behind a link.
var robots = []string{"bot", "crawl", "spider", "preview", "compatible;", "facebookexternalhit", "whatsapp", "vkshare"}

// isPerson tells a press from a messenger that looks what is behind the link, or a browser that loads it in advance.
func isPerson(r *http.Request) bool {
	for _, name := range []string{"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"} {
		if purpose := strings.ToLower(r.Header.Get(name)); strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "preview") {
			return false
		}
	}
	agent := strings.ToLower(r.UserAgent())
	if r.Method != http.MethodGet || !strings.HasPrefix(agent, "mozilla/") && !strings.HasPrefix(agent, "opera/") {
		return false
	}
	agent = strings.ReplaceAll(agent, "cubot", "") // a make of telephones
	for _, word := range robots {
		if strings.Contains(agent, word) {
			return false
		}
	}
	return true
}

var sorryPage = template.Must(template.New("sorry").Parse(`<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{{if .Again}}<meta http-equiv="refresh" content="5">
{{end}}<title>{{.Clinic}}</title><style>body{font:17px/1.6 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem;color:#1d2b2a;background:#fbfaf7}
a{color:inherit}@media(prefers-color-scheme:dark){body{color:#e6ece9;background:#141a19}}</style></head>
<body><main><h1>{{.Clinic}}</h1><p>{{.Text}}</p><p><a href="tel:{{.Phone}}">{{.Phone}}</a></p></main></body></html>
`))

// sorry says why there is no address here, in the reader's language.
func (p Parts) sorry(w http.ResponseWriter, r *http.Request, status int, word string) {
	lang := locales.Prefer(r.Header.Get("Accept-Language"), p.Clinic.Languages)
	var body bytes.Buffer
	err := sorryPage.Execute(&body, map[string]any{
		"Language": lang, "Clinic": p.Clinic.In(lang).Text(p.Clinic.Name), "Phone": p.Clinic.Phone, "Text": p.Words(lang, word),
		"Again": status == http.StatusServiceUnavailable,
	})
	if err != nil {
		p.Log.Warn("making a page", "error", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser has gone: nobody to tell
}
