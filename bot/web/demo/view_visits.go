package demo

import (
	"time"

	"careline/store"
)

// outcomes are the statuses after which nothing more is expected of a visit.
var outcomes = []string{store.StatusFulfilled, store.StatusNoShow, store.StatusCancelled}

func (v *view) zoneOf(branch string) *time.Location {
	if b := v.demo.Clinic.Branch(branch); b != nil {
		return b.Zone
	}
	return v.zone()
}
