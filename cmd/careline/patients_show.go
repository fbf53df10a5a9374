package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/store"

	"github.com/spf13/cobra"
)

func patientsShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID|PHONE [DIR]",
		Short: "Show what is known of a patient",
		Args:  takes(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			clinic, db, err := openClinic(cmd, dirOf(args[1:]))
			if err != nil {
				return err
			}
			defer db.Close()
			return db.Read(cmd.Context(), func(tx store.Tx) error {
				p, err := findPatient(cmd.Context(), tx, args[0])
				if err != nil {
					return err
				}
				return show(cmd.Context(), cmd.OutOrStdout(), tx, clinic.Clinic, p)
			})
		},
	}
}

// show writes what is known: who it is, what they agreed to, where they write, when they came.
func show(ctx context.Context, w io.Writer, tx store.Tx, clinic *booking.Clinic, p store.Patient) error {
	for _, line := range [][2]string{
		{"ID", p.ID}, {"In the clinic's system", p.External}, {"Name", p.FullName}, {"Phone", p.Phone}, {"Born", p.Birth},
		{"Tags", strings.Join(p.Tags, ", ")}, {"Likes to be written to in", p.Channel},
	} {
		if line[1] != "" {
			fmt.Fprintf(w, "%s: %s\n", line[0], line[1])
		}
	}
	consents, err := tx.ConsentsOf(ctx, []string{p.ID})
	if err != nil {
		return err
	}
	for _, c := range consents {
		word := "no"
		if c.Given {
			word = "yes"
		}
		fmt.Fprintf(w, "Consent to %s: %s, %s by %s %s\n", c.Kind, word, c.At.Format(time.DateOnly), c.Channel, c.Version)
	}
	chats, err := tx.ContactsOf(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, c := range chats {
		fmt.Fprintf(w, "Writes in: %s, since %s", c.Channel, c.CreatedAt.Format(time.DateOnly))
		if c.Source != "" {
			fmt.Fprintf(w, ", came by %s", c.Source)
		}
		if !c.BlockedAt.IsZero() {
			fmt.Fprintf(w, ", blocked us on %s", c.BlockedAt.Format(time.DateOnly))
		}
		fmt.Fprintln(w)
	}
	return showVisits(ctx, w, tx, clinic, p.ID)
}

func showVisits(ctx context.Context, w io.Writer, tx store.Tx, clinic *booking.Clinic, patient string) error {
	visits, err := tx.AppointmentsOf(ctx, []string{patient}, time.Unix(0, 0), time.Unix(1<<33, 0))
	if err != nil {
		return err
	}
	for _, a := range visits {
		v := clinic.In("").Visit(a)
		fmt.Fprintf(w, "Visit: %s, %s", v.Start.At.In(zoneOf(clinic, a.Branch)).Format("2006-01-02 15:04"), v.Service.Title)
		if v.Doctor.Name != "" {
			fmt.Fprintf(w, ", %s", v.Doctor.Name)
		}
		fmt.Fprintf(w, ", %s\n", a.Status)
	}
	return nil
}

func zoneOf(clinic *booking.Clinic, branch string) *time.Location {
	if b := clinic.Branch(branch); b != nil {
		return b.Zone
	}
	return time.UTC
}
