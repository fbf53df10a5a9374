package check

import (
	"careline/dialogs"
	"careline/dialogs/source"
)

// Two findings need more than the files: 76 wants to know where the transcripts went, 75 where people stand
// now, which only the store knows.

// Covered notes the states that no transcript passes through: 76. The keys of visited are DIALOG.STATE, as the
// rehearsal recorded them.
func Covered(set *dialogs.Set, visited map[string]bool) source.Findings {
	var r source.Report
	for _, d := range sorted(set.Dialogs) {
		for _, s := range d.States {
			if name := d.Name + "." + s.Name; !visited[name] {
				r.Add(s.Pos, 76, name)
			}
		}
	}
	return r.Findings.Sort()
}
