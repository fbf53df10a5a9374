package inbox

import (
	"slices"
	"time"

	"careline/bot/access"
	"careline/store"
)

// first is the beginning of the list.
var first store.Spot

// seen is how the audit calls that the list has shown somebody.
const seen access.Action = "inbox_seen"

// patients whom the list shows.
func (l list) patients() (ids []string) {
	for _, k := range l.found {
		if k.PatientID != "" && !slices.Contains(ids, k.PatientID) {
			ids = append(ids, k.PatientID)
		}
	}
	return ids
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// offered are the kinds to choose from: those that there are, and the one that is chosen.
func (l list) offered() []string {
	if l.Kind == "" || slices.Contains(l.kinds, l.Kind) {
		return l.kinds
	}
	return append(slices.Clone(l.kinds), l.Kind)
}
