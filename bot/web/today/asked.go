package today

import (
	"net/url"

	"careline/bot/web/page"
)

// asked is which day is looked at.
type asked struct{ page.Place }

func ask(q *page.Request, wanted url.Values) (asked, error) {
	p, err := q.Place(wanted)
	return asked{p}, err
}

// path of a page of the day: "", "/live", "/print".
func (a asked) path(of string) string { return path(a.Place, of) }

func path(p page.Place, of string) string { return "/desk/today" + of + "?" + p.Values().Encode() }
