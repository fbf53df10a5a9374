package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"careline/store"
)

// listed: the inbox has the most urgent first, page by page, and of each who it is and what they wrote.
func listed(t *testing.T, s *stage) {
	anna, boris, vera := s.met(), s.met(), s.met()
	nobody := s.met().PatientID
	ticket := func(id string, c store.Contact, k store.Ticket) store.Ticket {
		k.ID, k.ContactID, k.PatientID, k.CreatedAt = id, c.ID, c.PatientID, s.now
		if k.State == "" {
			k.State = "open"
		}
		return k
	}
	s.accept(s.message(anna, "first"), s.message(anna, "second"), s.message(boris, "hello"))
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.SavePatients(ctx, []store.Patient{{ID: anna.PatientID, FullName: "Анна", Phone: "+79120000001", CreatedAt: s.now}}); err != nil {
			return err
		}
		for i, c := range []store.Contact{anna, boris} {
			visit := store.Appointment{ID: s.id("v"), PatientID: c.PatientID, ContactID: c.ID, Service: "x", Branch: fmt.Sprint("branch", i), Status: store.StatusBooked,
				Start: s.after(time.Hour), End: s.after(2 * time.Hour), CreatedAt: s.now, UpdatedAt: s.now, StatusAt: s.now}
			if err := tx.Book(ctx, visit, s.now); err != nil {
				return err
			}
		}
		return tx.OpenTickets(ctx, []store.Ticket{
			ticket("soon", anna, store.Ticket{Kind: "asked", Priority: "normal", Deadline: s.after(time.Minute)}),
			ticket("later", boris, store.Ticket{Kind: "asked", Priority: "normal", Deadline: s.after(time.Hour), State: "taken", TakenBy: "Ирина", Account: "irina"}),
			ticket("alarm", boris, store.Ticket{Kind: "red_flag", Priority: "alarm", Deadline: s.after(2 * time.Hour)}),
			ticket("never", store.Contact{PatientID: nobody}, store.Ticket{Kind: "digest", Priority: "normal"}),
			ticket("old", vera, store.Ticket{Kind: "asked", Priority: "normal", State: "closed", ClosedAt: s.after(-48 * time.Hour)}),
			ticket("over", vera, store.Ticket{Kind: "asked", Priority: "normal", State: "closed", ClosedAt: s.after(-time.Hour)}),
		})
	})
	l := store.Listing{Limit: 10, Now: s.now}
	tickets := func(change func(*store.Listing)) (ids string) {
		t.Helper()
		own := l
		change(&own)
		found := get(s, func(ctx context.Context, tx store.Tx) ([]store.Listed, error) { return tx.ListTickets(ctx, own) })
		for _, k := range found {
			ids += " " + k.ID
		}
		return strings.TrimSpace(ids)
	}
	for what, c := range map[string]struct {
		change func(*store.Listing)
		want   string
	}{
		"all":        {func(*store.Listing) {}, "alarm soon later never"},
		"mine":       {func(l *store.Listing) { l.Whose = "irina" }, "later"},
		"nobody's":   {func(l *store.Listing) { l.Nobodys = true }, "alarm soon never"},
		"of a kind":  {func(l *store.Listing) { l.Kind = "asked" }, "soon later"},
		"of a place": {func(l *store.Listing) { l.Branch = "branch1" }, "alarm later"},
		"of the web": {func(l *store.Listing) { l.Channel = "web" }, "alarm soon later"},
		"of none":    {func(l *store.Listing) { l.Channel = "vk" }, ""},
		"closed":     {func(l *store.Listing) { l.Closed = s.after(-24 * time.Hour) }, "over"},
		"closed two": {func(l *store.Listing) { l.Closed = s.after(-72 * time.Hour) }, "over old"},
	} {
		equal(t, what, tickets(c.change), c.want)
	}
	paged := ""
	for own := l; ; {
		own.Limit = 1
		found := get(s, func(ctx context.Context, tx store.Tx) ([]store.Listed, error) { return tx.ListTickets(ctx, own) })
		if len(found) == 0 {
			break
		}
		paged, own.After = paged+found[0].ID+" ", found[0].Spot
	}
	equal(t, "page by page", paged, "alarm soon later never ")
	listedChats(t, s, l, anna, boris)
}

// listedChats: who wrote last is first, and rooms are left out.
func listedChats(t *testing.T, s *stage, l store.Listing, anna, boris store.Contact) {
	chats := func(l store.Listing) []store.Listed {
		t.Helper()
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Listed, error) { return tx.ListChats(ctx, l) })
	}
	found := chats(l)
	equal(t, "chats", len(found), 2)
	equal(t, "who wrote last", found[0].ContactID, boris.ID)
	equal(t, "who wrote before", found[1].ContactID, anna.ID)
	equal(t, "what", strings.Contains(string(found[1].Words), "second"), true)
	equal(t, "who", found[1].Name, "Анна")
	equal(t, "where", found[1].Line, 2)
	l.After = found[0].Spot
	equal(t, "the next page", chats(l)[0].ContactID, anna.ID)
	l.After, l.Except = store.Spot{}, []string{boris.ID}
	equal(t, "without a room", len(chats(l)), 1)
	one := func() store.Listed {
		own := l
		own.Kind = "asked"
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Listed, error) { return tx.ListTickets(ctx, own) })[0]
	}
	k := one()
	equal(t, "its last line", k.Line, 2)
	equal(t, "its branch", k.Branch, "branch0")
	equal(t, "its patient", k.Name+k.Phone, "Анна+79120000001")
	counted := get(s, func(ctx context.Context, tx store.Tx) (store.Counted, error) { return tx.CountTickets(ctx) })
	equal(t, "counted", fmt.Sprint(counted.Open, counted.Nobodys, counted.Of), "4 3 map[irina:1]")
	equal(t, "kinds", fmt.Sprint(get(s, func(ctx context.Context, tx store.Tx) ([]string, error) { return tx.TicketKinds(ctx) })), "[asked digest red_flag]")
	s.accept(s.message(anna, "third"))
	equal(t, "more was written", one().Line, 3)
	equal(t, "who wrote now", chats(l)[0].ContactID, anna.ID)
	var many []store.Input
	for range 1100 { // more than are looked through at first
		many = append(many, s.message(anna, "and more"))
	}
	s.accept(many...)
	l.Except, l.Limit = nil, 1
	found = chats(l)
	equal(t, "who writes without end", found[0].ContactID, anna.ID)
	l.After = found[0].Spot
	equal(t, "who wrote before all that", chats(l)[0].ContactID, boris.ID)
	l.After = chats(l)[0].Spot
	equal(t, "nobody else", len(chats(l)), 0)
}
