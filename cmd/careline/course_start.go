package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/dialogs/words"
	"careline/store"

	"github.com/spf13/cobra"
)

func courseStartCommand() *cobra.Command {
	var from, doctor string
	cmd := &cobra.Command{
		Use:   "start PATIENT COURSE [DIR]",
		Short: "Set a course of careline.yaml for a patient",
		Long: `Sets a course of careline.yaml for a patient and shows its steps. Started twice, it is two courses: look first with
careline course show PATIENT.`,
		Args:              takes(2, 3),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return atCounter(cmd, args[2:], func(ctx context.Context, c *counter, tx store.Tx) (string, error) {
				course := c.Folder.Clinic.Course(args[1])
				if course == nil {
					return "", fmt.Errorf("careline.yaml has no course %s; `careline course list` shows them", args[1])
				}
				p, err := c.patient(ctx, tx, args[0])
				if err != nil {
					return "", err
				}
				plan := booking.Plan{Patient: p.ID, Doctor: doctor, Visits: course.Visits, From: words.Date(from)}
				if _, err := c.PlanCourse(ctx, tx, staff(), plan, c.clock.Now()); err != nil {
					return "", unplanned(err)
				}
				return c.steps(ctx, tx, p.ID, false)
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "first day, 2026-11-24 (default today)")
	cmd.Flags().StringVar(&doctor, "doctor", "", "who leads it (id in careline.yaml)")
	return cmd
}

func coursePreventCommand() *cobra.Command {
	var doctor string
	cmd := &cobra.Command{
		Use:   "prevent PATIENT SERVICE DATE [DIR]",
		Short: "Set the day by which a patient should come again",
		Long: `Sets the day by which a patient should come for a service again: a check-up, a vaccination, a control scan. A visit in the
sixty days before it, or later, counts. One service has one such day: setting another moves it.`,
		Args:              takes(3, 4),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return atCounter(cmd, args[3:], func(ctx context.Context, c *counter, tx store.Tx) (string, error) {
				p, err := c.patient(ctx, tx, args[0])
				if err != nil {
					return "", err
				}
				_, err = c.SetPrevention(ctx, tx, staff(), p.ID, args[1], doctor, words.Date(args[2]), c.clock.Now())
				if err != nil {
					return "", unplanned(err)
				}
				return c.steps(ctx, tx, p.ID, false)
			})
		},
	}
	cmd.Flags().StringVar(&doctor, "doctor", "", "whom they should see (id in careline.yaml)")
	return cmd
}

// atCounter does something in one transaction of the clinic in the folder, and prints what it tells.
func atCounter(cmd *cobra.Command, dir []string, do func(ctx context.Context, c *counter, tx store.Tx) (told string, err error)) error {
	c, err := openCounter(cmd, dirOf(dir))
	if err != nil {
		return err
	}
	defer c.db.Close()
	var told string
	err = c.db.Tx(cmd.Context(), func(tx store.Tx) (err error) {
		told, err = do(cmd.Context(), c, tx)
		return err
	})
	if err == nil && told != "" {
		fmt.Fprintln(cmd.OutOrStdout(), strings.TrimRight(told, "\n"))
	}
	return err
}

// unplanned says what of a plan is wrong.
func unplanned(err error) error {
	if errors.Is(err, booking.ErrPlan) {
		return fmt.Errorf("%w; days are written %s, services and practitioners by their ids in careline.yaml", err, time.DateOnly)
	}
	return err
}
