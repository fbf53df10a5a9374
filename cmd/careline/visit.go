package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/journey"
	"careline/store"

	"github.com/spf13/cobra"
)

func visitCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "visit",
		Short: "See who comes, and say who came",
		Long: `Shows the visits of a day and says what became of them. It works while the server runs, and what follows from it
(a question after the visit, a kind word after a no-show) is planned in the same moment. On PostgreSQL the server knows at once;
on SQLite within half a minute, for it is told nothing and looks by itself.

ID is careline's id of a visit or the one that the clinic's own system gave it; careline visit list shows both.`,
	}
	cmd.AddCommand(
		visitListCommand(), visitShowCommand(),
		outcomeCommand("arrived", store.StatusArrived, "Say that patients are here", ""),
		outcomeCommand("done", store.StatusFulfilled, "Say that visits are done", "\nFrom now on the patient is asked how they feel, and to rate the visit."),
		outcomeCommand("noshow", store.StatusNoShow, "Say that patients did not come", "\nTheir time is free, and they get a kind message."),
		outcomeCommand("booked", store.StatusBooked, "Take back what was said of visits by mistake",
			"\nThe visits stand as they were booked. The time of a no-show may be somebody else's by then; that is told."),
	)
	return cmd
}

// counter is where the clinic's visits are seen and spoken of.
type counter struct {
	*booking.Reception
	*folder.Folder
	db    store.Store // what is changed in it is planned for
	clock clock.Clock
}

// openCounter opens the clinic in the folder; a server may be at work there.
func openCounter(cmd *cobra.Command, dir string) (*counter, error) {
	clinic, db, err := openClinic(cmd, dir)
	if err != nil {
		return nil, err
	}
	c := &counter{&booking.Reception{Clinic: clinic.Clinic, IDs: newID}, clinic, nil, clock.Real{}}
	c.db = journey.Keep(db, &journey.Planner{Scripts: clinic.Scripts, Clinic: clinic.Clinic, Reception: c.Reception, Clock: c.clock})
	return c, nil
}

// find is the visit with our id, or the one that the clinic's own system calls so.
func (c *counter) find(ctx context.Context, tx store.Tx, id string) (store.Appointment, error) {
	a, err := c.FindVisit(ctx, tx, booking.Ref{ID: id})
	if errors.Is(err, store.ErrNotFound) {
		a, err = c.FindVisit(ctx, tx, booking.Ref{External: id})
	}
	if errors.Is(err, store.ErrNotFound) {
		return a, fmt.Errorf("there is no visit %s; `careline visit list` shows those of a day", id)
	}
	return a, err
}

// visitsIn splits the arguments ID... [DIR]: the last one is the clinic's folder if it is a folder.
func visitsIn(cmd *cobra.Command, args []string) (ids []string, dir string, err error) {
	ids, dir = args, "."
	if last := len(args) - 1; last >= 0 {
		if info, err := os.Stat(args[last]); err == nil && info.IsDir() {
			ids, dir = args[:last], args[last]
		}
	}
	if len(ids) == 0 {
		return nil, "", fmt.Errorf("which visit is missing; the command is `%s`", cmd.UseLine())
	}
	return ids, dir, nil
}
