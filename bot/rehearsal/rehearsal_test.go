package rehearsal

import (
	"path/filepath"
	"testing"

	"careline/bot/folder"
	"careline/channels"
	"careline/dialogs/clinic"
	"careline/dialogs/transcript"
	"careline/store"
	"careline/store/sqlite"
)

// The shipped conversations go as written, whatever the messenger can show.
func TestShippedTranscripts(t *testing.T) {
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the shipped clinic has errors:\n%v", findings)
	}
	scripts, wrong, err := transcript.ReadAll(clinic.Files(), "transcripts")
	if err != nil || len(wrong) > 0 || len(scripts) == 0 {
		t.Fatalf("reading transcripts: %v\n%v", err, wrong)
	}
	for _, script := range scripts {
		for _, messenger := range []channels.ID{"web", "telegram", "vk", "whatsapp"} {
			if !Possible(script, messenger) {
				continue
			}
			t.Run(filepath.Base(script.Pos.File)+"/"+string(messenger), func(t *testing.T) {
				t.Parallel()
				stage := Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: emptySQLite(t), Channel: messenger}
				if err := Perform(t.Context(), stage, script); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func emptySQLite(t *testing.T) store.Store {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
