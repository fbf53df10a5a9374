package store

import (
	"context"
	"fmt"
	"time"
)

// Invitation is a patient's own code: who comes by it carries it as the source of the chat.
type Invitation struct {
	Code      string
	PatientID string
	CreatedAt time.Time
}

// Invitations are the codes, one for each patient who asked for it.
type Invitations interface {
	// Invite keeps the patient's code, unless there is one already, and returns the one that counts. ErrDuplicate
	// when the code is somebody else's.
	Invite(ctx context.Context, i Invitation) (code string, err error)
	// Inviter is the patient whose code it is; ErrNotFound when it is nobody's.
	Inviter(ctx context.Context, code string) (patient string, err error)
}

// Invite implements Invitations.
func (t *tx) Invite(ctx context.Context, i Invitation) (string, error) {
	if t.erased[i.PatientID] {
		return "", fmt.Errorf("keeping an invitation of somebody who was erased: %w", ErrNotFound)
	}
	_, err := t.insert(ctx, "keeping an invitation", `INSERT INTO invitations (code, patient_id, created_us)`,
		[][]any{{i.Code, i.PatientID, micros(i.CreatedAt)}}, `ON CONFLICT DO NOTHING`)
	if err != nil {
		return "", err
	}
	codes, err := query(ctx, t, "reading an invitation", scalar[string], `SELECT code FROM invitations WHERE patient_id = $1`, i.PatientID)
	if err != nil {
		return "", err
	}
	if len(codes) == 0 {
		return "", fmt.Errorf("keeping an invitation: %w", ErrDuplicate)
	}
	return codes[0], nil
}

// Inviter implements Invitations.
func (t *tx) Inviter(ctx context.Context, code string) (string, error) {
	patients, err := query(ctx, t, "finding who invited", scalar[string], `SELECT patient_id FROM invitations WHERE code = $1`, code)
	if err != nil {
		return "", err
	}
	if len(patients) == 0 {
		return "", fmt.Errorf("finding who invited: %w", ErrNotFound)
	}
	return patients[0], nil
}
