package year_test

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
	"time"

	"careline/bot/folder"
	"careline/bot/numbers"
	"careline/bot/numbers/year"
	"careline/dialogs"
	"careline/dialogs/clinic"
	"careline/store"
	"careline/store/sqlite"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func sample(t testing.TB) *folder.Folder {
	t.Helper()
	f, findings := folder.Draft(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	return f
}

func played(t testing.TB, f *folder.Folder, seed uint64) store.Store {
	t.Helper()
	db, err := sqlite.Open(t.TempDir() + "/clinic.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := year.Play(t.Context(), year.Parts{Store: db, Clinic: f.Clinic, Scripts: f.Scripts, Now: now, Seed: seed}); err != nil {
		t.Fatal(err)
	}
	return db
}

func report(t testing.TB, f *folder.Folder, db store.Store) *numbers.Report {
	t.Helper()
	r, err := numbers.Read(t.Context(), db, numbers.Ask{
		Span: store.Span{From: now.AddDate(-1, 0, 0), To: now}, Now: now, Zone: f.Clinic.Branches[0].Zone, Journey: f.Scripts.Journey,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// One year is played for all: it takes its time under the race detector.
func TestTheSampleYear(t *testing.T) {
	f := sample(t)
	r := report(t, f, played(t, f, 1))
	t.Run("has all numbers", func(t *testing.T) { hasAllNumbers(t, r) })
	t.Run("speaks of the sample clinic", func(t *testing.T) { speaksOf(t, f, r) })
	t.Run("is the same with the same seed", func(t *testing.T) {
		if diff := cmp.Diff(r, report(t, f, played(t, f, 1)), cmpopts.IgnoreUnexported(numbers.Ratings{})); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("has its keys in the manuals", func(t *testing.T) { manualsKnow(t, r) })
}

func hasAllNumbers(t *testing.T, r *numbers.Report) {
	for i, n := range r.Funnel[1:] {
		if n == 0 || n > r.Funnel[i] {
			t.Errorf("the funnel does not narrow: %v", r.Funnel)
		}
	}
	if share, _ := r.Funnel.Step(store.BookedVisit).Share(); share < 0.4 || share > 0.8 {
		t.Errorf("%.2f of those who began booked", share)
	}
	for what, of := range map[string]numbers.Part{
		"no-shows": r.Visits.Missed, "ratings": r.Ratings.High, "tickets in time": r.Tickets.InTime, "links": r.Links.Opened,
		"answers": r.Messages.Answered, "opt-outs": r.Messages.Stopped, "recall": r.Messages.Recall.Booked,
	} {
		if of.Count == 0 || of.Count >= of.Of {
			t.Errorf("%s: %d of %d", what, of.Count, of.Of)
		}
	}
	if r.Replies.Chats == 0 || r.Patients.New == 0 || r.Patients.HalfYear == 0 || r.Patients.Year == 0 || r.Patients.Returned.Count == 0 || r.Patients.PerYear < 1 || len(r.Messages.Dropped) == 0 {
		t.Errorf("replies %v, patients %v, dropped %v", r.Replies, r.Patients, r.Messages.Dropped)
	}
	for _, test := range r.Tests {
		for _, v := range test.Variants {
			if v.Reached.Of == 0 {
				t.Errorf("%s %s was shown to nobody", test.Name, v.Name)
			}
		}
	}
}

// Every question of the year stands in the sample clinic's scripts, and every timeline in its journey.
func speaksOf(t *testing.T, f *folder.Folder, r *numbers.Report) {
	for _, q := range r.Questions {
		d := f.Scripts.Dialogs[q.Dialog]
		if d == nil || d.State(q.State) == nil || d.State(q.State).Doing != dialogs.Asks {
			t.Errorf("%s.%s does not ask", q.Dialog, q.State)
		}
	}
	known := map[string]bool{}
	for _, line := range f.Scripts.Journey.Timelines {
		known[line.Name] = true
	}
	for _, line := range r.Timelines {
		if !known[line.Name] {
			t.Errorf("there is no timeline %s", line.Name)
		}
	}
}

// Whoever reads the JSON finds every key in the manuals.
func manualsKnow(t *testing.T, r *numbers.Report) {
	grouped := *r
	grouped.By, grouped.Groups = numbers.ByChannel, []numbers.Group{{Funnel: &r.Funnel}}
	text, err := json.Marshal(grouped)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, found := range regexp.MustCompile(`"(\w+)":`).FindAllSubmatch(text, -1) {
		keys[string(found[1])] = true
	}
	for _, manual := range []string{"numbers.md", "numbers.ru.md"} {
		page, err := os.ReadFile("../../../docs/" + manual)
		if err != nil {
			t.Fatal(err)
		}
		for key := range keys {
			if !regexp.MustCompile("[`\"]" + key + "[`\"]").Match(page) {
				t.Errorf("%s does not tell of %q", manual, key)
			}
		}
	}
}

func BenchmarkYear(b *testing.B) {
	f := sample(b)
	for b.Loop() {
		played(b, f, 1)
	}
}
