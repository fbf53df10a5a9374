package actions

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"careline/bot/access"
	"careline/bot/desk"
	"careline/store"
)

// Room is the administrators' side of the desk.
func (h *House) Room() *desk.Room {
	room := &desk.Room{Desk: h.Desk, Clinic: h.Clinic, Reception: h.Reception, Phrases: h.Scripts.Catalogue(), Staff: staff}
	for _, name := range slices.Sorted(maps.Keys(h.Scripts.Memory.Patient)) {
		if h.Scripts.Memory.Patient[name].Mark == "health" {
			room.Health = append(room.Health, name)
		}
	}
	return room
}

// staff are those who answer at the desk in the browser.
func staff(ctx context.Context, tx store.Tx) (all []desk.Account, err error) {
	known, err := tx.Accounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading accounts: %w", err)
	}
	for _, a := range access.Answering(known) {
		all = append(all, desk.Account{ID: a.ID, Name: a.Name})
	}
	return all, nil
}
