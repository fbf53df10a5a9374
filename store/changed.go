package store

import (
	"slices"
	"time"
)

// Changed implements Tx.
func (t *tx) Changed() Changes {
	for _, list := range []*[]string{&t.changed.Patients, &t.changed.Visits} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return t.changed
}

// changes notes whose timelines may have changed. What a savepoint undoes stays noted: planning again what has not
// changed changes nothing.
func (t *tx) changes(patients ...string) { note(&t.changed.Patients, patients) }

func (t *tx) changesVisits(visits ...string) { note(&t.changed.Visits, visits) }

func note(list *[]string, ids []string) {
	for _, id := range ids {
		if id != "" {
			*list = append(*list, id)
		}
	}
}

// PlanAgain implements Tx.
func (t *tx) PlanAgain(now time.Time, patients ...string) {
	t.changes(patients...)
	if now.After(t.changed.At) {
		t.changed.At = now
	}
}
