package store

import (
	"context"
	"encoding/json"
	"time"
)

// Segment chooses patients; what is empty chooses nobody out.
type Segment struct {
	Tag      string
	Service  string    // that they came for, or will
	Source   string    // that brought one of their chats
	Channel  string    // that they have a chat in, or like best
	NotSince time.Time // they have been here, and not since then, nor are they expected
}

// Segments find patients by what they have in common.
type Segments interface {
	// PatientsIn are up to limit patients of the segment whose ids come after that one, in their order.
	PatientsIn(ctx context.Context, s Segment, after string, limit int) ([]Patient, error)
}

// meant is the condition on an appointment that was not called off.
const meant = `a.patient_id = p.id AND a.status NOT IN ('cancelled', 'noshow', 'entered-in-error')`

// PatientsIn implements Segments.
func (t *tx) PatientsIn(ctx context.Context, s Segment, after string, limit int) ([]Patient, error) {
	var p params
	where := `p.erased_us = 0 AND p.id > ` + p.add(after)
	if s.Tag != "" {
		tag, err := json.Marshal(s.Tag)
		if err != nil {
			return nil, err
		}
		where += ` AND replace(p.tags, ` + p.add(string(tag)) + `, '') <> p.tags`
	}
	if s.Service != "" {
		where += ` AND EXISTS (SELECT 1 FROM appointments a WHERE ` + meant + ` AND a.service = ` + p.add(s.Service) + `)`
	}
	if s.Source != "" {
		where += ` AND EXISTS (SELECT 1 FROM contacts c WHERE c.patient_id = p.id AND c.source = ` + p.add(s.Source) + `)`
	}
	if s.Channel != "" {
		channel := p.add(s.Channel)
		where += ` AND (p.channel = ` + channel + ` OR EXISTS (SELECT 1 FROM contacts c WHERE c.patient_id = p.id AND c.erased_us = 0 AND c.channel = ` + channel + `))`
	}
	if !s.NotSince.IsZero() {
		since := p.add(micros(s.NotSince))
		where += ` AND EXISTS (SELECT 1 FROM appointments a WHERE ` + meant + ` AND a.start_us < ` + since + `)
			AND NOT EXISTS (SELECT 1 FROM appointments a WHERE ` + meant + ` AND a.start_us >= ` + since + `)`
	}
	return query(ctx, t, "looking for patients", patientFields,
		`SELECT `+patientColumns+` FROM patients p WHERE `+where+` ORDER BY p.id `+atMost(p.add(limit)), p...)
}
