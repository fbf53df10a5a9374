package rehearsal

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"careline/bot/folder"
	"careline/dialogs/clinic"
	"careline/dialogs/transcript"
)

const evening = `dialog: evening
title: Когда удобно
needs: [personal]
states:
  ask:
    say: Вечером удобно?
    ask: contact.prefers_evening
    type: yesno
  told:
    if: contact.prefers_evening
    say: Значит, вечером.
`

const remembers = `test: Память чата живёт между разговорами и кончается в срок
now: 2026-11-23 10:00 Europe/Moscow
patient:
  name: Анна Петрова
  phone: "+79123456789"
  consents: [personal]

lines:
  - patient: совушка
  - bot: Вечером удобно?
  - patient: да
  - bot: Значит, вечером.
  - pass: 364d
  - patient: совушка
  - bot: Значит, вечером.
  - pass: 2d
  - patient: совушка
  - bot: Вечером удобно?
`

// memory.yaml says what is kept of a chat and for how long: what is known is not asked, what is over is.
func TestTheMemoryOfAChatIsKeptAsLongAsItSays(t *testing.T) {
	files := fstest.MapFS{"dialogs/evening.yaml": {Data: []byte(evening)}}
	err := fs.WalkDir(clinic.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(clinic.Files(), path)
		if path == "dialogs/everywhere.yaml" {
			data = []byte(strings.Replace(string(data), "reactions:\n", "reactions:\n  owl:\n    says: [совушка]\n    run: evening\n\n", 1))
		}
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f, findings := folder.Draft(files)
	if f == nil {
		t.Fatal(findings)
	}
	script, wrong := transcript.Read("remembers.yaml", []byte(remembers))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	if err := Perform(t.Context(), Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: emptySQLite(t)}, script); err != nil {
		t.Error(err)
	}
}
