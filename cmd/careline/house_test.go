package main

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors of the house, ground first: a package imports only what stands before its own floor. Packages of
// one floor do not see each other, but a folder sees its own sub-folders.
var floors = [][]string{
	{"channels", "locales", "bot/clock"},
	{"dialogs"},
	{"store"},
	{"bot/engine"},
	{"bot/booking"},
	{"bot/desk", "bot/intake", "bot/access"},
	{"bot/journey", "bot/numbers"},
	{"bot/actions"},
	{"bot/folder"},
	{"bot/runner"},
	{"bot/web", "bot/rehearsal", "bot/bustle"},
	{"bot"},
	{"cmd"},
}

// narrow floors see less than what stands below them.
var narrow = map[string][]string{
	"bot/engine": {"dialogs", "channels", "locales"},
	"store":      {"dialogs", "channels", "locales"},
}

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

func TestImportsGoDown(t *testing.T) {
	for _, p := range packages(t) {
		from := place(p.ImportPath)
		for _, imported := range p.Imports {
			if isTestPackage(p.ImportPath) && isTestPackage(imported) { // a stage for tests may stand on another
				continue
			}
			if to := place(imported); to != "" && !allowed(from, to) {
				t.Errorf("%s imports %s: %s stands on a higher floor or may not see it", p.ImportPath, imported, to)
			}
			if isTestPackage(imported) && !isTestPackage(p.ImportPath) {
				t.Errorf("%s imports %s, which is for tests", p.ImportPath, imported)
			}
		}
	}
}

func TestTopLevelFolders(t *testing.T) {
	known := []string{"bot", "dialogs", "channels", "store", "locales", "cmd"}
	for _, p := range packages(t) {
		top, _, _ := strings.Cut(strings.TrimPrefix(p.ImportPath, "careline/"), "/")
		if !slices.Contains(known, top) {
			t.Errorf("%s: the top-level folders are %v", p.ImportPath, known)
		}
	}
}

func packages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "careline/...").Output()
	if err != nil {
		t.Fatalf("listing packages: %v", err)
	}
	var all []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatalf("reading the list of packages: %v", err)
		}
		all = append(all, p)
	}
}

// place is the floor's entry that a package belongs to; empty for packages of others.
func place(path string) string {
	inside, ours := strings.CutPrefix(path, "careline/")
	if !ours {
		return ""
	}
	best := ""
	for _, floor := range floors {
		for _, name := range floor {
			if (inside == name || strings.HasPrefix(inside, name+"/")) && len(name) > len(best) {
				best = name
			}
		}
	}
	if best == "" {
		return inside
	}
	return best
}

func allowed(from, to string) bool {
	if from == to {
		return true
	}
	if only, ok := narrow[from]; ok {
		return slices.Contains(only, to)
	}
	return floor(to) >= 0 && floor(to) < floor(from)
}

func floor(name string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, name) })
}

func isTestPackage(path string) bool {
	base := path[strings.LastIndex(path, "/")+1:]
	return strings.HasPrefix(path, "careline/") && strings.HasSuffix(base, "test")
}

func TestHouseRuleFindsAnOffender(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{
		{"careline/bot/engine", "careline/store", false},
		{"careline/channels/web", "careline/bot", false},
		{"careline/store/sqlite", "careline/bot/booking", false},
		{"careline/bot/engine", "careline/dialogs/words", true},
		{"careline/cmd/careline", "careline/bot", true},
	} {
		if got := allowed(place(c.from), place(c.to)); got != c.ok {
			t.Errorf("%s → %s: allowed = %v, want %v", c.from, c.to, got, c.ok)
		}
	}
}
