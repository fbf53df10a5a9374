package main

import (
	"careline/bot/booking"
	"careline/dialogs/schema"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [KIND]",
		Short: "Print the JSON Schema of the scripts, for editors",
		Long:  "Without KIND one schema for all scripts; KIND is dialog, everywhere, triage, memory, journey, test, or careline for the clinic's data.",
		Args:  takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var described []byte
			var err error
			switch {
			case len(args) == 0:
				described, err = schema.All()
			case args[0] == "careline":
				described, err = booking.Schema()
			default:
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
