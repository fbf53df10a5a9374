package dialogs

import (
	"io/fs"

	"careline/dialogs/source"
)

// Options are what scripts are checked against, beside themselves.
type Options struct {
	Actions  []Action
	Services []string // ids of careline.yaml; nil = not checked
	Locales  fs.FS    // the engine's own phrases: locales.Files()
}

// Load reads and checks a clinic's scripts: dialogs/*.yaml, triage.yaml, memory.yaml, journey.yaml,
// locales/*.yaml, and names every mistake at once. The Set is nil when there are errors.
func Load(fsys fs.FS, o Options) (*Set, source.Findings) { panic("dialogs helper") }
