package storetest

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"careline/store"
)

func (s *stage) account(login string) store.Account {
	s.Helper()
	a := store.Account{ID: s.id("account"), Login: login, Name: "Аня", Role: "administrator", Password: "hash", TOTP: []byte{0, 1, 255},
		TOTPStep: 7, Recovery: []string{"a", "b"}, Temporary: true, CreatedAt: s.now, ChangedAt: s.now}
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.AddAccount(ctx, a) })
	return a
}

// accounts are kept whole, a login is one person's, and what was read of a chat only grows.
func accounts(t *testing.T, s *stage) {
	anna := s.account("anna")
	s.account("boris")
	s.refused(store.ErrDuplicate, func(ctx context.Context, tx store.Tx) error {
		return tx.AddAccount(ctx, store.Account{ID: "x", Login: "anna", Name: "x", Role: "owner"})
	})
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.AccountNamed(ctx, "nobody")
		return err
	})
	named := func() store.Account {
		return get(s, func(ctx context.Context, tx store.Tx) (store.Account, error) { return tx.AccountNamed(ctx, "anna") })
	}
	if got := named(); !reflect.DeepEqual(got, anna) {
		t.Fatalf("read back: %+v, want %+v", got, anna)
	}
	anna.Role, anna.TOTP, anna.Recovery, anna.Temporary, anna.DisabledAt = "owner", nil, nil, false, s.now
	s.do(func(ctx context.Context, tx store.Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		return tx.SaveAccount(ctx, anna)
	})
	if got := named(); !reflect.DeepEqual(got, anna) {
		t.Fatalf("changed: %+v, want %+v", got, anna)
	}
	s.refused(store.ErrNotFound, func(ctx context.Context, tx store.Tx) error {
		return tx.SaveAccount(ctx, store.Account{ID: "x", Name: "x", Role: "owner"})
	})
	all := get(s, func(ctx context.Context, tx store.Tx) ([]store.Account, error) { return tx.Accounts(ctx) })
	equal(t, "accounts", len(all), 2)

	chat := s.met()
	for _, line := range []int64{3, 9, 4} {
		s.do(func(ctx context.Context, tx store.Tx) error { return tx.ReadTo(ctx, anna.ID, chat.ID, line) })
	}
	read := func() map[string]int64 {
		return get(s, func(ctx context.Context, tx store.Tx) (map[string]int64, error) {
			return tx.HasRead(ctx, anna.ID, []string{chat.ID, "other"})
		})
	}
	equal(t, "read up to", read()[chat.ID], 9)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, chat.PatientID, s.now) })
	equal(t, "of who was erased", len(read()), 0)
}

// signIns end at their time, one by one, or all of an account's but one, and nothing brings them back.
func signIns(t *testing.T, s *stage) {
	anna, boris := s.account("anna"), s.account("boris")
	for hash, of := range map[string]store.Account{"a1": anna, "a2": anna, "a3": anna, "b1": boris} {
		s.do(func(ctx context.Context, tx store.Tx) error {
			return tx.AddSignIn(ctx, store.SignIn{TokenHash: hash, AccountID: of.ID, Data: []byte{1, 0}, SeenAt: s.now, Until: s.after(time.Hour)})
		})
	}
	lives := func(hash string, now time.Time) bool {
		err := s.Read(t.Context(), func(tx store.Tx) error {
			_, err := tx.SignInBy(t.Context(), hash, now)
			return err
		})
		return err == nil
	}
	equal(t, "alive", lives("a1", s.now), true)
	of := func(now time.Time) int {
		return len(get(s, func(ctx context.Context, tx store.Tx) ([]store.SignIn, error) { return tx.SignInsOf(ctx, anna.ID, now) }))
	}
	equal(t, "of an account", of(s.now), 3)
	equal(t, "of an account, when they are over", of(s.after(time.Hour)), 0)
	equal(t, "over", lives("a1", s.after(time.Hour)), false)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.EndSignIn(ctx, "a1") })
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Seen(ctx, "a1", s.now) })
	equal(t, "ended", lives("a1", s.now), false)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.EndSignInsOf(ctx, anna.ID, "a3") })
	equal(t, "all but one", fmt.Sprint(lives("a2", s.now), lives("a3", s.now), lives("b1", s.now)), "false true true")
	s.do(func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Prune(ctx, s.now, s.after(2*time.Hour), 10)
		return err
	})
	equal(t, "pruned", lives("b1", s.now), false)
}

// attempts at the same key are counted one after the other.
func attempts(t *testing.T, s *stage) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			err := s.try(func(ctx context.Context, tx store.Tx) error {
				known, err := tx.LockAttempts(ctx, []string{"address", "login"}, s.now)
				if err != nil {
					return err
				}
				for i := range known {
					known[i].Failures++
				}
				return tx.SaveAttempts(ctx, known)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	count := func() (n int) {
		s.do(func(ctx context.Context, tx store.Tx) error {
			known, err := tx.LockAttempts(ctx, []string{"login"}, s.now)
			if err == nil {
				n = known[0].Failures
			}
			return err
		})
		return n
	}
	equal(t, "counted", count(), 8)
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.ForgetAttempts(ctx, []string{"login"}) })
	equal(t, "forgotten", count(), 0)
}

// audited: what was done is found by patient, account and time, page by page, and outlives the patient.
func audited(t *testing.T, s *stage) {
	patient := s.met().PatientID
	deed := func(account, patient string, after time.Duration) store.Deed {
		return store.Deed{At: s.after(after), AccountID: account, Action: "viewed", PatientID: patient, Ref: "visit/1", Address: "::1"}
	}
	s.do(func(ctx context.Context, tx store.Tx) error {
		return tx.NoteDeeds(ctx, []store.Deed{deed("anna", patient, 0), deed("anna", "", time.Hour), deed("boris", patient, 2*time.Hour), deed("", "", 3*time.Hour)})
	})
	s.do(func(ctx context.Context, tx store.Tx) error { return tx.Erase(ctx, patient, s.now) })
	found := func(d store.Deeds) []store.Deed {
		if d.Limit == 0 {
			d.Limit = 10
		}
		return get(s, func(ctx context.Context, tx store.Tx) ([]store.Deed, error) { return tx.Deeds(ctx, d) })
	}
	all := found(store.Deeds{})
	equal(t, "all", len(all), 4)
	equal(t, "the newest first", all[0].At, s.after(3*time.Hour))
	equal(t, "of the patient", len(found(store.Deeds{Patient: patient})), 2)
	equal(t, "of the account", len(found(store.Deeds{Account: "anna"})), 2)
	equal(t, "of an action", len(found(store.Deeds{Action: "viewed"})), 4)
	equal(t, "of another", len(found(store.Deeds{Action: "changed"})), 0)
	equal(t, "of both", len(found(store.Deeds{Account: "anna", Patient: patient})), 1)
	equal(t, "of an hour", len(found(store.Deeds{From: s.after(time.Hour), To: s.after(2 * time.Hour)})), 1)
	equal(t, "the next page", len(found(store.Deeds{Before: all[1].Seq, Limit: 1})), 1)
	if got, want := found(store.Deeds{Account: "boris"})[0], deed("boris", patient, 2*time.Hour); got.Ref != want.Ref || got.Address != want.Address || !got.At.Equal(want.At) {
		t.Errorf("read back %+v, want %+v", got, want)
	}
}
