package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/bot/clock"
	"careline/store"

	"github.com/spf13/cobra"
)

func patientsTagCommand() *cobra.Command {
	var add, remove []string
	cmd := &cobra.Command{
		Use:   "tag ID|PHONE... [DIR]",
		Short: "Put tags on patients, or take them off",
		Long: `Puts tags on patients, or takes them off: careline patients tag --add vip --remove new ID…
What follows from it in journey.yaml is planned in the same moment.`,
		Args: takes(1, 10_000),
		RunE: func(cmd *cobra.Command, args []string) error {
			names, dir, err := namesIn(cmd, args)
			if err != nil {
				return err
			}
			if add, remove = tidy(add), tidy(remove); len(add)+len(remove) == 0 {
				return errors.New("which tag is missing; write --add TAG or --remove TAG")
			}
			clinic, db, err := openClinic(cmd, dir)
			if err != nil {
				return err
			}
			defer db.Close()
			changed := 0
			err = planned(clinic, db).Tx(cmd.Context(), func(tx store.Tx) error {
				changed = 0
				for _, name := range names {
					news, err := tag(cmd.Context(), tx, name, add, remove, clock.Real{}.Now())
					if err != nil {
						return err
					}
					if news {
						changed++
					}
				}
				return nil
			})
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "Changed: %d of %d.\n", changed, len(names))
			}
			return err
		},
	}
	cmd.Flags().StringSliceVar(&add, "add", nil, "tag to put on; may be repeated")
	cmd.Flags().StringSliceVar(&remove, "remove", nil, "tag to take off; may be repeated")
	return cmd
}

// tidy are tags as they are kept.
func tidy(tags []string) []string {
	var list []string
	for _, t := range tags {
		if t = strings.ToLower(strings.Join(strings.Fields(t), " ")); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// tag changes one patient's tags and notes it for the audit.
func tag(ctx context.Context, tx store.Tx, name string, add, remove []string, now time.Time) (news bool, err error) {
	p, err := findPatient(ctx, tx, name)
	if err != nil {
		return false, err
	}
	tags := slices.DeleteFunc(slices.Clone(p.Tags), func(t string) bool { return slices.Contains(remove, t) })
	for _, t := range add {
		if !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	if slices.Equal(tags, p.Tags) {
		return false, nil
	}
	p.Tags = tags
	if err := tx.SavePatients(ctx, []store.Patient{p}); err != nil {
		return false, err
	}
	var what []string
	for _, t := range add {
		what = append(what, "+"+t)
	}
	for _, t := range remove {
		what = append(what, "-"+t)
	}
	return true, tx.AppendEvents(ctx, []store.Event{{
		At: now, Name: "patient.tagged", PatientID: p.ID, Channel: "command", Value: strings.Join(what, " "),
	}})
}
