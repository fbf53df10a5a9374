package api_test

import (
	"net/http"
	"os"
	"regexp"
	"testing"
	"time"
)

var example = regexp.MustCompile("(?s)```json\n(.*?)```")

// Every event that the manuals show is one, and none is told to be stored that is not.
func TestTheManualsExamplesAreEvents(t *testing.T) {
	for _, manual := range []string{"integration.md", "integration.ru.md"} {
		text, err := os.ReadFile("../../../docs/" + manual)
		if err != nil {
			t.Fatal(err)
		}
		found := example.FindAllSubmatch(text, -1)
		if len(found) != 7 {
			t.Errorf("%s has %d examples", manual, len(found))
		}
		w := newWorld(t, onSQLite(t))
		w.clock.Advance(8 * 24 * time.Hour)
		for _, e := range found {
			if s := w.posts(w.signed(w.id(), string(e[1]))); s.Status != http.StatusNotFound || s.Code != "unknown" {
				t.Errorf("%s: %s is answered with %d %s", manual, e[1], s.Status, s.body)
			}
		}
		w = newWorld(t, onSQLite(t))
		w.books("4711", -2*time.Hour)
		w.clock.Advance(8 * 24 * time.Hour)
		for _, e := range found {
			s := w.posts(w.signed(w.id(), string(e[1])))
			if s.Status == http.StatusBadRequest || s.Code == "plan" {
				t.Errorf("%s: %s is answered with %d %s", manual, e[1], s.Status, s.body)
			}
		}
	}
}
