package main

import (
	"fmt"
	"os"

	"careline/bot"

	"github.com/spf13/cobra"
)

func migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "migrate [DIR]",
		Short:             "Bring the database up to date; serve does it by itself",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := filesOf(dirOf(args)); err != nil {
				return err
			}
			settings, err := bot.SettingsFrom(os.Getenv, dirOf(args))
			if err != nil {
				return fmt.Errorf("the settings are not right:\n%w", err)
			}
			db, err := openStore(cmd.Context(), settings.Database)
			if err != nil {
				return err
			}
			defer db.Close()
			if err := db.Migrate(cmd.Context()); err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), "The database is up to date.")
			return nil
		},
	}
}
