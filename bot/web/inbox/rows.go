package inbox

import (
	"slices"
	"time"

	"careline/store"
)

// first is the beginning of the list.
var first store.Spot

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// offered are the kinds to choose from: those that there are, and the one that is chosen.
func (l list) offered() []string {
	if l.Kind == "" || slices.Contains(l.kinds, l.Kind) {
		return l.kinds
	}
	return append(slices.Clone(l.kinds), l.Kind)
}
