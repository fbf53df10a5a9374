package patients

import (
	"context"
	"slices"
	"strconv"
	"time"

	"careline/bot/web/inbox"
	"careline/bot/web/page"
	"careline/store"
)

// lately are those who are looked for most: before anything is typed they are a tap away.
type lately struct {
	Opened []line // by the reader, the last first
	Today  []line // who has a visit today, by time
	Rest   int    // of today's, who are not shown
	Wrote  []line // the last first
	After  store.Spot
}

const (
	mostOpened   = 5
	mostToday    = 10
	perWrote     = 15
	deedsToOpen  = 60 // that are looked through for those who were opened
	lateOrder    = "order"
	lateContact  = "contact"
	latelyAction = home + "/lately"
)

func (l *lately) empty() bool { return len(l.Opened)+len(l.Today)+len(l.Wrote) == 0 }

func (l *lately) all() []string {
	return slices.Concat(idsOf(l.Opened), idsOf(l.Today), idsOf(l.Wrote))
}

// readLately reads all of them; nobody is in two of the lists.
func (p *Pages) readLately(q *page.Request) (*lately, error) {
	var l lately
	err := p.Store.Read(q.Context(), func(tx store.Tx) error {
		l = lately{}
		known := map[string]bool{}
		opened, err := openedBy(q.Context(), tx, q.Account.ID)
		if err != nil {
			return err
		}
		today, err := comingToday(q.Context(), tx, q)
		if err != nil {
			return err
		}
		if l.Opened, err = p.some(q, tx, known, opened, mostOpened); err != nil {
			return err
		}
		if l.Today, err = p.some(q, tx, known, today, mostToday); err != nil {
			return err
		}
		for _, id := range today {
			if !known[id] {
				l.Rest++
			}
		}
		l.Wrote, l.After, err = p.wrote(q, tx, known, store.Spot{})
		return err
	})
	return &l, err
}

// some are the first of the patients who are not known yet, as lists show them, in their order.
func (p *Pages) some(q *page.Request, tx store.Tx, known map[string]bool, ids []string, most int) ([]line, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return known[id] })
	people, err := tx.Patients(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p store.Patient) bool { return !p.ErasedAt.IsZero() })
	slices.SortFunc(people, func(a, b store.Patient) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	people = people[:min(len(people), most)]
	for _, one := range people {
		known[one.ID] = true
	}
	return lines(q.Context(), tx, people, q.Now)
}

// openedBy are those whose cards the account has opened, the last first.
func openedBy(ctx context.Context, tx store.Tx, account string) (ids []string, err error) {
	deeds, err := tx.Deeds(ctx, store.Deeds{Account: account, Action: string(seen), Limit: deedsToOpen})
	for _, d := range deeds {
		if !slices.Contains(ids, d.PatientID) {
			ids = append(ids, d.PatientID)
		}
	}
	return ids, err
}

// comingToday are the patients of today's visits that count, by their time.
func comingToday(ctx context.Context, tx store.Tx, q *page.Request) (ids []string, err error) {
	y, m, d := q.Now.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, q.Zone)
	visits, err := tx.AppointmentsBetween(ctx, "", day, day.AddDate(0, 0, 1))
	for _, v := range visits {
		if v.PatientID != "" && counts(v.Status) && !slices.Contains(ids, v.PatientID) {
			ids = append(ids, v.PatientID)
		}
	}
	return ids, err
}

// wrote is a page of those who wrote last, after that spot, and where the next begins; an empty one = this is the last.
func (p *Pages) wrote(q *page.Request, tx store.Tx, known map[string]bool, after store.Spot) ([]line, store.Spot, error) {
	rooms, err := inbox.Rooms(q.Context(), tx, p.Clinic.Desk)
	if err != nil {
		return nil, store.Spot{}, err
	}
	chats, err := tx.ListChats(q.Context(), store.Listing{Except: rooms, After: after, Limit: perWrote + 1, Now: q.Now})
	if err != nil {
		return nil, store.Spot{}, err
	}
	next := store.Spot{}
	if len(chats) > perWrote {
		chats = chats[:perWrote]
		next = chats[perWrote-1].Spot
	}
	var ids []string
	for _, c := range chats {
		ids = append(ids, c.PatientID)
	}
	list, err := p.some(q, tx, known, ids, perWrote)
	return list, next, err
}

// more is the next page of those who wrote.
func (p *Pages) more(q *page.Request) error {
	f := q.Form()
	order, err := strconv.ParseInt(f.Values.Get(lateOrder), 10, 64)
	if err != nil || f.Text(lateContact, page.Required) == "" || !f.Good() {
		return page.Malformed
	}
	l := &lately{}
	err = p.Store.Read(q.Context(), func(tx store.Tx) (err error) {
		l.Wrote, l.After, err = p.wrote(q, tx, map[string]bool{}, store.Spot{Order: order, ID: f.Values.Get(lateContact)})
		return err
	})
	if err != nil {
		return err
	}
	if err := q.Access.Listed(q.Context(), found, "", l.all()...); err != nil {
		return err
	}
	if q.IsFragment() {
		return q.Part(wrotePart(q, l))
	}
	q.Use(p.assets)
	return q.Show(page.Patients, q.Word("desk.page.patients"), searchPage(q, page.NewForm(q, nil), results{Lately: l}))
}
