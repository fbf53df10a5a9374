package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/store"
)

// ErrApart: the two are not to be merged: one is no more, or the clinic's own system has a card of each.
var ErrApart = errors.New("the patients cannot be merged")

// Merge makes one patient of two, into, because an administrator has made sure that they are one person; author is on
// record for it. Nobody steps a chat of theirs meanwhile.
func (d *Desk) Merge(ctx context.Context, tx store.Tx, from, into, author string, now time.Time) error {
	var chats []string
	for _, id := range []string{from, into} {
		of, err := tx.ContactsOf(ctx, id)
		if err != nil {
			return err
		}
		for _, c := range of {
			chats = append(chats, c.ID)
		}
	}
	if err := tx.LockChats(ctx, chats); err != nil {
		return err
	}
	both, err := tx.Patients(ctx, []string{from, into})
	if err != nil {
		return err
	}
	if from == into || len(both) < 2 || !both[0].ErasedAt.IsZero() || !both[1].ErasedAt.IsZero() ||
		both[0].External != "" && both[1].External != "" {
		return fmt.Errorf("merging %s into %s: %w", from, into, ErrApart)
	}
	if both[0].ID != from {
		both[0], both[1] = both[1], both[0]
	}
	if err := booking.Unite(ctx, tx, both[0], both[1], now); err != nil {
		return err
	}
	return tx.AppendEvents(ctx, []store.Event{{At: now, Name: "patient.merged", PatientID: into, Value: author, Ref: from}})
}
