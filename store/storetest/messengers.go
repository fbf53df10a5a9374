package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// messengers: one person in several chats.
func messengers(t *testing.T, s *stage) {
	first, second := s.met(), s.met()
	second.PatientID, second.Channel = first.PatientID, "web"
	first.Phone, second.Phone = "+79990000001", "+79990000001"
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.SaveContacts(ctx, []store.Contact{first, second})
	})
	owning := func(phone string) []store.Contact {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Contact, error) { return tx.ContactsOwning(ctx, phone) })
	}
	equal(t, "chats of a phone", len(owning(first.Phone)), 2)
	equal(t, "chats of no phone", len(owning("")), 0)
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.LockChats(ctx, []string{second.ID, first.ID, second.ID, ""})
	})
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error { return tx.LockChats(ctx, []string{"nobody"}) })
	movedTasks(t, s, first, second)
	movedLinks(t, s, first, second)
	divertedMessages(t, s, first, second)
}

func movedTasks(t *testing.T, s *stage, from, to store.Contact) {
	open := store.Ticket{ID: s.id("ticket"), ContactID: from.ID, PatientID: from.PatientID, Task: 1, Kind: "operator", Priority: "normal", State: "open", CreatedAt: s.now}
	over := open
	over.ID, over.State, over.ClosedAt = s.id("ticket"), "closed", s.now
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.OpenTickets(ctx, []store.Ticket{open, over}); err != nil {
			return err
		}
		return tx.MoveTasks(ctx, from.ID, to.ID, map[int]int{1: 7})
	})
	found := get(s, func(ctx context.Context, tx store.Tx) ([]store.Ticket, error) {
		return tx.TicketsByID(ctx, []string{open.ID, over.ID})
	})
	for _, k := range found {
		moved := k.ContactID == to.ID && k.Task == 7
		equal(t, "an open ticket goes along, a closed one stays", moved, k.State == "open")
	}
}

func movedLinks(t *testing.T, s *stage, from, to store.Contact) {
	link := func(contact, choice string) store.Link {
		return store.Link{ID: s.id("link"), ContactID: contact, URL: "https://maps.example", Choice: choice, CreatedAt: s.now}
	}
	going, staying, theirs := link(from.ID, "1.2.later"), link(from.ID, "1.20.later"), link(to.ID, "1.2.later")
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.SaveLinks(ctx, []store.Link{going, staying, theirs}); err != nil {
			return err
		}
		return tx.MoveLinks(ctx, from.ID, to.ID, map[string]string{"1.2.": "1.30.", "1.7.": "1.2."})
	})
	going.ContactID, going.Choice = to.ID, "1.30.later"
	for _, want := range []store.Link{going, staying, theirs} {
		same(s, "the link", want, func(ctx context.Context, tx store.Tx) (store.Link, error) { return tx.LinkByID(ctx, want.ID) })
	}
}

func divertedMessages(t *testing.T, s *stage, first, second store.Contact) {
	one, other, answer := s.reply(first, "one"), s.reply(first, "two"), s.reply(first, "an answer")
	one.Ref, other.Ref, one.NotAfter = "visit/1", "visit/1", s.after(time.Hour)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, []store.Output{one, other, answer}) })
	stranded := func(channel string, before time.Time) []store.Output {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Output, error) {
			return tx.Stranded(ctx, []string{channel}, before, 10)
		})
	}
	equal(t, "with no chat elsewhere", len(stranded(first.Channel, time.Time{})), 0)
	aside := store.Contact{ID: s.id("c"), Channel: "vk", Chat: s.id("chat"), PatientID: first.PatientID, CreatedAt: s.now}
	s.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Meet(ctx, []store.Contact{aside})
		return err
	})
	equal(t, "what waits", len(stranded(first.Channel, time.Time{})), 2)
	equal(t, "what is late soon", len(stranded(first.Channel, s.after(2*time.Hour))), 1)
	equal(t, "what is late at once", len(stranded(first.Channel, s.after(time.Minute))), 0)
	equal(t, "of another channel", len(stranded("telegram", time.Time{})), 0)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Divert(ctx, one, s.now) })
	for _, want := range []int{2, 0} { // only once
		s.do(func(ctx context.Context, tx store.Tx) error {
			about, err := tx.SaidAbout(ctx, "visit/1", one.CreatedAt)
			if err != nil || len(about) == 0 || about[0].State == "" {
				t.Errorf("said about the visit: %+v, %v", about, err)
			}
			if later, err := tx.SaidAbout(ctx, "visit/1", one.CreatedAt.Add(time.Hour)); err != nil || len(later) > 0 {
				t.Errorf("said about it later: %+v, %v", later, err)
			}
			said, err := tx.Diverted(ctx, first.ID, "visit/1", one.CreatedAt)
			equal(t, "what was said together", len(said), want)
			return err
		})
	}
	equal(t, "what waits after that", len(stranded(first.Channel, time.Time{})), 0)
	recalled := func() map[string]string {
		return get(s, func(ctx context.Context, tx store.Tx) (map[string]string, error) {
			return tx.Recalled(ctx, "outage", s.now)
		})
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Remember(ctx, "vk", "outage", "down 1", s.after(time.Hour)); err != nil {
			return err
		}
		return tx.Remember(ctx, "web", "outage", "over", s.after(-time.Hour))
	})
	equal(t, "recalled", len(recalled()), 1)
	equal(t, "of vk", recalled()["vk"], "down 1")
}
