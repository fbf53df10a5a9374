package check

import (
	"maps"

	"careline/dialogs"
)

// facts are the answers that are surely not empty.
type facts map[string]bool

func (f facts) and(names []string) facts {
	out := maps.Clone(f)
	if out == nil {
		out = facts{}
	}
	for _, n := range names {
		out[root(n)] = true // a field of an empty record is empty
	}
	return out
}

func treeFacts(e *dialogs.Expr, is bool) []string {
	if e == nil {
		return nil
	}
	return filled(e.Tree, is)
}
