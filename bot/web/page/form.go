package page

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"careline/channels/wire"
)

// Form is what was sent with a POST, and what is wrong with it.
type Form struct {
	q      *Request
	Values url.Values
	Errors map[string]string // by field, in the reader's language
}

// Rule is what a text of a form has to keep; it returns the word of what is wrong, or none.
type Rule func(text string) (word string, vars []any)

// Required refuses an empty text.
func Required(text string) (string, []any) {
	if text == "" {
		return "desk.page.required", nil
	}
	return "", nil
}

// Max refuses a text of more characters.
func Max(n int) Rule {
	return func(text string) (string, []any) {
		if utf8.RuneCountInString(text) > n {
			return "desk.page.too_long", []any{"n", n}
		}
		return "", nil
	}
}

// parse reads the body of a form before anything is done with it.
func (q *Request) parse() error {
	if q.R.Method == http.MethodGet || q.R.Method == http.MethodHead {
		return nil
	}
	err := q.R.ParseForm()
	if err == nil {
		err = q.R.ParseMultipartForm(1 << 20)
	}
	var large *http.MaxBytesError
	switch {
	case err == nil || errors.Is(err, http.ErrNotMultipart):
		return nil
	case errors.As(err, &large):
		return TooLarge
	}
	return Malformed
}

// Form is what was sent.
func (q *Request) Form() *Form {
	if q.form == nil {
		q.form = NewForm(q, q.R.PostForm)
	}
	return q.form
}

// NewForm is a form with values to begin with.
func NewForm(q *Request, values url.Values) *Form {
	if values == nil {
		values = url.Values{}
	}
	return &Form{q, values, map[string]string{}}
}

// Text is the field's words without the spaces around them and what nobody sees.
func (f *Form) Text(field string, rules ...Rule) string {
	text := f.Values.Get(field)
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		f.Wrong(field, "desk.page.wrong")
		return ""
	}
	text = wire.Clean(text)
	for _, rule := range rules {
		if word, vars := rule(text); word != "" {
			f.Wrong(field, word, vars...)
			break
		}
	}
	return text
}

// One is the field when it is one of the choices.
func (f *Form) One(field string, choices ...string) string {
	value := f.Values.Get(field)
	if !slices.Contains(choices, value) {
		f.Wrong(field, "desk.page.choose")
		return ""
	}
	return value
}

// Int is the field as a number from least to most.
func (f *Form) Int(field string, least, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(f.Values.Get(field)))
	if err != nil || n < least || n > most {
		f.Wrong(field, "desk.page.number", "least", least, "most", most)
		return 0
	}
	return n
}

// On tells whether a box is ticked.
func (f *Form) On(field string) bool { return f.Values.Get(field) != "" }

// Date is the field as a day (2006-01-02) in the reader's zone.
func (f *Form) Date(field string) time.Time { return f.moment(field, time.DateOnly) }

// Moment is the field as a day and a time (2006-01-02T15:04) in the reader's zone.
func (f *Form) Moment(field string) time.Time { return f.moment(field, "2006-01-02T15:04") }

func (f *Form) moment(field, layout string) time.Time {
	t, err := time.ParseInLocation(layout, f.Values.Get(field), f.q.Zone)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		f.Wrong(field, "desk.page.date")
		return time.Time{}
	}
	return t
}

// Wrong says beside the field what is wrong with it; the first word stands.
func (f *Form) Wrong(field, word string, vars ...any) {
	if f.Errors[field] == "" {
		f.Errors[field] = f.q.Word(word, vars...)
	}
}

// Good tells whether nothing is wrong.
func (f *Form) Good() bool { return len(f.Errors) == 0 }

const onceField = "once"

// Once is the id of what the form does: a form that is sent again, because its answer was lost, has the same.
func (q *Request) Once() string {
	if q.once == "" {
		if q.R.Method == "POST" {
			q.once = q.Form().Values.Get(onceField)
		}
		if len(q.once) < 8 || len(q.once) > 64 {
			q.once = q.IDs()
		}
	}
	return q.once
}
