package bottest

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"careline/bot/folder"
	"careline/bot/runner"
	"careline/dialogs/clinic"
)

// Script is a dialog of a test: what is said to begin it, and its states.
type Script struct {
	Name, Says, States string
}

var programme = regexp.MustCompile(`(?m)^loyalty:\n(?:[ \t].*\n)*`)

// Folder is the sample clinic with dialogs of the test's own, and with this in place of its loyalty programme.
func Folder(t testing.TB, loyalty string, scripts ...Script) *folder.Folder {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(clinic.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "transcripts/") {
			return err
		}
		data, err := fs.ReadFile(clinic.Files(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	heard := "\nreactions:\n"
	for _, s := range scripts {
		heard += "  " + s.Name + ":\n    says: [" + s.Says + "]\n    run: " + s.Name + "\n\n"
		files["dialogs/"+s.Name+".yaml"] = &fstest.MapFile{Data: []byte("dialog: " + s.Name + "\ntitle: Проба\nneeds: [personal]\nstates:\n" + s.States)}
	}
	everywhere, settings := files["dialogs/everywhere.yaml"], files["careline.yaml"]
	everywhere.Data = []byte(strings.Replace(string(everywhere.Data), "\nreactions:\n", heard, 1))
	settings.Data = append(programme.ReplaceAll(settings.Data, nil), "\n"+loyalty...)
	f, findings := folder.Draft(files)
	if f == nil {
		t.Fatal(findings)
	}
	return f
}

// Play lets the world go on with these scripts and settings, and with whatever change does to its parts.
func (w *World) Play(f *folder.Folder, change func(*runner.Parts)) {
	parts := w.Runner.Parts
	parts.Scripts, parts.Clinic = f.Scripts, f.Clinic
	change(&parts)
	w.Runner = runner.New(parts)
}
