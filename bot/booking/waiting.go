package booking

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Waiting is a place in the waitlist as scripts see it.
func (r *Reception) Waiting(ctx context.Context, tx store.Tx, language string, w store.Waiting, now time.Time) (*dialogs.Waiting, error) {
	out := &dialogs.Waiting{ID: w.ID, Patient: dialogs.Patient{ID: w.PatientID}, Service: dialogs.Service{ID: w.Service}}
	l := r.Clinic.In(language)
	if s := l.services[w.Service]; s != nil {
		out.Service = *s
	}
	people, err := r.Patients(ctx, tx, []string{w.PatientID}, now)
	if err != nil {
		return nil, err
	}
	if p := people[w.PatientID]; p != nil {
		out.Patient = *p
	}
	if len(w.Slot) > 0 && w.State == offered {
		if err := json.Unmarshal(w.Slot, &out.Slot); err != nil {
			return nil, fmt.Errorf("reading a slot: %w", err)
		}
		dialogs.Complete(out.Slot, l)
		out.Found = &dialogs.MomentValue{At: w.FoundAt, Zone: out.Slot.Branch.Zone}
		out.Until = &dialogs.MomentValue{At: w.Until, Zone: out.Slot.Branch.Zone}
	}
	return out, nil
}
