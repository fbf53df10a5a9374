package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/dialogs/manual"
)

var update = flag.Bool("update", false, "write the files that are made from the code anew")

// Files that are made from the code say what the code says: go test ./cmd/careline -run MadeFromTheCode -update
func TestFilesAreMadeFromTheCode(t *testing.T) {
	page := func(lang string) func() ([]byte, error) {
		return func() ([]byte, error) { return manual.Page(lang, actions.All().Signatures()) }
	}
	for path, made := range map[string]func() ([]byte, error){
		"../../docs/language.md":                    page("ru"),
		"../../docs/language.en.md":                 page("en"),
		"../../dialogs/clinic/careline.schema.json": booking.Schema,
	} {
		want, err := made()
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the code says (%v); run: go test ./cmd/careline -run MadeFromTheCode -update", path, err)
		}
	}
}
