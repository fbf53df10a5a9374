package access

import (
	"context"

	"careline/store"
)

// Action is what somebody saw or did. The audit shows it by the text desk.audit.does.ACTION.
type Action string

// The actions that access knows itself; pages have more.
const (
	CameIn        Action = "came_in"
	WentOut       Action = "went_out"
	Refused       Action = "refused" // a wrong password or code
	Locked        Action = "locked"  // one too many
	Added         Action = "account_added"
	Changed       Action = "account_changed"
	PasswordGiven Action = "password_given" // by another
	PasswordTaken Action = "password_changed"
	Disabled      Action = "account_disabled"
	Enabled       Action = "account_enabled"
	CodesOn       Action = "codes_on"
	CodesOff      Action = "codes_off"
	SessionsEnded Action = "sessions_ended" // those on other devices
)

// Audit notes in the transaction of a change who made it. ref is what else it is about (visit/ID, ticket/ID,
// account/ID); no names, phones or words.
func (a *Access) Audit(ctx context.Context, tx store.Tx, action Action, patient, ref string) error {
	who, _ := From(ctx)
	return tx.NoteDeeds(ctx, []store.Deed{{
		At: a.now(), AccountID: who.ID, Action: string(action), PatientID: patient, Ref: ref, Address: Address(ctx)}})
}

// Viewed notes that patients' data was shown; what cannot be noted may not be shown.
func (a *Access) Viewed(ctx context.Context, action Action, ref string, patients ...string) error {
	if len(patients) == 0 {
		return nil
	}
	who, _ := From(ctx)
	deeds := make([]store.Deed, len(patients))
	for i, id := range patients {
		deeds[i] = store.Deed{At: a.now(), AccountID: who.ID, Action: string(action), PatientID: id, Ref: ref, Address: Address(ctx)}
	}
	return a.store.Tx(ctx, func(tx store.Tx) error { return tx.NoteDeeds(ctx, deeds) })
}
