package check_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"careline/dialogs"
	"careline/dialogs/check"
	"careline/dialogs/clinic"
	"careline/dialogs/dialogstest"
	"careline/dialogs/source"
)

var update = flag.Bool("update", false, "write what is found into the want files")

func options() dialogs.Options {
	return dialogs.Options{Actions: dialogstest.Actions(), Horizon: 60 * 24 * time.Hour}
}

func said(found source.Findings) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}

// Each folder of testdata is a small clinic with one mistake; its file `want` holds what is said.
func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	folders, err := filepath.Glob("testdata/*_*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no folders", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			_, found := check.All(os.DirFS(folder), options())
			want := filepath.Join(folder, "want")
			if *update {
				if err := os.WriteFile(want, []byte(said(found)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			expected, err := os.ReadFile(want)
			if err != nil || said(found) != string(expected) {
				t.Errorf("said:\n%swant:\n%s%v", said(found), expected, err)
			}
			number, _, _ := strings.Cut(filepath.Base(folder), "_")
			if !slices.ContainsFunc(found, func(f source.Finding) bool { return pad(f.Number) == number }) {
				t.Errorf("finding %s is not among them", number)
			}
		})
	}
}

func TestEveryFindingOfTheTableHasACase(t *testing.T) {
	seen := map[int]bool{75: true} // it needs live conversations
	for _, pattern := range []string{"testdata/*/want", "../testdata/findings/*/want"} {
		wants, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range wants {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(b)) {
				for _, row := range check.Table() {
					if like(row).MatchString(strings.TrimSpace(line)) {
						seen[row.Number] = true
					}
				}
			}
		}
	}
	seen[76] = true // TestStatesThatNoTranscriptVisitsAreNoted
	for _, row := range check.Table() {
		if !seen[row.Number] {
			t.Errorf("no case for %d: %s", row.Number, row.Format)
		}
	}
}

// like matches what a row says, whatever is filled in.
func like(row source.Row) *regexp.Regexp {
	text := regexp.QuoteMeta(row.Format)
	for _, verb := range []string{"%s", "%d"} {
		text = strings.ReplaceAll(text, verb, ".*")
	}
	return regexp.MustCompile(": " + string(row.Severity) + ": " + text + "$")
}

func pad(n int) string { return fmt.Sprintf("%02d", n) }

func TestTheShippedClinicIsWithoutMistakes(t *testing.T) {
	set, found := check.All(clinic.Files(), options())
	for _, f := range found {
		if f.Number != 73 { // the signature is the clinic's own
			t.Error(f)
		}
	}
	if set == nil {
		t.Error("it does not load")
	}
}

func TestStatesThatNoTranscriptVisitsAreNoted(t *testing.T) {
	set, found := check.All(fstest.MapFS{"dialogs/a.yaml": {Data: []byte("dialog: a\ntitle: А\nstates:\n  x:\n    say: Раз\n  y:\n    say: Два\n")}}, options())
	if set == nil {
		t.Fatal(found)
	}
	notes := check.Covered(set, map[string]bool{"a.x": true})
	if got := said(notes); got != "dialogs/a.yaml:6:3: note: no transcript passes through a.y\n" {
		t.Error(got)
	}
}
