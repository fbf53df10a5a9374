package storetest

import (
	"context"
	"testing"
	"time"

	"careline/store"
)

// spoken: what humans have said in a chat is told apart from what the bot did, page by page.
func spoken(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	s.accept(s.message(anna, "help"))
	said := func(c store.Contact, text, author, account string) store.Output {
		o := s.reply(c, text)
		o.Author, o.Account = author, account
		return o
	}
	first, second := said(anna, "one", "Ольга", "olga"), said(anna, "two", "Ирина", "")
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.Put(ctx, []store.Output{s.reply(anna, "from the bot"), first, s.reply(anna, "again"), second, said(boris, "his", "Ольга", "olga")})
	})
	s.do(func(ctx context.Context, tx store.Tx) error {
		return sent(ctx, tx, store.Delivery{ID: first.ID, Receipt: "n-1", At: s.after(time.Second)})
	})
	read := func(after int64, limit int) []store.Line {
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
			return tx.Spoken(ctx, anna.ID, after, limit)
		})
	}
	all := read(0, 10)
	equal(t, "of two", len(all), 2)
	chat := get(s, func(ctx context.Context, tx store.Tx) ([]store.Line, error) {
		return tx.History(ctx, anna.ID, 0, 0, 10)
	})
	equal(t, "where it stands in the chat", all[0].Seq, chat[2].Seq)
	equal(t, "when it was said, not when it came", all[0].At.Equal(s.now), true)
	equal(t, "who", all[0].Author+" "+all[0].Account+", "+all[1].Author+" "+all[1].Account, "Ольга olga, Ирина ")
	equal(t, "what", string(all[1].Payload), string(second.Payload))
	equal(t, "what became of them", all[0].State+" "+all[0].Receipt+", "+all[1].State, "sent n-1, waiting")
	equal(t, "the first page", read(0, 1)[0].Seq, all[0].Seq)
	equal(t, "the page after it", read(all[0].Seq, 1)[0].Seq, all[1].Seq)
	equal(t, "nothing more", len(read(all[1].Seq, 1)), 0)
}

// seen: a room knows of what was said before the last message about the contact that it has got, or that it replies to,
// and of what it said itself.
func seen(t *testing.T, s *stage) {
	anna, boris, room := s.met(), s.met(), s.met()
	put := func(c store.Contact, about, author, account string, after time.Duration) (id string) {
		o := s.reply(c, "words")
		o.Ref, o.Author, o.Account, o.CreatedAt = about, author, account, s.after(after)
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Put(ctx, []store.Output{o}) })
		return o.ID
	}
	got := func(id, receipt string, after time.Duration) {
		s.do(func(ctx context.Context, tx store.Tx) error {
			return sent(ctx, tx, store.Delivery{ID: id, Receipt: receipt, At: s.after(after)})
		})
	}
	want := func(what string, line int64, receipt string, by, own time.Duration) {
		t.Helper()
		found := get(s, func(ctx context.Context, tx store.Tx) (int64, error) {
			return tx.SeenIn(ctx, room.ID, anna.ID, receipt, s.after(by), s.after(own))
		})
		equal(t, what, found, line)
	}
	const before, late = -time.Hour, time.Hour
	put(anna, "", "", "", 0)
	want("nobody has said anything", 0, "", late, late)
	put(anna, "", "Ольга", "olga", 0) // line 2
	want("the room was told nothing", 0, "", late, late)
	told := put(room, anna.ID, "", "", time.Minute)
	want("what is told is on its way", 0, "", late, late)
	got(put(room, boris.ID, "", "", time.Minute), "of boris", time.Minute)
	want("the room was told of somebody else", 0, "of boris", late, late)
	got(told, "of anna", 3*time.Minute)
	want("before it came", 0, "", 2*time.Minute, before)
	want("when it came", 2, "", 3*time.Minute, before)
	want("before it came, but in a reply to it", 2, "of anna", 2*time.Minute, before)
	want("in a reply to something else", 0, "of boris", 2*time.Minute, before)

	put(anna, "", "Ольга", "olga", 2*time.Minute) // line 3: after the room's news was written, before it came
	want("what was said since is not known", 2, "of anna", late, before)
	put(anna, "", "Ирина", room.ID, 5*time.Minute) // line 4
	want("before the room spoke itself", 2, "", late, 4*time.Minute)
	want("what the room said itself", 4, "", before, 5*time.Minute)
	got(put(room, anna.ID, "", "", 2*time.Minute), "", 6*time.Minute)
	want("later news tells more", 3, "", late, before)
	want("no receipt names nothing", 0, "", before, before)
}

// presences: who writes in a chat is known as long as it lasts.
func presences(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	present := func(c store.Contact, account, name string, from, until time.Duration) store.Presence {
		p := store.Presence{ContactID: c.ID, AccountID: account, Name: name, Until: s.after(until)}
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.Present(ctx, p, s.after(from)) })
		return p
	}
	writing := func(what string, at time.Duration, want ...store.Presence) {
		t.Helper()
		same(s, what, want, func(ctx context.Context, tx store.Tx) ([]store.Presence, error) {
			return tx.Writing(ctx, []string{anna.ID, boris.ID, "nobody"}, s.after(at))
		})
	}
	writing("nobody", 0)
	olga := present(anna, "olga", "Ольга", 0, 10*time.Second)
	irina := present(anna, "irina", "Ирина", 0, 20*time.Second)
	both := present(boris, "olga", "Ольга", 0, 20*time.Second)
	writing("by chat and name", 0, irina, olga, both)
	same(s, "of no chat", nil, func(ctx context.Context, tx store.Tx) ([]store.Presence, error) { return tx.Writing(ctx, nil, s.now) })
	writing("until it is over", 10*time.Second, irina, both)
	olga = present(anna, "olga", "Ольга П.", 5*time.Second, 15*time.Second)
	writing("she goes on", 10*time.Second, irina, olga, both)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Absent(ctx, anna.ID, "irina") })
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Absent(ctx, anna.ID, "nobody") })
	writing("one has stopped", 10*time.Second, olga, both)
	irina = present(anna, "irina", "Ирина", 15*time.Second, 30*time.Second)
	writing("whoever had stopped is forgotten", 0, irina, both)
}
