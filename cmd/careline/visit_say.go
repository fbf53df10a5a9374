package main

import (
	"context"
	"errors"
	"fmt"

	"careline/bot/booking"
	"careline/store"

	"github.com/spf13/cobra"
)

// outcomeCommand says of visits that they have a status.
func outcomeCommand(word, status, short, follows string) *cobra.Command {
	return &cobra.Command{
		Use:   word + " ID... [DIR]",
		Short: short,
		Long: short + "." + follows + `
Each visit is spoken of by itself: where one is refused, the others are said all the same, and the exit status is 1.
To say it twice does nothing.`,
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, dir, err := visitsIn(cmd, args)
			if err != nil {
				return err
			}
			c, err := openCounter(cmd, dir)
			if err != nil {
				return err
			}
			defer c.db.Close()
			for _, id := range ids {
				said, wrong := c.say(cmd.Context(), id, status)
				if wrong != nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "careline: %v\n", wrong)
					err = errTold
					continue
				}
				fmt.Fprintln(cmd.OutOrStdout(), said)
			}
			return err
		},
	}
}

// say reports a status of a visit and tells what came of it.
func (c *counter) say(ctx context.Context, id, status string) (told string, err error) {
	now := c.clock.Now()
	err = c.db.Tx(ctx, func(tx store.Tx) error {
		a, err := c.find(ctx, tx, id)
		if err != nil {
			return err
		}
		said := booking.Outcome{Visit: booking.Ref{ID: a.ID}, Status: status}
		after, effect, err := c.Report(ctx, tx, staff(), said, now)
		if err != nil {
			return c.refusal(id, status, a, err)
		}
		if told = fmt.Sprintf("%s: %s", id, after.Status); effect != booking.Done {
			told += " already"
		}
		return nil
	})
	return told, err
}

// refusal says why a visit cannot have the status, and what to do.
func (c *counter) refusal(id, status string, a store.Appointment, err error) error {
	at := c.local(a).Format(minute)
	switch {
	case errors.Is(err, booking.ErrEarly):
		return fmt.Errorf("%s begins on %s: it cannot be %s yet", id, at, status)
	case errors.Is(err, booking.ErrStatus):
		hint := "take that back first: careline visit booked " + id
		if a.Status == store.StatusCancelled {
			hint = "book another one"
		}
		return fmt.Errorf("%s is %s and cannot be %s; %s", id, a.Status, status, hint)
	case errors.Is(err, store.ErrTaken):
		return fmt.Errorf("%s, %s: its time is somebody else's by now; book another one", id, at)
	}
	return fmt.Errorf("%s: %w", id, err)
}
