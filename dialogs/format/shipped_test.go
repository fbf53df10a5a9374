package format_test

import (
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"careline/dialogs"
	"careline/dialogs/dialogstest"
	"careline/dialogs/format"
)

func shipped(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"../clinic/*.yaml", "../clinic/dialogs/*.yaml", "../clinic/transcripts/*.yaml"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			if files[p], err = os.ReadFile(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(files) == 0 {
		t.Fatal("no script was found")
	}
	return files
}

func TestTheShippedScriptsAreInOrder(t *testing.T) {
	for name, src := range shipped(t) {
		if found := format.Check(name, src); len(found) > 0 {
			t.Errorf("%s: %s stands behind %s", found[0], found[0].Key, found[0].Before)
		}
		if d := cmp.Diff(string(src), formatted(t, string(src))); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Shuffled keys of the states come back into the same order, and a second time changes nothing.
func TestFormattingIsIdempotent(t *testing.T) {
	files := shipped(t)
	names := slices.Sorted(maps.Keys(files))
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom(names).Draw(r, "file")
		shuffled := shuffle(string(files[name]), rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "seed"), 1)))
		once, err := format.Format(name, []byte(shuffled))
		if err != nil {
			r.Fatalf("%s: %v", name, err)
		}
		if found := format.Check(name, once); len(found) > 0 {
			r.Fatalf("%s: still out of order at %s", name, found[0])
		}
		twice, err := format.Format(name, once)
		if err != nil {
			r.Fatalf("%s: %v", name, err)
		}
		if d := cmp.Diff(string(once), string(twice)); d != "" {
			r.Fatalf("%s: the second time differs: %s", name, d)
		}
	})
}

// shuffle mixes the blocks of lines that begin at the same deep indentation in each state.
func shuffle(src string, random *rand.Rand) string {
	var out []string
	var blocks [][]string
	flush := func() {
		random.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
		for _, b := range blocks {
			out = append(out, b...)
		}
		blocks = nil
	}
	for l := range strings.SplitSeq(src, "\n") {
		indent := len(l) - len(strings.TrimLeft(l, " "))
		isKey := indent == 4 && !strings.HasPrefix(strings.TrimSpace(l), "-") && strings.Contains(l, ":") && !strings.HasPrefix(strings.TrimSpace(l), "#")
		switch {
		case isKey && strings.Contains(src, "\ndialog:"):
			blocks = append(blocks, []string{l})
		case indent > 4 && len(blocks) > 0:
			blocks[len(blocks)-1] = append(blocks[len(blocks)-1], l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return strings.Join(out, "\n")
}

// Whoever stands in a conversation does not notice that the files were put in order.
func TestFormattingNeverChangesMeaning(t *testing.T) {
	load := func(fsys fs.FS) *dialogs.Set {
		t.Helper()
		set, found := dialogs.Load(fsys, dialogs.Options{Actions: dialogstest.Actions()})
		if set == nil {
			t.Fatal(found)
		}
		return set
	}
	before, after := os.DirFS("../clinic"), fstest.MapFS{}
	for _, pattern := range []string{"*.yaml", "dialogs/*.yaml"} {
		names, err := fs.Glob(before, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for i, name := range names {
			src, err := fs.ReadFile(before, name)
			if err != nil {
				t.Fatal(err)
			}
			out, err := format.Format(name, []byte(shuffle(string(src), rand.New(rand.NewPCG(uint64(i), 2)))))
			if err != nil {
				t.Fatal(err)
			}
			after[name] = &fstest.MapFile{Data: out}
		}
	}
	want := load(before)
	for name, d := range load(after).Dialogs {
		if d.Version != want.Dialogs[name].Version {
			t.Errorf("dialog %s means something else", name)
		}
	}
}
