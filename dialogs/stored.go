package dialogs

import (
	"encoding/json"
	"time"
)

// The clinic's own records are written as their ids: a conversation is read and written at every step, and what is
// long in it is long for every answer. Complete looks the rest up again.

// MarshalJSON implements json.Marshaler.
func (s Service) MarshalJSON() ([]byte, error) { return json.Marshal(s.ID) }

// MarshalJSON implements json.Marshaler.
func (p Practitioner) MarshalJSON() ([]byte, error) { return json.Marshal(p.ID) }

// MarshalJSON implements json.Marshaler.
func (b Branch) MarshalJSON() ([]byte, error) { return json.Marshal(b.ID) }

// UnmarshalJSON implements json.Unmarshaler. A record that the clinic has no more is called by its id.
func (s *Service) UnmarshalJSON(b []byte) error {
	*s = Service{}
	return idOf(b, &s.ID, &s.Title)
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *Practitioner) UnmarshalJSON(b []byte) error {
	*p = Practitioner{}
	return idOf(b, &p.ID, &p.Name)
}

// UnmarshalJSON implements json.Unmarshaler.
func (b *Branch) UnmarshalJSON(raw []byte) error {
	*b = Branch{}
	return idOf(raw, &b.ID, &b.Title)
}

func idOf(raw []byte, id, title *string) error {
	err := json.Unmarshal(raw, id)
	*title = *id
	return err
}

// storedSlot is a Slot as it is written. Times are UTC microseconds.
type storedSlot struct {
	Service    string       `json:"s"`
	Branch     string       `json:"b"`
	Zone       string       `json:"z"`
	Time       [2]int64     `json:"t"`
	Doctors    []string     `json:"d"`
	Parts      []storedPart `json:"p"`
	WithDoctor bool         `json:"wd,omitempty"`
	WithBranch bool         `json:"wb,omitempty"`
}

type storedPart struct {
	Practitioner string   `json:"d"`
	Time         [2]int64 `json:"t"`
}

// MarshalJSON implements json.Marshaler.
func (s Slot) MarshalJSON() ([]byte, error) {
	out := storedSlot{
		Service: s.Service, Branch: s.Branch.ID, Zone: s.Start.Zone, Time: span(s.Start, s.End), WithDoctor: s.WithDoctor, WithBranch: s.WithBranch,
		Doctors: make([]string, len(s.Doctors)), Parts: make([]storedPart, len(s.Parts)),
	}
	for i, d := range s.Doctors {
		out.Doctors[i] = d.ID
	}
	for i, p := range s.Parts {
		out.Parts[i] = storedPart{p.Practitioner.ID, span(p.Start, p.End)}
	}
	return json.Marshal(out)
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *Slot) UnmarshalJSON(b []byte) error {
	var in storedSlot
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*s = Slot{Service: in.Service, Branch: Branch{ID: in.Branch, Title: in.Branch, Zone: in.Zone}, WithDoctor: in.WithDoctor, WithBranch: in.WithBranch}
	s.Start, s.End = moments(in.Time, in.Zone)
	for _, id := range in.Doctors {
		s.Doctors = append(s.Doctors, Practitioner{ID: id, Name: id})
	}
	for _, p := range in.Parts {
		part := Part{Practitioner: Practitioner{ID: p.Practitioner, Name: p.Practitioner}}
		part.Start, part.End = moments(p.Time, in.Zone)
		s.Parts = append(s.Parts, part)
	}
	return nil
}

func span(from, to MomentValue) [2]int64 { return [2]int64{from.At.UnixMicro(), to.At.UnixMicro()} }

func moments(span [2]int64, zone string) (from, to MomentValue) {
	at := func(us int64) MomentValue { return MomentValue{At: time.UnixMicro(us).UTC(), Zone: zone} }
	return at(span[0]), at(span[1])
}
