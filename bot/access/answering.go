package access

import (
	"slices"

	"careline/store"
)

// Answering are those of the accounts who answer patients, and so may have a ticket.
func Answering(all []store.Account) []store.Account {
	return slices.DeleteFunc(all, func(a store.Account) bool {
		return !a.DisabledAt.IsZero() || !Role(a.Role).has(Answer)
	})
}
