package demo

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"careline/dialogs"
	"careline/locales"
)

// reader is who looks at the page: their language, and the page's words in it.
type reader struct {
	Lang    string
	scripts *dialogs.Set
}

// reader speaks ?lang, else the browser's best match, else the scripts' own language.
func (d *Demo) reader(r *http.Request) reader {
	catalogue := d.Scripts.Catalogue()
	lang := r.URL.Query().Get("lang")
	if lang == "" {
		lang = locales.Prefer(r.Header.Get("Accept-Language"), d.Scripts.Languages)
	}
	return reader{catalogue.Speaks(lang), d.Scripts}
}

// T is a word of the page as it is written: unlike a message to a patient it may stand inside a line.
func (r reader) T(id string) string {
	m, ok := r.scripts.Catalogue().Message(r.Lang, "demo."+id)
	if !ok {
		return r.scripts.Catalogue().Word(r.Lang, "demo."+id)
	}
	return m.Forms[locales.Other]
}

// Name is the word for a name out of the records, or the name itself when there is no word.
func (r reader) Name(kind, name string) string {
	if word := r.T(kind + "." + name); word != "" {
		return word
	}
	return name
}

// Ticket names a kind of ticket; one that only the clinic's scripts know is shown as they write it.
func (r reader) Ticket(kind string) string {
	return cmp.Or(r.scripts.Catalogue().Word(r.Lang, "desk.ticket."+kind), kind)
}

// With is a word with a value in it.
func (r reader) With(id, name, value string) string {
	return strings.ReplaceAll(r.T(id), "{"+name+"}", value)
}

// When is the moment in words, in the zone.
func (r reader) When(at, now time.Time, zone *time.Location) string {
	return locales.FormatOf(r.Lang).When(locales.Moment{At: at.In(zone), Now: now.In(zone)})
}

// Journey is a word about timelines: of a class, or of what one did. A name without a word is shown as it is.
func (r reader) Journey(kind, name string) string {
	return cmp.Or(r.scripts.Catalogue().Word(r.Lang, "journey."+kind+"."+strings.ReplaceAll(name, " ", "_")), name)
}
