package schema_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"careline/dialogs"
	"careline/dialogs/schema"
)

// The loader names the keys that a place may have when it meets an unknown one: they are those of the schema.
func TestTheLoaderTakesTheSameKeys(t *testing.T) {
	for place, c := range map[string]struct{ src, path string }{
		"dialog":            {"dialog: a\nzzzz: 1\n", ""},
		"dialog state":      {"dialog: a\ntitle: А\nstates:\n  x:\n    zzzz: 1\n    say: А\n", "states.*"},
		"dialog item":       {"dialog: a\ntitle: А\nstates:\n  x:\n    say:\n      - text: А\n        zzzz: 1\n", "states.*.say"},
		"dialog choice":     {"dialog: a\ntitle: А\nstates:\n  x:\n    say: А\n    ask: b\n    choose:\n      c:\n        label: А\n        zzzz: 1\n", "states.*.choose.*"},
		"everywhere":        {"everywhere: a\nzzzz: 1\n", ""},
		"everywhere reacts": {"everywhere: a\nreactions:\n  x:\n    zzzz: 1\n", "reactions.*"},
		"everywhere misses": {"everywhere: a\nunclear: {zzzz: 1}\n", "unclear"},
		"everywhere open":   {"everywhere: a\nunknown: {zzzz: 1}\n", "unknown"},
		"triage":            {"triage: a\nzzzz: 1\n", ""},
		"triage level":      {"triage: a\nlevels:\n  x: {zzzz: 1}\n", "levels.*"},
		"triage flag":       {"triage: a\nflags:\n  x:\n    zzzz: 1\n", "flags.*"},
		"triage rule":       {"triage: a\nrules:\n  x:\n    zzzz: 1\n", "rules.*"},
		"triage route":      {"triage: a\nroutes:\n  x:\n    zzzz: 1\n", "routes.*"},
		"triage approval":   {"triage: a\napproved: {zzzz: 1}\n", "approved"},
		"memory":            {"memory: a\nzzzz: 1\n", ""},
		"memory thing":      {"memory: a\npatient:\n  x:\n    zzzz: 1\n", "patient.*"},
		"journey":           {"journey: a\nzzzz: 1\n", ""},
		"journey polite":    {"journey: a\npolite:\n  zzzz: 1\n", "polite"},
		"journey test":      {"journey: a\ntests:\n  x: {zzzz: 1}\n", "tests.*"},
		"journey timeline":  {"journey: a\ntimelines:\n  x:\n    zzzz: 1\n", "timelines.*"},
		"journey again":     {"journey: a\ntimelines:\n  x:\n    about: visit\n    when: 1d after visit.end\n    class: care\n    say: А\n    again: {zzzz: 1}\n", "timelines.*.again"},
	} {
		kind, _, _ := strings.Cut(c.src, ":")
		shape, _ := schema.Of(kind)
		for step := range strings.SplitSeq(c.path, ".") {
			if step != "" {
				shape = shape.Key(step)
			}
		}
		want := slices.Sorted(slices.Values(shape.Keys()))
		if got := mayHave(kind, c.src); !slices.Equal(got, want) {
			t.Errorf("%s: the loader takes %v, the schema has %v", place, got, want)
		}
	}
}

// mayHave are the keys that the loader tells to be possible where `zzzz` stands.
func mayHave(kind, src string) []string {
	name := kind + ".yaml"
	if kind == "dialog" || kind == "everywhere" {
		name = "dialogs/a.yaml"
	}
	var files fs.FS = fstest.MapFS{name: {Data: []byte(src)}}
	_, found := dialogs.Load(files, dialogs.Options{})
	for _, f := range found {
		if _, list, ok := strings.Cut(f.Text, "may have: "); ok && f.Number == 9 {
			return slices.Sorted(slices.Values(strings.Split(list, ", ")))
		}
	}
	return nil
}
