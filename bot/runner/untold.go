package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"careline/bot/desk"
	"careline/bot/journey"
	"careline/dialogs"
	"careline/store"
)

// untold leaves to a human what the bot could not say, where it was due to the patient: a reminder, because a human has
// the chat; and that the clinic has changed a visit, whatever the reason.
func (c *chat) untold(ctx context.Context, t store.Touch) error {
	visit, ok := strings.CutPrefix(t.About, "visit/")
	switch {
	case !ok:
		return nil
	case c.journey.Calls(t):
		return c.calls(ctx, visit)
	case t.Outcome != journey.WithHuman || t.Class != string(dialogs.ServiceClass):
		return nil
	}
	ticket := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "untold", Priority: desk.High, Visit: visit}
	return c.house.Desk.Once(ctx, c.tx, ticket, c.now)
}

// calls lets a human call the patient whose visit the clinic has changed, and who cannot be written to.
func (c *chat) calls(ctx context.Context, visit string) error {
	found, err := c.tx.AppointmentsByID(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading a changed visit: %w", err)
	}
	if len(found) == 0 || found[0].Notice == nil || found[0].Notice.Start.IsZero() || !found[0].Start.After(c.now) {
		return nil
	}
	open, err := c.tx.TicketsAbout(ctx, []string{visit})
	if err != nil {
		return fmt.Errorf("reading tickets of a visit: %w", err)
	}
	if slices.ContainsFunc(open, func(k store.Ticket) bool { return k.Kind == desk.Rescheduled }) {
		return nil
	}
	ticket := store.Ticket{ContactID: c.row.ID, PatientID: found[0].PatientID, Kind: desk.Rescheduled, Priority: desk.High, Visit: visit}
	_, err = c.house.Desk.Open(ctx, c.tx, ticket, 0, c.now)
	return err
}
