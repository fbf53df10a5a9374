package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"careline/bot/actions"
	"careline/dialogs"
	"careline/dialogs/translate"

	"github.com/spf13/cobra"
)

func translateCommand() *cobra.Command {
	var o translate.Options
	var begin []string
	cmd := &cobra.Command{
		Use:   "translate [DIR]",
		Short: "Bring the translations up to date with the scripts, losing none",
		Long: `Adds what waits for a translation, moves translations with their texts, marks those whose text has changed, and
keeps those whose text is gone at the end of the file.
With --accept the marked ones are taken as right for the new text.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := dirOf(args)
			files, err := filesOf(dir)
			if err != nil {
				return err
			}
			set, wrong := dialogs.Inspect(files, dialogs.Options{Actions: actions.All().Signatures()})
			if wrong.Failed() { // the texts of what cannot be read would seem to be gone
				tell(cmd.ErrOrStderr(), dir, wrong)
				return errors.New("the translations wait until the scripts are in order")
			}
			updates, findings, err := translate.Folder(files, set, o, begin...)
			if err != nil {
				return err
			}
			tell(cmd.ErrOrStderr(), dir, findings)
			for _, u := range updates {
				fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", filepath.Join(dir, u.Name), u.Did)
				if !u.Changed {
					continue
				}
				if err := os.MkdirAll(filepath.Join(dir, "locales"), 0o755); err != nil {
					return fmt.Errorf("making a place for translations: %w", err)
				}
				if err := replaceFile(filepath.Join(dir, u.Name), u.Content); err != nil {
					return err
				}
			}
			if findings.Failed() {
				return errTold
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&o.Accept, "accept", false, "the translations of changed texts are right")
	cmd.Flags().StringSliceVar(&o.Only, "only", nil, "accept only these ids")
	cmd.Flags().StringSliceVar(&begin, "begin", nil, "begin a translation into these languages: en")
	return cmd
}
