package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/bot/booking"
	"careline/store"

	"github.com/spf13/cobra"
)

// courseEndCommand ends steps one way or the other.
func courseEndCommand(word, short string, end func(r *booking.Reception, ctx context.Context, tx store.Tx, m booking.Matter, step string, now time.Time) error) *cobra.Command {
	return &cobra.Command{
		Use:               word + " STEP... [DIR]",
		Short:             short,
		Long:              short + ". To say it twice does nothing. Either all of them are ended, or none.",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			steps, dir, err := visitsIn(cmd, args)
			if err != nil {
				return err
			}
			return atCounter(cmd, []string{dir}, func(ctx context.Context, c *counter, tx store.Tx) (string, error) {
				told := ""
				for _, id := range steps {
					err := end(c.Reception, ctx, tx, staff(), id, c.clock.Now())
					switch {
					case errors.Is(err, store.ErrNotFound):
						return "", fmt.Errorf("there is no step %s; `careline course show PATIENT` shows them", id)
					case err != nil:
						return "", fmt.Errorf("step %s: %w", id, err)
					}
					told += id + ": " + word + "\n"
				}
				return told, nil
			})
		},
	}
}
