package api

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"careline/store"
)

// names of a thing: our id, or that of the clinic's own system.
type names struct {
	ID       string `json:"id"`
	External string `json:"external_id"`
}

func (n names) check() *problem {
	switch {
	case n.ID == "" && n.External == "":
		return bad("id or external_id is missing: which one it is")
	case !isID(n.ID) || !isID(n.External):
		return bad("an id is longer than 200 bytes, or has blanks around or control characters in it")
	}
	return nil
}

// longestID is the longest id of anything, in bytes.
const longestID = 200

// isID reports whether a value can be an id; empty is one that was not given.
func isID(id string) bool {
	return len(id) <= longestID && strings.TrimSpace(id) == id && !strings.ContainsFunc(id, unicode.IsControl)
}

// one chooses the thing that has all the names that were given.
func one[T any](n names, list []T, namesOf func(T) names) (T, error) {
	for _, v := range list {
		if has := namesOf(v); (n.ID == "" || n.ID == has.ID) && (n.External == "" || n.External == has.External) {
			return v, nil
		}
	}
	var none T
	return none, store.ErrNotFound
}

// patient is whom the names mean.
func (n names) patient(ctx context.Context, tx store.Tx) (id string, err error) {
	look, by := tx.Patients, n.ID
	if by == "" {
		look, by = tx.PatientsNamed, n.External
	}
	list, err := look(ctx, []string{by})
	if err != nil {
		return "", fmt.Errorf("looking for a patient: %w", err)
	}
	p, err := one(n, list, func(p store.Patient) names { return names{p.ID, p.External} })
	return p.ID, err
}
