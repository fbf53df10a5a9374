// Package check finds what is wrong with scripts that load: dead ends, circles, values that may be
// empty, texts too long for a messenger, translations that lag behind. One file is one family of findings.
package check

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/dialogs"
	"careline/dialogs/source"
	"careline/locales"
)

// All loads a clinic's scripts and runs every pass, so that one call names every mistake. The Set is nil
// when there are errors, but for those in transcripts and translations that lag behind: the scripts' own language
// stands in for them.
func All(fsys fs.FS, o dialogs.Options) (*dialogs.Set, source.Findings) {
	set, found := dialogs.Inspect(fsys, o)
	c := &checker{fsys: fsys, set: set, language: o.Language, horizon: o.Horizon, Report: source.Report{Findings: found}}
	if c.language == "" {
		c.language = "ru"
	}
	c.prepare()
	for _, pass := range passes {
		pass(c)
	}
	all := c.Findings.Sort()
	if slices.DeleteFunc(slices.Clone(all), func(f source.Finding) bool { return Lags(f) || Rehearsed(f) }).Failed() {
		return nil, all
	}
	return set, all
}

// Lags reports whether a finding is a text that waits for its translator.
func Lags(f source.Finding) bool { return f.Number == 63 || f.Number == 64 }

// Rehearsed reports whether a finding is about a transcript: the scripts themselves may be sound.
func Rehearsed(f source.Finding) bool { return strings.HasPrefix(f.File, "transcripts/") }

// Table is every finding that there is: number, severity, text.
func Table() []source.Row { return source.Rows() }

var passes = []func(*checker){
	(*checker).order,
	(*checker).conditions, (*checker).ways,
	(*checker).reach, (*checker).ends,
	(*checker).circles, (*checker).runCircles,
	(*checker).passedOver, (*checker).empty,
	(*checker).names, (*checker).gender,
	(*checker).advertising, (*checker).diagnosis, (*checker).consents,
	(*checker).lengths, (*checker).buttons, (*checker).typed, (*checker).labels, (*checker).collisions,
	(*checker).translations, (*checker).phrases,
	(*checker).classes, (*checker).shapes, (*checker).anchors, (*checker).never, (*checker).sameMoment, (*checker).handed,
	(*checker).politeness, (*checker).tests, (*checker).paces, (*checker).warnings,
	(*checker).reactions, (*checker).triage, (*checker).media, (*checker).blank, (*checker).started,
	(*checker).transcripts,
}

// checker is one run over a Set.
type checker struct {
	source.Report
	fsys     fs.FS
	set      *dialogs.Set
	language string                   // of the scripts
	horizon  time.Duration            // how far ahead visits are booked; 0 = not known
	docs     map[string]*source.Node  // what the files say, by path
	broken   map[string]bool          // files with errors: their ways cannot be followed
	graphs   map[string]*graph        // by dialog
	first    map[string]bool          // dialogs that begin without being asked
	others   map[string]translatedSet // other languages
}

type translatedSet map[string]locales.Message

func (c *checker) prepare() {
	c.docs, c.broken = map[string]*source.Node{}, map[string]bool{}
	for _, f := range c.set.Files {
		c.docs[f.Name] = f.Root
	}
	for _, f := range c.Findings {
		if f.Severity == source.Error {
			c.broken[f.File] = true
		}
	}
	c.graphs = graphsOf(c.set)
	c.first = beginByThemselves(c.set)
	c.readTranslations()
}

// dialogs in the order of their names.
func (c *checker) dialogs() []*dialogs.Dialog { return sorted(c.set.Dialogs) }

// sound are the dialogs without errors: only their ways can be followed.
func (c *checker) sound() []*dialogs.Dialog {
	return slices.DeleteFunc(c.dialogs(), func(d *dialogs.Dialog) bool { return c.broken[d.Pos.File] })
}

// node is what the file says of a state.
func (c *checker) node(d *dialogs.Dialog, s *dialogs.State) *source.Node {
	return c.docs[d.Pos.File].Get("states").Get(s.Name)
}

func sorted[V any](m map[string]V) []V {
	out := make([]V, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}
