package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/store"

	"github.com/spf13/cobra"
)

func visitListCommand() *cobra.Command {
	var date, branch string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [DIR]",
		Short: "Show who comes on a day",
		Long: `Shows the visits of a day, branch by branch, each by its own clock: time, patient, service, practitioner, status, id.
The list holds names: mind where you send it.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := openCounter(cmd, dirOf(args))
			if err != nil {
				return err
			}
			defer c.db.Close()
			branches := c.Folder.Clinic.Branches
			if branch != "" {
				one := c.Folder.Clinic.Branch(branch)
				if one == nil {
					return fmt.Errorf("--branch %s: the clinic has %s", branch, strings.Join(branchIDs(branches), ", "))
				}
				branches = []*booking.Branch{one}
			}
			day, err := c.day(cmd.Context(), date, branches)
			switch {
			case err != nil:
				return err
			case asJSON:
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(day)
			}
			c.print(cmd.OutOrStdout(), branches, date, day)
			return nil
		},
	}
	cmd.Flags().StringVar(&date, "date", "today", "2026-11-24, yesterday, today or tomorrow")
	cmd.Flags().StringVar(&branch, "branch", "", "only this branch (its id in careline.yaml)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON array, for tools")
	days := cobra.FixedCompletions([]string{"yesterday", "today", "tomorrow"}, cobra.ShellCompDirectiveNoFileComp)
	if err := cmd.RegisterFlagCompletionFunc("date", days); err != nil {
		panic(err) // the flag has just been added
	}
	return cmd
}

func branchIDs(branches []*booking.Branch) []string {
	var ids []string
	for _, b := range branches {
		ids = append(ids, b.ID)
	}
	return ids
}

// day is who comes to the branches on a date, by branch and start; cancelled visits are nobody's coming.
func (c *counter) day(ctx context.Context, date string, branches []*booking.Branch) ([]visitLine, error) {
	lines := []visitLine{}
	err := c.db.Read(ctx, func(tx store.Tx) error {
		for _, b := range branches {
			from, err := dayIn(date, c.clock.Now().In(b.Zone))
			if err != nil {
				return err
			}
			visits, err := tx.AppointmentsBetween(ctx, b.ID, from, from.AddDate(0, 0, 1))
			if err != nil {
				return err
			}
			visits = slices.DeleteFunc(visits, func(a store.Appointment) bool {
				return a.Status == store.StatusCancelled || a.Status == store.StatusError
			})
			more, err := c.lines(ctx, tx, visits)
			if err != nil {
				return err
			}
			lines = append(lines, more...)
		}
		return nil
	})
	return lines, err
}

// dayIn is the beginning of the day that is meant, by the clock that shows now.
func dayIn(date string, now time.Time) (time.Time, error) {
	shift, named := map[string]int{"yesterday": -1, "today": 0, "tomorrow": 1}[date]
	if named {
		return time.Date(now.Year(), now.Month(), now.Day()+shift, 0, 0, 0, 0, now.Location()), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return day, fmt.Errorf("--date %q: write 2026-11-24, yesterday, today or tomorrow", date)
	}
	return day, nil
}

// print shows a day: a table for each branch.
func (c *counter) print(w io.Writer, branches []*booking.Branch, date string, day []visitLine) {
	for i, b := range branches {
		table := &grid{left: map[int]bool{1: true, 2: true, 3: true, 4: true, 5: true}}
		for _, l := range day {
			if l.Branch == b.ID {
				table.add(l.Start.Format("15:04"), l.name(), cmp.Or(l.seen.Service.Title, l.Service), l.doctors(), l.state(), l.names())
			}
		}
		if i > 0 {
			fmt.Fprintln(w)
		}
		on, _ := dayIn(date, c.clock.Now().In(b.Zone)) // it was read before
		fmt.Fprintf(w, "%s, %s\n", c.Folder.Clinic.In("").Text(b.Title), on.Format(time.DateOnly))
		if len(table.rows) == 0 {
			fmt.Fprintln(w, "  nobody comes")
		}
		table.print(w)
	}
}
