package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"careline/store"

	"github.com/spf13/cobra"
)

func visitShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:               "show ID [DIR]",
		Short:             "Show all of a visit",
		Args:              takes(1, 2),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, dir, err := visitsIn(cmd, args)
			if err != nil {
				return err
			}
			if len(ids) > 1 {
				return fmt.Errorf("%s is no folder; the command is `%s`", ids[1], cmd.UseLine())
			}
			c, err := openCounter(cmd, dir)
			if err != nil {
				return err
			}
			defer c.db.Close()
			var line visitLine
			err = c.db.Tx(cmd.Context(), func(tx store.Tx) error {
				a, err := c.find(cmd.Context(), tx, ids[0])
				if err != nil {
					return err
				}
				lines, err := c.lines(cmd.Context(), tx, []store.Appointment{a})
				if err == nil {
					line = lines[0]
				}
				return err
			})
			switch {
			case err != nil:
				return err
			case asJSON:
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "  ")
				return e.Encode(line)
			}
			line.print(cmd.OutOrStdout())
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object, for tools")
	return cmd
}

const minute = "2006-01-02 15:04"

func (l visitLine) print(w io.Writer) {
	table := &grid{left: map[int]bool{1: true}}
	add := func(name, value string) {
		if value != "" {
			table.add(name, value)
		}
	}
	add("id", l.ID)
	add("the clinic's id", l.External)
	add("patient", l.name())
	if l.Patient != nil {
		add("patient's id", l.Patient.ID)
		add("phone", l.Patient.Phone)
	}
	add("service", cmp.Or(l.seen.Service.Title, l.Service))
	add("practitioner", l.doctors())
	add("branch", cmp.Or(l.seen.Branch.Title, l.Branch))
	add("time", l.Start.Format(minute)+l.End.Format("–15:04 MST"))
	add("status", l.Status+" since "+l.Since.Format(time.DateTime))
	add("confirmed", yes(l.Confirmed))
	add("first visit", yes(l.First))
	add("reason", l.Reason)
	add("feeling", l.Feeling)
	add("booked", l.Booked.Format(time.DateTime))
	table.print(w)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}
