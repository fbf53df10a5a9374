package staff

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
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
	Wanted url.Values // the filters that are set: account, patient, action, day
	Older  string     // the path of the next page; empty = this is the last
}

// wanted are the filters of the address or the form, without those that say nothing.
func wanted(q *page.Request, asked url.Values) (set url.Values, find store.Deeds) {
	set = url.Values{}
	for _, name := range []string{"account", "patient", "action", "day"} {
		if v := strings.TrimSpace(asked.Get(name)); v != "" {
			set.Set(name, v)
		}
	}
	find = store.Deeds{Account: set.Get("account"), Patient: set.Get("patient"), Action: set.Get("action")}
	if day, err := time.ParseInLocation(time.DateOnly, set.Get("day"), q.Zone); err == nil {
		find.From, find.To = day, day.AddDate(0, 0, 1)
	} else {
		set.Del("day")
	}
	return set, find
}

func (p *Pages) audit(q *page.Request) error {
	asked := q.R.URL.Query()
	set, find := wanted(q, asked)
	find.Limit = auditPage + 1
	find.Before, _ = strconv.ParseInt(asked.Get("before"), 10, 64)
	t, err := p.trail(q, find)
	if err != nil {
		return err
	}
	t.Wanted = set
	if len(t.Deeds) > auditPage {
		t.Deeds = t.Deeds[:auditPage]
		older := url.Values{"before": {strconv.FormatInt(t.Deeds[auditPage-1].Seq, 10)}}
		for name := range set {
			older.Set(name, set.Get(name))
		}
		t.Older = "/desk/audit?" + older.Encode()
	}
	return q.Show(page.People, q.Word("desk.audit.title"), deedsTable(q, t))
}

func (p *Pages) trail(q *page.Request, find store.Deeds) (trail, error) {
	people, err := p.people.People(q.Context())
	if err != nil {
		return trail{}, err
	}
	t := trail{Names: map[string]string{}, People: people}
	for _, who := range people {
		t.Names[who.ID] = who.Name
	}
	t.Deeds, err = p.people.Deeds(q.Context(), find)
	return t, err
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

// about is what else it is about: of an account its name.
func (t trail) about(d store.Deed) string {
	if id, ok := strings.CutPrefix(d.Ref, "account/"); ok && t.Names[id] != "" {
		return t.Names[id]
	}
	return d.Ref
}

func (t trail) accounts(q *page.Request) []page.Option {
	all := []page.Option{{Label: q.Word("desk.audit.everybody")}}
	for _, who := range t.People {
		all = append(all, page.Option{Value: who.ID, Label: who.Name})
	}
	return all
}

const does = "desk.audit.does."

// actions to choose from, by their words; the first is any.
func actions(q *page.Request) []page.Option {
	var all []page.Option
	for _, id := range q.Scripts.Catalogue().IDs(q.Language) {
		if name, ok := strings.CutPrefix(id, does); ok {
			all = append(all, page.Option{Value: name, Label: q.Word(id)})
		}
	}
	slices.SortFunc(all, func(a, b page.Option) int { return strings.Compare(a.Label, b.Label) })
	return append([]page.Option{{Label: q.Word("desk.audit.anything")}}, all...)
}
