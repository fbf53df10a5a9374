package actions

import (
	"maps"
	"slices"

	"careline/bot/desk"
)

// Room is the administrators' side of the desk.
func (h *House) Room() *desk.Room {
	room := &desk.Room{Desk: h.Desk, Clinic: h.Clinic, Reception: h.Reception, Phrases: h.Scripts.Catalogue()}
	for _, name := range slices.Sorted(maps.Keys(h.Scripts.Memory.Patient)) {
		if h.Scripts.Memory.Patient[name].Mark == "health" {
			room.Health = append(room.Health, name)
		}
	}
	return room
}
