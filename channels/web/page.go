package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var colorShape = regexp.MustCompile(`^#?[0-9a-fA-F]{6}$`)

// settings are what the address of the page says, in safe shape; scripts read them too.
type settings struct {
	Color     string `json:"color"`
	Source    string `json:"source"`
	Framed    bool   `json:"framed"` // by the widget
	Files     bool   `json:"files"`
	MaxText   int    `json:"maxText"`
	MaxUpload int    `json:"maxUpload"`
}

// other is the same page in another language.
type other struct {
	Lang  string
	Query template.URL
}

// page is the shell; what was said comes by the stream.
func (w *Web) page(rw http.ResponseWriter, r *http.Request) {
	lang, set := w.language(r), w.settings(r)
	var body bytes.Buffer
	err := pageTemplate.Execute(&body, map[string]any{
		"Lang": lang, "Others": w.others(lang, set), "Clinic": w.options.Clinic(lang),
		"Words": w.words(lang, pageWords), "Settings": set,
	})
	if err != nil {
		w.broken(rw, r, fmt.Errorf("making the page: %w", err))
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.Header().Set("Vary", "Accept-Language")
	_, _ = rw.Write(body.Bytes()) // the browser has gone: nobody to tell
}

func (w *Web) settings(r *http.Request) settings {
	q := r.URL.Query()
	set := settings{
		Color: w.options.Color, Framed: q.Get("widget") == "1",
		Files: w.options.Files != nil, MaxText: maxText, MaxUpload: maxUpload,
	}
	if c := q.Get("color"); colorShape.MatchString(c) {
		set.Color = "#" + strings.TrimPrefix(c, "#")
	}
	if s := q.Get("source"); sourceShape.MatchString(s) {
		set.Source = s
	}
	return set
}

func (w *Web) others(lang string, set settings) []other {
	q := url.Values{}
	if set.Color != w.options.Color {
		q.Set("color", set.Color)
	}
	if set.Source != "" {
		q.Set("source", set.Source)
	}
	if set.Framed {
		q.Set("widget", "1")
	}
	var others []other
	for _, l := range w.options.Languages {
		if l != lang {
			q.Set("lang", l)
			others = append(others, other{l, template.URL(q.Encode())})
		}
	}
	return others
}

// language is ?lang, else the browser's best match, else the first.
func (w *Web) language(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(w.options.Languages, lang) {
		return lang
	}
	return w.options.Prefer(r.Header.Get("Accept-Language"), w.options.Languages)
}
