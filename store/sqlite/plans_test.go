package sqlite

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"careline/store"
	"careline/store/storetest"
)

// A message costs the same among a million conversations as among ten: no statement on its way reads a table
// from end to end.
func TestNoStatementOfAMessageScans(t *testing.T) {
	ctx := t.Context()
	db, err := pool(filepath.Join(t.TempDir(), "clinic.db"), 1, "immediate")
	if err != nil {
		t.Fatal(err)
	}
	s := store.Over(db, db, dialect())
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	storetest.Walk(t, s)

	one, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	var texts []string
	if err := one.Raw(func(c any) error { texts = remembers(c.(*conn)); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(texts) < 20 {
		t.Fatalf("only %d statements are looked at", len(texts))
	}
	for _, text := range texts {
		if planned.MatchString(text) {
			t.Errorf("prepared anew at each use: %s", text)
		}
		rows, err := one.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, make([]any, strings.Count(text, "?")+parameters(text))...)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for rows.Next() {
			var id, parent, unused int
			var what string
			if err := rows.Scan(&id, &parent, &unused, &what); err != nil {
				t.Fatal(err)
			}
			if scanned.MatchString(what) {
				t.Errorf("%s in\n%s", what, text)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// planned is a parameter by whose value SQLite plans.
var planned = regexp.MustCompile(`LIMIT [$?]`)

var scanned = regexp.MustCompile(`^SCAN (i|o|h|c|p|ahead|behind|inbox|outbox|threads|contacts|patients|conversations|consents|appointments|holds|answers|events)\b`)

// remembers are the texts of the statements that are kept prepared.
func remembers(c *conn) (texts []string) {
	for p := range c.idle {
		texts = append(texts, anyOf.ReplaceAllString(p.text, p.instead))
	}
	return texts
}

// parameters is how many numbered ones the text has.
func parameters(text string) int {
	n := 0
	for strings.Contains(text, "$"+string(rune('1'+n))) {
		n++
	}
	return n
}
