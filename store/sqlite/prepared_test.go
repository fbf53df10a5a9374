package sqlite

import (
	"fmt"
	"path/filepath"
	"testing"
)

// However many statements there have been, those in use now stay prepared.
func TestNewStatementsAreRememberedAmongMany(t *testing.T) {
	ctx := t.Context()
	db, err := pool(filepath.Join(t.TempDir(), "clinic.db"), 1, "immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	one, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	ask := func(text string) {
		t.Helper()
		var n int
		if err := one.QueryRowContext(ctx, text, 1).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2 * remembered {
		ask(fmt.Sprint("SELECT $1 + ", i))
	}
	const now = "SELECT $1"
	for range 100 { // it may be the one that gives way, once in a while
		ask(now)
		kept := false
		err := one.Raw(func(c any) error {
			idle := c.(*conn).idle
			if len(idle) > remembered {
				t.Errorf("%d statements are remembered", len(idle))
			}
			_, kept = idle[prepared{now, "= ${1}"}]
			return nil
		})
		if kept || err != nil {
			return
		}
	}
	t.Error("a statement that is used again and again is prepared anew each time")
}
