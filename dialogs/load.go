package dialogs

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"careline/dialogs/source"
)

// Options are what scripts are checked against, beside themselves.
type Options struct {
	Actions  []Action
	Services []string      // ids of careline.yaml; nil = not checked
	Language string        // in which the scripts are written; empty = ru
	Horizon  time.Duration // how far ahead visits are booked; 0 = not checked
}

// Load reads and checks a clinic's scripts: dialogs/*.yaml, triage.yaml, memory.yaml, journey.yaml,
// locales/*.yaml, and names every mistake at once. The Set is nil when there are errors.
func Load(fsys fs.FS, o Options) (*Set, source.Findings) {
	set, findings := Inspect(fsys, o)
	if findings.Failed() {
		return nil, findings
	}
	return set, findings
}

// Inspect is Load for checks that go on in spite of errors: the Set holds what could be read, so an
// expression, a target or a machine may be missing in it.
func Inspect(fsys fs.FS, o Options) (*Set, source.Findings) {
	if o.Language == "" {
		o.Language = "ru"
	}
	l := &loader{fsys: fsys, options: o, once: map[string]string{}, set: &Set{
		Dialogs: map[string]*Dialog{}, Actions: map[string]*Action{}, Everywhere: &Everywhere{}, Triage: &Triage{},
		Memory: &Memory{}, Journey: &Journey{},
	}}
	for i := range o.Actions {
		l.set.Actions[o.Actions[i].Name] = &o.Actions[i]
	}
	for _, name := range l.names() {
		l.read(name)
	}
	l.infer()
	for i := 0; i < len(l.later); i++ { // it grows on the way
		l.later[i]()
	}
	l.compileDialogs()
	slices.SortStableFunc(l.set.Texts, func(a, b *ScriptText) int { return a.Pos().Compare(b.Pos()) })
	l.buildTexts()
	return l.set, l.Findings.Sort()
}

// loader reads all files, then infers types, then compiles what waited for them.
type loader struct {
	source.Report
	fsys    fs.FS
	options Options
	set     *Set
	facts   []*fact           // what is known of answers' types
	later   []func()          // what needs all files and all types
	once    map[string]string // kind of file that a clinic has one of → the file
}

func (l *loader) then(f func()) { l.later = append(l.later, f) }

// names of the script files.
func (l *loader) names() []string {
	var names []string
	for _, name := range []string{"memory.yaml", "triage.yaml", "journey.yaml"} {
		if _, err := fs.Stat(l.fsys, name); err == nil {
			names = append(names, name)
		}
	}
	found, err := fs.Glob(l.fsys, "dialogs/*.yaml")
	if err != nil {
		l.Problem(source.Pos{File: "dialogs", Line: 1, Column: 1}, "cannot list the folder: %v", err)
	}
	wrong, _ := fs.Glob(l.fsys, "dialogs/*.yml")
	for _, name := range wrong {
		l.Add(source.Pos{File: name, Line: 1, Column: 1}, 81, "is not read; end its name with .yaml")
	}
	return append(names, found...)
}

// kinds of file by their first key, with the keys that may stand in them in their only order.
var kinds = map[string][]string{
	"dialog":     {"dialog", "title", "needs", "class", "takes", "ends", "gives", "expires", "on", "formerly", "renamed", "states"},
	"everywhere": {"everywhere", "reactions", "unclear", "unknown"},
	"triage":     {"triage", "levels", "flags", "rules", "routes", "approved"},
	"memory":     {"memory", "patient", "contact"},
	"journey":    {"journey", "polite", "tests", "timelines"},
}

func (l *loader) read(name string) {
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.Problem(source.Pos{File: name, Line: 1, Column: 1}, "cannot be read: %v", err)
		return
	}
	root, findings := source.Read(name, data)
	l.Findings = append(l.Findings, findings...)
	f := &ScriptFile{Name: name, Root: root, Kind: strings.TrimSuffix(path.Base(name), ".yaml")}
	l.set.Files = append(l.set.Files, f)
	if root == nil {
		return
	}
	if !root.Is(source.Mapping) || len(root.Entries) == 0 {
		l.Add(root.Pos, 78, name, source.Mapping, root.Kind)
		return
	}
	first := root.Entries[0]
	known, ok := kinds[first.Key]
	if !ok {
		l.Unknown(first.KeyPos, first.Key, "the first line of a file", []string{"dialog", "everywhere", "triage", "memory", "journey"})
		return
	}
	f.Kind = first.Key
	if before := l.once[f.Kind]; before != "" {
		l.Add(first.KeyPos, 83, "a clinic has one `"+f.Kind+"`; it stands in "+before+" already")
		return
	}
	if f.Kind != "dialog" {
		l.once[f.Kind] = name
	}
	fields := l.Fields(root, "a file of kind "+f.Kind, known...)
	switch f.Kind {
	case "dialog":
		l.dialog(name, fields)
	case "everywhere":
		l.everywhere(fields)
	case "triage":
		l.triage(fields)
	case "memory":
		l.memory(fields)
	case "journey":
		l.journey(fields)
	}
}
