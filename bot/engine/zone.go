package engine

import (
	"time"

	"careline/dialogs"
)

// readerZone is where the person is, clinicZone where the clinic is.
func (s *step) readerZone() *time.Location {
	if zone := dialogs.ZoneNamed(s.scene.Contact.Zone); zone != nil {
		return zone
	}
	return s.clinicZone()
}

func (s *step) clinicZone() *time.Location {
	if zone := dialogs.ZoneNamed(s.scene.Clinic.Branch.Zone); zone != nil {
		return zone
	}
	return time.UTC
}
