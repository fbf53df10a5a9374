package storetest

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careline/store"
)

// links: a click counts once, whoever comes first, and goes with the person.
func links(t *testing.T, s *stage) {
	anna := s.met()
	yandex := store.Link{ID: "secret", ContactID: anna.ID, URL: "https://ya.example/1", Choice: "1.a.b.c.yandex", Place: "rating.review.yandex", CreatedAt: s.now}
	other := store.Link{ID: "other", ContactID: anna.ID, URL: "https://pro.example/1", CreatedAt: s.now}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.SaveLinks(ctx, []store.Link{yandex, other}) })
	var first atomic.Int32
	var fingers sync.WaitGroup
	for range 8 {
		fingers.Go(func() {
			err := s.try(func(ctx context.Context, tx store.Tx) error {
				fresh, err := tx.Click(ctx, "secret", s.after(time.Hour))
				if fresh {
					first.Add(1)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	fingers.Wait()
	equal(t, "first clicks", first.Load(), 1)
	kept := get(s, func(ctx context.Context, tx store.Tx) (store.Link, error) { return tx.LinkByID(ctx, "secret") })
	yandex.ClickedAt = s.after(time.Hour)
	equal(t, "the link", kept, yandex)
	opened := get(s, func(ctx context.Context, tx store.Tx) ([]string, error) {
		return tx.Clicked(ctx, anna.PatientID, []string{yandex.URL, other.URL})
	})
	equal(t, "opened places", slices.Equal(opened, []string{yandex.URL}), true)

	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Erase(ctx, anna.PatientID, s.now); err != nil {
			return err
		}
		return tx.SaveLinks(ctx, []store.Link{{ID: "late", ContactID: anna.ID, URL: yandex.URL, CreatedAt: s.now}})
	})
	for _, id := range []string{"secret", "other", "late", "never"} {
		s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
			_, err := tx.LinkByID(ctx, id)
			return err
		})
	}
}

// points: the same thing counts once, the balance is the sum, and nothing is left of who was erased.
func points(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	add := func(want bool, p store.Point) {
		t.Helper()
		p.At = s.now
		s.do(func(ctx context.Context, tx store.Tx) error {
			fresh, err := tx.AddPoints(ctx, []store.Point{p})
			if err == nil {
				equal(t, p.Reason+" for "+p.Ref, fresh[0], want)
			}
			return err
		})
	}
	has := func(who store.Contact, want int) {
		t.Helper()
		equal(t, "balance", get(s, func(ctx context.Context, tx store.Tx) (int, error) { return tx.Balance(ctx, who.PatientID) }), want)
	}
	has(anna, 0)
	add(true, store.Point{PatientID: anna.PatientID, Amount: 100, Reason: store.ForVisit, Ref: "v1"})
	add(false, store.Point{PatientID: anna.PatientID, Amount: 100, Reason: store.ForVisit, Ref: "v1"})
	add(true, store.Point{PatientID: boris.PatientID, Amount: 100, Reason: store.ForVisit, Ref: "v1"})
	add(true, store.Point{PatientID: anna.PatientID, Amount: -30, Reason: store.ForPayment, Ref: "v1"})
	has(anna, 70)
	has(boris, 100)
	lines := get(s, func(ctx context.Context, tx store.Tx) ([]store.Point, error) { return tx.PointsOf(ctx, anna.PatientID) })
	equal(t, "lines", len(lines), 2)
	lines[1].Seq = 0
	equal(t, "the second line", lines[1], store.Point{PatientID: anna.PatientID, Amount: -30, Reason: store.ForPayment, Ref: "v1", At: s.now})
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.Erase(ctx, anna.PatientID, s.now); err != nil {
			return err
		}
		_, err := tx.AddPoints(ctx, []store.Point{{PatientID: anna.PatientID, Amount: 1, Reason: store.ForVisit, Ref: "v2", At: s.now}})
		return err
	})
	has(anna, 0)
}

// invitations: everybody has one code, nobody has another's.
func invitations(t *testing.T, s *stage) {
	anna, boris := s.met(), s.met()
	invite := func(code string, who store.Contact) (string, error) {
		var counts string
		err := s.try(func(ctx context.Context, tx store.Tx) (err error) {
			counts, err = tx.Invite(ctx, store.Invitation{Code: code, PatientID: who.PatientID, CreatedAt: s.now})
			return err
		})
		return counts, err
	}
	for _, code := range []string{"abc", "xyz"} {
		counts, err := invite(code, anna)
		equal(t, "asked for "+code, counts, "abc")
		equal(t, "error", err, nil)
	}
	s.refused(store.ErrDuplicate, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Invite(ctx, store.Invitation{Code: "abc", PatientID: boris.PatientID, CreatedAt: s.now})
		return err
	})
	who := func(code string) (patient string, err error) {
		err = s.try(func(ctx context.Context, tx store.Tx) error {
			patient, err = tx.Inviter(ctx, code)
			return err
		})
		return patient, err
	}
	patient, err := who("abc")
	equal(t, "whose code", patient, anna.PatientID)
	equal(t, "error", err, nil)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, anna.PatientID, s.now) })
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Inviter(ctx, "abc")
		return err
	})
}
