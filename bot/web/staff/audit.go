package staff

import (
	"net/url"
	"strconv"
	"time"

	"careline/bot/access"
	"careline/bot/web/page"
	"careline/store"
)

const auditPage = 100

// trail is a page of the audit.
type trail struct {
	Deeds  []store.Deed
	Names  map[string]string // of accounts, by id
	People []access.Person
	Wanted url.Values // the filters that are set: account, patient, day
	Older  string     // the path of the next page; empty = this is the last
}

func (p *Pages) audit(q *page.Request) error {
	asked := q.R.URL.Query()
	wanted := url.Values{}
	for _, name := range []string{"account", "patient", "day"} {
		if v := asked.Get(name); v != "" {
			wanted.Set(name, v)
		}
	}
	find := store.Deeds{Account: wanted.Get("account"), Patient: wanted.Get("patient"), Limit: auditPage + 1}
	if day, err := time.ParseInLocation(time.DateOnly, wanted.Get("day"), q.Zone); err == nil {
		find.From, find.To = day, day.AddDate(0, 0, 1)
	} else {
		wanted.Del("day")
	}
	find.Before, _ = strconv.ParseInt(asked.Get("before"), 10, 64)
	people, err := p.people.People(q.Context())
	if err != nil {
		return err
	}
	deeds, err := p.people.Deeds(q.Context(), find)
	if err != nil {
		return err
	}
	t := trail{Deeds: deeds, Names: map[string]string{}, People: people, Wanted: wanted}
	for _, who := range people {
		t.Names[who.ID] = who.Name
	}
	if len(deeds) > auditPage {
		t.Deeds = deeds[:auditPage]
		older := url.Values{"before": {strconv.FormatInt(t.Deeds[auditPage-1].Seq, 10)}}
		for name := range wanted {
			older.Set(name, wanted.Get(name))
		}
		t.Older = "/desk/audit?" + older.Encode()
	}
	return q.Show(page.People, q.Word("desk.audit.title"), deedsTable(q, t))
}

// who did it.
func (t trail) who(q *page.Request, d store.Deed) string {
	if name := t.Names[d.AccountID]; name != "" {
		return name
	}
	if d.AccountID == "" {
		return q.Word("desk.audit.nobody")
	}
	return d.AccountID
}

func (t trail) accounts(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.audit.everybody")}}
	for _, who := range t.People {
		all = append(all, page.Option{Value: who.ID, Label: who.Name})
	}
	return all
}
