package main

import (
	"context"
	"fmt"
	"strings"

	"careline/bot/booking"
	"careline/dialogs/words"
	"careline/store"

	"github.com/spf13/cobra"
)

func courseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "course",
		Short: "Set what doctors want: courses of treatment, dates of prevention",
		Long: `Sets courses of treatment and dates of prevention for patients, and ends them. The patient is asked in time to book each
visit; a step is done when its visit is. It works while the server runs.

PATIENT is careline's id of a patient, the one that the clinic's own system gave them, or a phone. COURSE and SERVICE
are ids of careline.yaml. STEP is the id that careline course show tells.`,
	}
	cmd.AddCommand(courseListCommand(), courseStartCommand(), coursePreventCommand(), courseShowCommand(),
		courseEndCommand("done", "Say that steps are done", (*booking.Reception).CompleteStep),
		courseEndCommand("drop", "Say that steps are not wanted any more", (*booking.Reception).RevokeStep))
	return cmd
}

// staff is the matter of whoever sits at the command line.
func staff() booking.Matter { return booking.Matter{Channel: "command", Staff: true} }

// patient is the one with our id, the one whom the clinic's own system calls so, or the only one with the phone.
func (c *counter) patient(ctx context.Context, tx store.Tx, who string) (store.Patient, error) {
	for _, look := range []func() ([]store.Patient, error){
		func() ([]store.Patient, error) { return tx.Patients(ctx, []string{who}) },
		func() ([]store.Patient, error) { return tx.PatientsNamed(ctx, []string{who}) },
		func() ([]store.Patient, error) {
			phone, ok := words.Phone(who)
			if !ok {
				return nil, nil
			}
			return tx.PatientsAt(ctx, []string{phone})
		},
	} {
		found, err := look()
		switch {
		case err != nil:
			return store.Patient{}, err
		case len(found) == 1 && found[0].ErasedAt.IsZero():
			return found[0], nil
		case len(found) > 1:
			return store.Patient{}, fmt.Errorf("%s is the phone of several; name one by id: %s", who, idsAndNames(found))
		}
	}
	return store.Patient{}, fmt.Errorf("there is no patient %s", who)
}

func idsAndNames(list []store.Patient) string {
	var out []string
	for _, p := range list {
		out = append(out, p.ID+" ("+p.FullName+")")
	}
	return strings.Join(out, ", ")
}
