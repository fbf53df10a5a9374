package page

import (
	"fmt"
	"strconv"
	"time"

	"careline/locales"
)

// Word is a text of the desk in the reader's language, as it is written; vars are name, value, name, value. One that nobody
// has written is its id.
func (q *Request) Word(id string, vars ...any) string { return q.word(id, nil, vars) }

// Count is a text with plural forms; {n} in it is the number.
func (q *Request) Count(id string, n int, vars ...any) string {
	count := float64(n)
	return q.word(id, &count, append([]any{"n", q.Format().Number(count)}, vars...))
}

func (q *Request) word(id string, count *float64, vars []any) string {
	values := make([]string, len(vars))
	for i, v := range vars {
		switch v := v.(type) {
		case string:
			values[i] = v
		case int:
			values[i] = strconv.Itoa(v)
		default:
			values[i] = fmt.Sprint(v)
		}
	}
	text, err := q.Scripts.Catalogue().Phrase(q.Language, id, count, locales.Values(values...))
	if err != nil || text == "" {
		return id
	}
	return text
}

// Name is the word for a name out of the records (desk.ticket + low_rating), or the name itself when there is no word.
func (q *Request) Name(kind, name string) string {
	id := kind + "." + name
	if word := q.Word(id); word != id {
		return word
	}
	return name
}

// Format is how the reader's language writes values.
func (q *Request) Format() *locales.Format { return locales.FormatOf(q.Language) }

// When is «завтра, 25 ноября, в 18:40», in the reader's zone.
func (q *Request) When(at time.Time) string {
	return q.Format().When(locales.Moment{At: at.In(q.Zone), Now: q.Now})
}

// Time is «18:40», in the reader's zone.
func (q *Request) Time(at time.Time) string { return at.In(q.Zone).Format("15:04") }

// Stamp is short: the time of today, else the date and the time.
func (q *Request) Stamp(at time.Time) string {
	at = at.In(q.Zone)
	y, d := at.Year(), at.YearDay()
	if y == q.Now.Year() && d == q.Now.YearDay() {
		return at.Format("15:04")
	}
	return q.Format().Date(locales.Moment{At: at, Now: q.Now}) + ", " + at.Format("15:04")
}

// speaks is the language of the desk that the reader likes best.
func (d *Desk) speaks(own, accept string) string {
	catalogue := d.Scripts.Catalogue()
	if own != "" {
		return catalogue.Speaks(own)
	}
	offered := []string{d.Clinic.Languages[0]}
	for _, l := range []string{"ru", "en"} {
		if l != offered[0] {
			offered = append(offered, l)
		}
	}
	return locales.Prefer(accept, offered)
}
