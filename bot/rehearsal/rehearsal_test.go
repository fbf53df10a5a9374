package rehearsal

import (
	"iter"
	"path/filepath"
	"sync"
	"testing"

	"careline/bot/folder"
	"careline/channels"
	"careline/dialogs/check"
	"careline/dialogs/clinic"
	"careline/dialogs/transcript"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"
	"careline/store/storetest"
)

// elsewhere are the states of a clinic without services, prices, links or pages for reviews, and of two programs that race for a time
// within one step, and of one person in two messengers, of whom bot/runner's stories tell: no conversation in one chat with
// the sample clinic comes there.
var elsewhere = []string{
	"booking.nothing", "prices.human", "move.taken", "points.no_link", "review.none", "rating.thanks", "freed.gone",
	"joined.told", "went_on.told", "code.told", "code.refuse", "code.refused",
	"elsewhere.look", "elsewhere.whether", "elsewhere.bring", "elsewhere.gone", "elsewhere.leave",
	"letters.alone", "same_person.show", "same_person.shown", "same_person.joined", "same_person.over",
}

// unsigned is the finding that a clinic's own clinician has to sign its triage rules: nobody can for the sample.
const unsigned = 73

// passed are the states that the conversations went through.
type passed struct {
	sync.Mutex
	states map[string]bool
}

func (p *passed) note(dialog, state string) {
	p.Lock()
	defer p.Unlock()
	p.states[dialog+"."+state] = true
}

// The shipped conversations go as written, whatever the messenger can show, and between them they go
// everywhere that a person can come to. Under the race detector each is performed in one messenger; make test performs
// all of them in all messengers once more without it.
func TestShippedTranscripts(t *testing.T) {
	f, scripts := shipped(t)
	been := &passed{states: map[string]bool{}}
	album := newAlbum(f)
	t.Run("sqlite", func(t *testing.T) {
		for _, messenger := range messengers {
			stage := Stage{Scripts: f.Scripts, Clinic: f.Clinic, Channel: messenger, Passed: been.note}
			for name, play := range plays(stage, scripts, emptySQLite, album.add) {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					play(t)
				})
			}
		}
	})
	if !raced { // else not everything was shown
		album.compare(t)
	}
	for _, state := range elsewhere {
		been.states[state] = true
	}
	for _, finding := range check.Covered(f.Scripts, been.states) {
		t.Error(finding)
	}
}

// On PostgreSQL one after the other: events settle only when no older transaction of the server is under way.
func TestShippedTranscriptsOnPostgreSQL(t *testing.T) {
	f, scripts := shipped(t)
	for name, play := range plays(Stage{Scripts: f.Scripts, Clinic: f.Clinic, Channel: "telegram"}, scripts, emptyPostgres, func(*play) {}) {
		t.Run(name, play)
	}
}

func shipped(t *testing.T) (*folder.Folder, []*transcript.Transcript) {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the shipped clinic has errors:\n%v", findings)
	}
	for _, finding := range findings {
		if finding.Number != unsigned {
			t.Error(finding)
		}
	}
	scripts, wrong, err := transcript.ReadAll(clinic.Files(), "transcripts")
	if err != nil || len(wrong) > 0 || len(scripts) == 0 {
		t.Fatalf("reading transcripts: %v\n%v", err, wrong)
	}
	return f, scripts
}

var messengers = []channels.ID{"web", "telegram", "vk", "whatsapp"}

// turn: under the race detector a messenger has every fourth transcript, and each that its own cannot perform.
func turn(script *transcript.Transcript, i int, messenger channels.ID) bool {
	own := messengers[i%len(messengers)]
	return !raced || messenger == own || !Possible(script, own)
}

// plays are the performances of all transcripts that are possible in the stage's messenger, by name. See is shown each
// when it is over.
func plays(stage Stage, scripts []*transcript.Transcript, empty func(*testing.T) store.Store, see func(*play)) iter.Seq2[string, func(*testing.T)] {
	return func(yield func(string, func(*testing.T)) bool) {
		for i, script := range scripts {
			if !turn(script, i, stage.Channel) {
				continue
			}
			perform := func(t *testing.T) {
				stage := stage
				stage.Store = empty(t)
				p, err := perform(t.Context(), stage, script)
				if err != nil {
					t.Error(err)
				}
				if p != nil {
					see(p)
				}
			}
			if Possible(script, stage.Channel) && !yield(string(stage.Channel)+"/"+filepath.Base(script.Pos.File), perform) {
				return
			}
		}
	}
}

func emptySQLite(t *testing.T) store.Store {
	t.Helper()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "careline.db"))
	return migrated(t, db, err)
}

func emptyPostgres(t *testing.T) store.Store {
	t.Helper()
	db, err := postgres.Open(t.Context(), storetest.Postgres(t))
	return migrated(t, db, err)
}

func migrated(t *testing.T, db store.Store, err error) store.Store {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}
