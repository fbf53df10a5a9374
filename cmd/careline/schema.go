package main

import (
	"fmt"
	"slices"
	"strings"

	"careline/bot/booking"
	"careline/dialogs/schema"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	kinds := []string{"careline"}
	for _, k := range schema.Kinds() {
		kinds = append(kinds, k.Key)
	}
	return &cobra.Command{
		Use:               "schema [KIND]",
		Short:             "Print the JSON Schema of the scripts, for editors",
		Long:              "Without KIND one schema for all scripts; KIND is dialog, everywhere, triage, memory, journey, replies, test, or careline for the clinic's data.",
		Args:              takes(0, 1),
		ValidArgsFunction: cobra.FixedCompletions(kinds, cobra.ShellCompDirectiveNoFileComp),
		RunE: func(cmd *cobra.Command, args []string) error {
			var described []byte
			var err error
			switch {
			case len(args) == 0:
				described, err = schema.All()
			case args[0] == "careline":
				described, err = booking.Schema()
			case !slices.Contains(kinds, args[0]):
				return fmt.Errorf("there is no kind of file %q; there are %s", args[0], strings.Join(kinds, ", "))
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
