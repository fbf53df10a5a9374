package thread

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/channels"
	"careline/locales"
	"careline/store"
)

func isNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func mayReadHealth(q *page.Request) bool { return q.May(access.ReadHealth) }

// dayName is «сегодня», or a date.
func dayName(q *page.Request, at time.Time) string {
	at = at.In(q.Zone)
	if at.Format(time.DateOnly) == q.Now.Format(time.DateOnly) {
		return q.Word("desk.thread.today")
	}
	date := q.Format().Date(locales.Moment{At: at, Now: q.Now})
	if at.Year() != q.Now.Year() && !strings.Contains(date, at.Format("2006")) {
		date += " " + at.Format("2006")
	}
	return date
}

// piece of a text: words, or a link.
type piece struct{ text, link string }

var address = regexp.MustCompile(`https?://[^\s<>"']+`)

// pieces finds the links in a text: only those that a browser may follow without harm.
func pieces(text string) (all []piece) {
	for {
		at := address.FindStringIndex(text)
		if at == nil {
			break
		}
		link := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)»]")
		end := at[0] + len(link)
		all = append(all, piece{text: text[:at[0]]}, piece{text: link, link: link})
		text = text[end:]
	}
	return append(all, piece{text: text})
}

// mapHref shows a place on a map.
func mapHref(p *channels.Place) string {
	if p.URL != "" && address.MatchString(p.URL) {
		return p.URL
	}
	return fmt.Sprintf("https://yandex.ru/maps/?pt=%f,%f&z=17&l=map", p.Longitude, p.Latitude)
}

func placeName(q *page.Request, p *channels.Place) string {
	for _, name := range []string{p.Title, p.Address} {
		if name != "" {
			return name
		}
	}
	return q.Word("desk.thread.place")
}

// size of a file, in words.
func size(q *page.Request, bytes int64) string {
	switch {
	case bytes <= 0:
		return ""
	case bytes < 1<<20:
		return q.Word("desk.thread.kb", "n", q.Format().Number(float64((bytes+1023)>>10)))
	}
	return q.Word("desk.thread.mb", "n", q.Format().Number(float64(bytes*10>>20)/10))
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }
