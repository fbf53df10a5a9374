package bot

import (
	"testing"
	"time"

	"careline/store"
	"careline/store/storetest"
)

// What a process had in hand when it died goes to those who live, and what these have in hand stays theirs.
func TestTheLivingTakeOverFromTheDead(t *testing.T) {
	url := storetest.Postgres(t)
	l := &line{t: t, moved: make(chan struct{})}
	a := startReplica(t, url, l, "a")
	l.until("a")
	b := startReplica(t, url, l, "b")
	in := func(r *replica, f func(store.Tx) error) {
		t.Helper()
		if err := r.Store.Tx(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	const off = "messenger that is off" // nobody else's sender takes from it
	in(b, func(tx store.Tx) error {
		met, err := tx.Meet(t.Context(), []store.Contact{{ID: "anna", Channel: off, Chat: "1", PatientID: "anna", CreatedAt: now}})
		if err != nil {
			return err
		}
		message := func(id string, holder *replica) store.Output {
			return store.Output{ID: id, ContactID: met[0].ID, Channel: off, Chat: "1", Class: "service", Payload: []byte("{}"), CreatedAt: now, Holder: holder.name, Until: now.Add(time.Hour)}
		}
		return tx.Put(t.Context(), []store.Output{message("of the dead", a)})
	})
	held := func() (n int) {
		in(b, func(tx store.Tx) error {
			claimed, err := tx.Claim(t.Context(), []string{off}, b.name, now, now.Add(time.Hour), 10)
			n = len(claimed)
			return err
		})
		return n
	}
	for range 3 { // while a lives, looking changes nothing
		pause(t.Context(), leasePace.look)
		if held() != 0 {
			t.Fatal("taken from a process that lives")
		}
	}
	a.reach.set(true)
	died := time.Now()
	for held() == 0 {
		if time.Since(died) > 20*time.Second {
			t.Fatal("nobody takes over")
		}
		pause(t.Context(), 50*time.Millisecond)
	}
	if took := time.Since(died); took > 10*time.Second {
		t.Errorf("taken over after %v", took)
	}
	if a.life.Held() {
		t.Error("a believes that it lives")
	}
	for range 3 {
		pause(t.Context(), leasePace.look)
		if held() != 0 {
			t.Fatal("taken from b, who lives")
		}
	}
	a.reach.set(false)
}
