package schema_test

import (
	"flag"
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

var update = flag.Bool("update", false, "write the schema beside the shipped scripts")

func TestTheSchemaBesideTheScriptsIsUpToDate(t *testing.T) {
	want, err := schema.All()
	if err != nil {
		t.Fatal(err)
	}
	const name = "../clinic/schema.json"
	if *update {
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(name); err != nil || string(have) != string(want) {
		t.Errorf("run `go test ./dialogs/schema -update` (%v)", err)
	}
}

func TestEveryScriptNamesTheSchema(t *testing.T) {
	for pattern, line := range map[string]string{"../clinic/*.yaml": "schema.json", "../clinic/*/*.yaml": "../schema.json"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(name, "locales") || strings.HasSuffix(name, "careline.yaml") {
				continue
			}
			if !strings.HasPrefix(string(src), "# yaml-language-server: $schema="+line+"\n") {
				t.Errorf("%s does not name its schema", name)
			}
		}
	}
}
