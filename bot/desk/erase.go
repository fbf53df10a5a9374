package desk

import (
	"context"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/store"
)

// Erase forgets the patient of the matter, because they wish it: what is to come is cancelled and given to others, the
// rooms hear of it, and what the law obliges the clinic to keep stays without a name. Nobody steps their chats meanwhile.
func (d *Desk) Erase(ctx context.Context, tx store.Tx, r *booking.Reception, m booking.Matter, now time.Time) error {
	coming, err := r.Coming(ctx, tx, m, now)
	if err != nil {
		return err
	}
	if err := r.LeaveAll(ctx, tx, m.Patient, now); err != nil {
		return err
	}
	m.Staff = true // erasure is a right: no visit is too near for it
	for _, v := range coming {
		if _, err := r.Cancel(ctx, tx, m, v.ID, "erased", now); err != nil {
			return err
		}
		if err := d.Tell(ctx, tx, News{What: Cancelled, Visit: v.ID, Contact: m.Contact}, now); err != nil {
			return err
		}
	}
	if err := d.untopic(ctx, tx, m.Patient, now); err != nil {
		return err
	}
	if err := tx.Erase(ctx, m.Patient, now); err != nil {
		return fmt.Errorf("erasing a patient: %w", err)
	}
	return nil
}

// untopic lets the topics of the patient's tickets go, wherever there are some.
func (d *Desk) untopic(ctx context.Context, tx store.Tx, patient string, now time.Time) error {
	rooms, managers, err := d.chats(ctx, tx, now)
	if err != nil || len(rooms)+len(managers) == 0 {
		return err
	}
	tickets, err := tx.TicketsOfPatient(ctx, patient)
	if err != nil {
		return fmt.Errorf("reading a patient's tickets: %w", err)
	}
	for _, k := range tickets {
		if err := d.tell(ctx, tx, union(rooms, managers), News{What: Erased, Ticket: k}, now); err != nil {
			return err
		}
	}
	return nil
}
