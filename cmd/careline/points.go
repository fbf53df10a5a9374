package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"careline/store"

	"github.com/spf13/cobra"
)

func pointsCommand() *cobra.Command {
	var spend, add int
	var visit string
	cmd := &cobra.Command{
		Use:   "points PATIENT [DIR]",
		Short: "Show a patient's points, and pay with them",
		Long: `Shows what a patient got points for and how many there are. With --spend and --visit they pay a part of a visit, once
for each visit; with --add they are corrected by hand. One point is worth one unit of the clinic's currency. It works while the
server runs.

PATIENT is careline's id of a patient, the one that the clinic's own system gave them, or a phone.`,
		Args:              takes(1, 2),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := pointsWanted(cmd, spend, add, visit); err != nil {
				return err
			}
			return atCounter(cmd, args[1:], func(ctx context.Context, c *counter, tx store.Tx) (string, error) {
				p, err := c.patient(ctx, tx, args[0])
				if err != nil {
					return "", err
				}
				switch {
				case spend > 0:
					err = c.spend(ctx, tx, p.ID, visit, spend)
				case add != 0:
					err = c.Correct(ctx, tx, p.ID, add, c.clock.Now())
				}
				if err != nil {
					return "", err
				}
				return c.points(ctx, tx, p.ID)
			})
		},
	}
	cmd.Flags().IntVar(&spend, "spend", 0, "so many points pay for --visit")
	cmd.Flags().StringVar(&visit, "visit", "", "the visit that is paid: its id, as careline visit list shows it")
	cmd.Flags().IntVar(&add, "add", 0, "points to add by hand, or to take away: --add=-50")
	return cmd
}

// pointsWanted says what is missing or too much.
func pointsWanted(cmd *cobra.Command, spend, add int, visit string) error {
	switch {
	case cmd.Flags().Changed("spend") && spend < 1:
		return fmt.Errorf("--spend %d is no number of points; it begins with 1", spend)
	case (spend > 0) != (visit != ""):
		return errors.New("points pay for a visit: --spend 100 --visit ID")
	case spend > 0 && add != 0:
		return errors.New("--spend and --add are two things; do one after the other")
	}
	return nil
}

func (c *counter) spend(ctx context.Context, tx store.Tx, patient, visit string, points int) error {
	a, err := c.find(ctx, tx, visit)
	if err != nil {
		return err
	}
	err = c.Spend(ctx, tx, patient, a.ID, points, c.clock.Now())
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%s is a visit of somebody else", visit)
	}
	return err
}

// whatFor are the reasons in words.
var whatFor = map[string]string{
	store.ForVisit: "visit", store.ForComing: "came by an invitation", store.ForInvitation: "invited somebody",
	store.ForPayment: "paid for visit", store.ForReturn: "taken back", store.ForCorrection: "corrected by hand",
}

// points is a patient's ledger and its sum.
func (c *counter) points(ctx context.Context, tx store.Tx, patient string) (string, error) {
	ledger, err := tx.PointsOf(ctx, patient)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	zone, sum := c.Folder.Clinic.Branches[0].Zone, 0
	for _, p := range ledger {
		sum += p.Amount
		line := fmt.Sprintf("%s\t%+d\t%s", p.At.In(zone).Format(time.DateOnly), p.Amount, whatFor[p.Reason])
		if p.Reason == store.ForVisit || p.Reason == store.ForPayment {
			line += " " + p.Ref
		}
		fmt.Fprintln(table, line)
	}
	if err := table.Flush(); err != nil {
		return "", fmt.Errorf("writing the ledger: %w", err)
	}
	fmt.Fprintf(&b, "Points: %d\n", sum)
	if c.Folder.Clinic.Loyalty == nil {
		b.WriteString("careline.yaml has no `loyalty`: nobody gets new ones.\n")
	}
	return b.String(), nil
}
