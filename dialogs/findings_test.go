package dialogs_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"careline/dialogs"
)

var update = flag.Bool("update", false, "write what is found into the want files")

// Each folder of testdata/findings is a small clinic with mistakes; its file `want` holds what is said.
func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	folders, err := filepath.Glob("testdata/findings/*")
	if err != nil || len(folders) == 0 {
		t.Fatal("no folders", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			_, findings := dialogs.Load(os.DirFS(folder), options())
			var said strings.Builder
			for _, f := range findings {
				said.WriteString(f.String() + "\n")
			}
			want := filepath.Join(folder, "want")
			if *update {
				if err := os.WriteFile(want, []byte(said.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			expected, err := os.ReadFile(want)
			if err != nil || said.String() != string(expected) {
				t.Errorf("said:\n%swant:\n%s%v", said.String(), expected, err)
			}
		})
	}
}
