package page

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// toastCookie carries what is to be told to the page after a redirect.
const toastCookie = "careline_told"

// toast is a short word about what has just been done.
type toast struct {
	Text string `json:"text"`
	Bad  bool   `json:"bad,omitempty"`
}

// Toast tells in a corner of the page that something was done. It travels in a cookie over a redirect: no patient's data in it.
func (q *Request) Toast(word string, vars ...any) {
	q.toasts = append(q.toasts, toast{Text: q.Word(word, vars...)})
}

// tellToasts puts them where htmx finds them; a whole page has them in its layout.
func (q *Request) tellToasts() {
	if len(q.toasts) == 0 || q.R.Header.Get("HX-Request") != "true" {
		return
	}
	body, err := json.Marshal(map[string]any{"careline:toasts": map[string]any{"toasts": q.toasts}})
	if err == nil {
		q.W.Header().Set("HX-Trigger", ascii(string(body)))
	}
}

// ascii is the JSON without letters that a header may not have.
func ascii(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteToASCII(string(r)), `"`))
	}
	return b.String()
}

func (q *Request) keepToasts() {
	body, err := json.Marshal(q.toasts)
	if len(q.toasts) == 0 || err != nil {
		return
	}
	http.SetCookie(q.W, &http.Cookie{
		Name: toastCookie, Value: base64.RawURLEncoding.EncodeToString(body), Path: "/desk/", MaxAge: 60,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: q.R.TLS != nil,
	})
}

// kept are the toasts from before a redirect; they are told once.
func (q *Request) kept() (told []toast) {
	c, err := q.R.Cookie(toastCookie)
	if err != nil || q.IsFragment() {
		return nil
	}
	body, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || json.Unmarshal(body, &told) != nil {
		told = nil
	}
	http.SetCookie(q.W, &http.Cookie{Name: toastCookie, Path: "/desk/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
	return told
}
