package schema_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"careline/dialogs/schema"
)

func TestTheShippedScriptsFitTheSchema(t *testing.T) {
	b, err := schema.All()
	if err != nil {
		t.Fatal(err)
	}
	all := compile(t, b)
	seen := 0
	for _, root := range []string{"../clinic"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" || strings.Contains(path, "locales") || d.Name() == "careline.yaml" {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			seen++
			if err := all.Validate(instance(t, src)); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen == 0 {
		t.Fatal("no script was seen")
	}
}
