package phonetest

import (
	"bufio"
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/channels/telegram/telegramtest"
	"careline/channels/vk/vktest"
	"careline/channels/whatsapp/whatsapptest"
	"careline/dialogs/clinic"
	"careline/dialogs/transcript"
	"careline/store"
	"careline/store/sqlite"
)

var update = flag.Bool("update", false, "choose the golden transcripts in testdata/golden.txt anew")

// between are the dialogs about one person in two chats: no conversation in one chat comes there. The stories of
// bot/runner and cmd/careline tell of them.
var between = []string{"code", "elsewhere", "joined", "went_on"}

type seats = func(context.Context, rehearsal.Table) (rehearsal.Seat, error)

// messengers, and the phone that a patient has there.
var messengers = map[channels.ID]func(*testing.T, *folder.Folder, store.Store, uint64, *Befell) seats{
	"telegram": func(t *testing.T, f *folder.Folder, _ store.Store, seed uint64, befell *Befell) seats {
		return Telegram(t, f, telegramtest.Faults{
			Throttled: 0.04, ServerError: 0.03, HTML: 0.01, Half: 0.01, Reset: 0.02, ResetAfter: 0.02, DropPoll: 0.05, Again: 0.1, Seed: seed,
		}, befell)
	},
	"vk": func(t *testing.T, f *folder.Folder, s store.Store, seed uint64, befell *Befell) seats {
		return VK(t, f, s, vktest.Faults{
			Throttled: 0.03, Flooded: 0.02, Internal: 0.02, ServerError: 0.02, HTML: 0.01, Half: 0.01, Reset: 0.02, ResetAfter: 0.02, DropPoll: 0.05,
			KeyExpired: 0.03, Again: 0.1, Seed: seed,
		}, befell)
	},
	"whatsapp": func(t *testing.T, f *folder.Folder, s store.Store, seed uint64, befell *Befell) seats {
		return WhatsApp(t, f, s, whatsapptest.Faults{Throttled: 0.03, Reset: 0.02, ResetAfter: 0.02, Again: 0.1, Anew: 0.05, Garbled: 0.03, Seed: seed}, befell)
	},
}

// hand is what a messenger plays: all of the golden transcripts, and under the race detector every third.
func hand(goldens map[string][]string, messenger channels.ID) (files []string) {
	players := slices.Sorted(maps.Keys(messengers))
	for i, file := range slices.Sorted(maps.Keys(goldens)) {
		if !raced || players[i%len(players)] == messenger {
			files = append(files, file)
		}
	}
	return files
}

// One golden transcript of every dialog goes as written on the phone of each messenger, while the network fails. Under
// the race detector each is played on one phone; make test plays all of them on all phones once more without it.
func TestEveryDialogOnThePhoneOfEachMessenger(t *testing.T) {
	f, scripts := shipped(t)
	goldens := read(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	for messenger, phone := range messengers {
		befell, played, files := &Befell{}, &atomic.Int64{}, hand(goldens, messenger)
		t.Cleanup(func() {
			if befell.Times() == 0 && int(played.Load()) == len(files) {
				t.Errorf("the network of %s never failed", messenger)
			}
		})
		for _, file := range files {
			t.Run(string(messenger)+"/"+file, func(t *testing.T) {
				t.Parallel()
				played.Add(1)
				been := &been{states: map[string]int{}}
				stage := rehearsal.Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: empty(t), Passed: been.pass}
				stage.Seat = phone(t, f, stage.Store, seed, befell)
				if err := rehearsal.Perform(t.Context(), stage, scripts[file]); err != nil {
					t.Fatal(err)
				}
				for _, dialog := range goldens[file] {
					if been.states[dialog] == 0 {
						t.Errorf("it did not come to %s; choose anew: go test ./bot/phonetest -run EveryDialogHas -update", dialog)
					}
				}
			})
		}
	}
}

func TestEveryDialogHasAGoldenTranscript(t *testing.T) {
	f, scripts := shipped(t)
	if *update {
		write(t, choose(t, f, scripts))
	}
	had := slices.Clone(between)
	for file, dialogs := range read(t) {
		if scripts[file] == nil || !possible(scripts[file]) {
			t.Errorf("%s is no transcript for all messengers", file)
		}
		had = append(had, dialogs...)
	}
	var all []string
	for _, d := range f.Scripts.Dialogs {
		if len(d.States) > 0 {
			all = append(all, d.Name)
		}
	}
	slices.Sort(had)
	slices.Sort(all)
	if !slices.Equal(had, all) {
		t.Errorf("golden transcripts are of %v, the dialogs are %v", had, all)
	}
}

// been counts the states of each dialog that a conversation passed through.
type been struct {
	sync.Mutex
	seen   map[string]bool
	states map[string]int
}

func (b *been) pass(dialog, state string) {
	b.Lock()
	defer b.Unlock()
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	if !b.seen[dialog+"."+state] {
		b.seen[dialog+"."+state] = true
		b.states[dialog]++
	}
}

// choose finds few transcripts that between them run through most of every dialog: three quarters of what the one runs
// through that sees most of it.
func choose(t *testing.T, f *folder.Folder, scripts map[string]*transcript.Transcript) map[string][]string {
	passed, most := map[string]map[string]int{}, map[string]int{}
	for file, script := range scripts {
		if !possible(script) {
			continue
		}
		b := &been{states: map[string]int{}}
		if err := rehearsal.Perform(t.Context(), rehearsal.Stage{Scripts: f.Scripts, Clinic: f.Clinic, Store: empty(t), Channel: "whatsapp", Passed: b.pass}, script); err != nil {
			t.Fatal(err)
		}
		passed[file] = b.states
		for dialog, n := range b.states {
			most[dialog] = max(most[dialog], n)
		}
	}
	chosen := map[string][]string{}
	for len(most) > 0 {
		serves := func(file string) (dialogs []string) {
			for dialog, n := range passed[file] {
				if most[dialog] > 0 && n*4 >= most[dialog]*3 {
					dialogs = append(dialogs, dialog)
				}
			}
			slices.Sort(dialogs)
			return dialogs
		}
		best := slices.MaxFunc(slices.Sorted(maps.Keys(passed)), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(serves(a)), len(serves(b))), cmp.Compare(len(scripts[b].Lines), len(scripts[a].Lines)))
		})
		chosen[best] = serves(best)
		for _, dialog := range chosen[best] {
			delete(most, dialog)
		}
	}
	return chosen
}

// possible: a person can do all of it in every messenger. VK knows no cards of other people's.
func possible(s *transcript.Transcript) bool {
	if slices.ContainsFunc(s.Lines, func(l transcript.Line) bool { return l.Shared != nil && !l.Shared.Own }) {
		return false
	}
	return !slices.ContainsFunc(slices.Collect(maps.Keys(messengers)), func(id channels.ID) bool { return !rehearsal.Possible(s, id) })
}

const list = "testdata/golden.txt"

// read gives the golden transcripts and the dialogs that each stands for.
func read(t *testing.T) map[string][]string {
	t.Helper()
	file, err := os.Open(list)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	goldens := map[string][]string{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, dialogs, ok := strings.Cut(lines.Text(), ": "); ok {
			goldens[name] = strings.Fields(dialogs)
		}
	}
	return goldens
}

func write(t *testing.T, goldens map[string][]string) {
	t.Helper()
	var b strings.Builder
	for _, file := range slices.Sorted(maps.Keys(goldens)) {
		fmt.Fprintf(&b, "%s: %s\n", file, strings.Join(goldens[file], " "))
	}
	if err := os.WriteFile(list, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func shipped(t *testing.T) (*folder.Folder, map[string]*transcript.Transcript) {
	t.Helper()
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatal(findings)
	}
	all, wrong, err := transcript.ReadAll(clinic.Files(), "transcripts")
	if err != nil || len(wrong) > 0 {
		t.Fatalf("reading transcripts: %v\n%v", err, wrong)
	}
	scripts := map[string]*transcript.Transcript{}
	for _, s := range all {
		scripts[filepath.Base(s.Pos.File)] = s
	}
	return f, scripts
}

func empty(t *testing.T) store.Store {
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
