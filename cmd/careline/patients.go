package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"careline/dialogs/words"
	"careline/store"

	"github.com/spf13/cobra"
)

func patientsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "patients",
		Short: "Find patients by what they have in common, and tag them",
		Long: `Lists patients, shows what is known of one, and puts tags on them by which journey.yaml chooses.
It works while the server runs. Who is meant is told by careline's id, the id in the clinic's own system, or the phone.`,
	}
	cmd.AddCommand(patientsListCommand(), patientsShowCommand(), patientsTagCommand())
	return cmd
}

// namesIn splits the arguments NAME... [DIR]: the last one is the clinic's folder if it is a folder.
func namesIn(cmd *cobra.Command, args []string) (names []string, dir string, err error) {
	names, dir = args, "."
	if last := len(args) - 1; last >= 0 {
		if info, err := os.Stat(args[last]); err == nil && info.IsDir() {
			names, dir = args[:last], args[last]
		}
	}
	if len(names) == 0 {
		return nil, "", fmt.Errorf("which patient is missing; the command is `%s`", cmd.UseLine())
	}
	return names, dir, nil
}

// findPatient is the one whom an id or a phone means.
func findPatient(ctx context.Context, tx store.Tx, name string) (store.Patient, error) {
	found, err := tx.Patients(ctx, []string{name})
	if err == nil && len(found) == 0 {
		found, err = tx.PatientsNamed(ctx, []string{name})
	}
	if phone, ok := words.Phone(name); err == nil && len(found) == 0 && ok {
		found, err = tx.PatientsAt(ctx, []string{phone})
	}
	found = slices.DeleteFunc(found, func(p store.Patient) bool { return !p.ErasedAt.IsZero() })
	switch {
	case err != nil:
		return store.Patient{}, err
	case len(found) == 0:
		return store.Patient{}, fmt.Errorf("there is no patient %s; `careline patients list` shows all", name)
	case len(found) > 1:
		ids := make([]string, len(found))
		for i, p := range found {
			ids[i] = p.ID
		}
		return store.Patient{}, fmt.Errorf("%d patients have the phone %s; name one by id: %s", len(found), name, strings.Join(ids, ", "))
	}
	return found[0], nil
}
