package main

import (
	"careline/dialogs/schema"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [KIND]",
		Short: "Print the JSON Schema of the scripts, for editors",
		Long:  "Without KIND one schema for all files; KIND is dialog, everywhere, triage, memory, journey or test.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var described []byte
			var err error
			if len(args) == 0 {
				described, err = schema.All()
			} else {
				described, err = schema.For(args[0])
			}
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(append(described, '\n'))
			return err
		},
	}
}
