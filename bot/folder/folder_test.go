package folder_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"careline/bot/folder"
	"careline/dialogs/clinic"
)

func TestAMistakeInATranscriptIsToldAndKeepsNobodyFromBeingServed(t *testing.T) {
	files := sample(t)
	files["transcripts/broken.yaml"] = &fstest.MapFile{Data: []byte("test: Ничего\nlines:\n  - patint: да\n")}
	f, findings := folder.Load(files)
	if f == nil || f.Scripts == nil || !findings.Failed() {
		t.Errorf("folder %v, findings %v", f, findings)
	}
	files["dialogs/broken.yaml"] = files["transcripts/broken.yaml"]
	if f, _ := folder.Load(files); f != nil {
		t.Error("a broken dialog is served")
	}
}

func sample(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(clinic.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(clinic.Files(), path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestADraftIsTriedOutBeforeItIsTranslated(t *testing.T) {
	files := sample(t)
	files["dialogs/draft.yaml"] = &fstest.MapFile{Data: []byte("dialog: draft\ntitle: Новое\nstates:\n  hello:\n    say: Пока только по-русски.\n")}
	if f, findings := folder.Load(files); f != nil || !findings.Failed() {
		t.Error("a text without its translation is served")
	}
	if f, findings := folder.Draft(files); f == nil {
		t.Errorf("nobody can try it out: %v", findings)
	}
	files["dialogs/draft.yaml"].Data = []byte("dialog: draft\n")
	if f, _ := folder.Draft(files); f != nil {
		t.Error("a broken draft is tried out")
	}
}
