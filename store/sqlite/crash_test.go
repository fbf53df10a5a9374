package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"careline/store"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// crashing names the database of a process that writes until it is killed.
const crashing = "CARELINE_TEST_CRASHING"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashing); path != "" {
		fmt.Fprintln(os.Stderr, writeForEver(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForEver says the number of each pair of inputs after its commit.
func writeForEver(path string) error {
	ctx := context.Background()
	s, err := openForEver(ctx, path)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		err := s.Tx(ctx, func(tx store.Tx) error {
			for _, half := range []string{"a", "b"} {
				in := store.Input{Channel: "web", ExternalID: fmt.Sprint(n, half), Kind: store.DeskInput, ReceivedAt: storetest.Noon}
				if _, err := tx.Accept(ctx, []store.Input{in}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func openForEver(ctx context.Context, path string) (store.Store, error) {
	s, err := sqlite.Open(path)
	if err != nil {
		return nil, err
	}
	return s, s.Migrate(ctx)
}

func TestKilledProcessLosesNothingItCommitted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clinic.db")
	said := killedAfter(t, path, 50)
	err := openAt(t, path).Read(t.Context(), func(tx store.Tx) error {
		stored, _, err := storetest.InDepth(t.Context(), tx)
		if stored%2 != 0 || stored < 2*said {
			t.Errorf("%d inputs are stored, %d pairs were committed", stored, said)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// killedAfter runs a writing process, kills it after some commits, and returns how many it had said.
func killedAfter(t *testing.T, path string, commits int) (said int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), crashing+"="+path)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for said < commits && lines.Scan() {
		said++
	}
	if said < commits {
		t.Fatalf("the writer ended early: %s", complaint.String())
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		said++
	}
	_ = cmd.Wait() // killed
	return said
}
