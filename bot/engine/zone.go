package engine

import (
	"sync"
	"time"
)

// zones keeps what reading the zone database gave: it is read anew at every time.LoadLocation.
type zones struct{ known sync.Map }

// named finds an IANA zone; nil for an empty or unknown name.
func (z *zones) named(name string) *time.Location {
	if zone, ok := z.known.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if name == "" || err != nil {
		return nil
	}
	z.known.Store(name, zone)
	return zone
}

// readerZone is where the person is, clinicZone where the clinic is.
func (s *step) readerZone() *time.Location {
	if zone := s.zones.named(s.scene.Contact.Zone); zone != nil {
		return zone
	}
	return s.clinicZone()
}

func (s *step) clinicZone() *time.Location {
	if zone := s.zones.named(s.scene.Clinic.Branch.Zone); zone != nil {
		return zone
	}
	return time.UTC
}
