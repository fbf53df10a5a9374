package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"careline/store"
	"careline/store/storetest"
)

func TestFullDiskIsSaidAndLosesNothing(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "clinic.db")
	write, err := pool(path, 1, "immediate")
	if err != nil {
		t.Fatal(err)
	}
	s := store.Over(write, write, dialect())
	defer s.Close()
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	room(t, write, 150) // pages of 4 kB
	accept := func(n int) error {
		return s.Tx(ctx, func(tx store.Tx) error {
			_, err := tx.Accept(ctx, []store.Input{{Channel: "web", ExternalID: fmt.Sprint(n), Kind: store.DeskInput,
				Payload: []byte(strings.Repeat("x", 10_000)), ReceivedAt: time.UnixMicro(1)}})
			return err
		})
	}
	stored := 0
	for err = accept(stored); err == nil; err = accept(stored) {
		stored++
	}
	if !errors.Is(err, store.ErrFull) || stored == 0 {
		t.Fatalf("after %d inputs got %v, want %v", stored, err, store.ErrFull)
	}
	room(t, write, 1000)
	if err := accept(stored); err != nil {
		t.Fatalf("with room again: %v", err)
	}
	err = s.Read(ctx, func(tx store.Tx) error {
		waiting, _, err := storetest.InDepth(ctx, tx)
		if waiting != stored+1 {
			t.Errorf("%d inputs wait, want %d", waiting, stored+1)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func room(t *testing.T, db *sql.DB, pages int) {
	t.Helper()
	if _, err := db.Exec(fmt.Sprintf("PRAGMA max_page_count(%d)", pages)); err != nil {
		t.Fatal(err)
	}
}
