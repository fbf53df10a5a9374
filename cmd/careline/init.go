package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"careline/dialogs/clinic"

	"github.com/spf13/cobra"
)

func initCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "init DIR",
		Short:             "Write a clinic to start from: data, dialogs, translations, transcripts",
		Args:              takes(1, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if err := empty(dir); err != nil {
				return err
			}
			if err := os.CopyFS(dir, clinic.Files()); err != nil {
				return fmt.Errorf("writing the clinic: %w", err)
			}
			// The folder is to be kept in git; the database in it and the database's secret are not.
			if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("careline.db*\n"), 0o644); err != nil {
				return fmt.Errorf("writing the clinic: %w", err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "A clinic stands in %[1]s. Begin with careline.yaml there, then:\n  careline check %[1]s\n  careline chat %[1]s\n  careline serve %[1]s\n", dir)
			return nil
		},
	}
}

// empty refuses a folder that holds something: nothing of anybody's is overwritten.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking into %s: %w", dir, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is not empty; name a new folder", dir)
	}
	return nil
}
