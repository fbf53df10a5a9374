package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"careline/dialogs"
	"careline/store"

	"github.com/spf13/cobra"
)

func courseShowCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:               "show PATIENT [DIR]",
		Short:             "Show what is set for a patient",
		Args:              takes(1, 2),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return atCounter(cmd, args[1:], func(ctx context.Context, c *counter, tx store.Tx) (string, error) {
				p, err := c.patient(ctx, tx, args[0])
				if err != nil {
					return "", err
				}
				told, err := c.steps(ctx, tx, p.ID, all)
				if err == nil && told == "" {
					told = "Nothing is set for this patient."
				}
				return told, err
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "also what is done or dropped")
	return cmd
}

// steps shows what is set for a patient: day, what for, number, state, id.
func (c *counter) steps(ctx context.Context, tx store.Tx, patient string, all bool) (string, error) {
	rows, err := tx.StepsOf(ctx, []string{patient})
	if err != nil {
		return "", err
	}
	rows = slices.DeleteFunc(rows, func(s store.Step) bool { return !all && s.State != store.StepActive })
	seen, err := c.Reception.Steps(ctx, tx, "", rows, c.clock.Now())
	if err != nil {
		return "", err
	}
	table := &grid{left: map[int]bool{1: true, 2: true, 3: true, 4: true}}
	for _, s := range seen {
		zone := dialogs.ZoneNamed(s.Due.Zone)
		table.add(s.Due.At.In(zone).Format("2006-01-02"), s.Title, stepPlace(s), stepState(s), s.ID)
	}
	var told strings.Builder
	table.print(&told)
	return told.String(), nil
}

// stepPlace is where a step stands in its course.
func stepPlace(s *dialogs.CourseStep) string {
	if s.Prevention {
		return "prevention"
	}
	return fmt.Sprintf("%d of %d", s.Number, s.Of)
}

func stepState(s *dialogs.CourseStep) string {
	if s.State == store.StepActive && s.Booked {
		return "booked"
	}
	return map[string]string{store.StepActive: "to come", store.StepCompleted: "done", store.StepRevoked: "dropped"}[s.State]
}
