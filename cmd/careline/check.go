package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"

	"careline/bot/folder"
	"careline/dialogs/source"

	"github.com/spf13/cobra"
)

func checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Find every mistake in a clinic's scripts and data",
		Long: `Prints every problem at once as file:line:column: error|warning|note: what is wrong; what to do.
Exit status 1 when there are errors.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := dirOf(args)
			files, err := filesOf(dir)
			if err != nil {
				return err
			}
			_, findings := folder.Load(files)
			if asJSON {
				err = printJSON(cmd, dir, findings)
			} else {
				tell(cmd.OutOrStdout(), dir, findings)
				fmt.Fprintln(cmd.ErrOrStderr(), summary(findings))
			}
			if err == nil && findings.Failed() {
				return errTold
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON array, for tools")
	return cmd
}

func printJSON(cmd *cobra.Command, dir string, findings source.Findings) error {
	out := append(source.Findings{}, findings...)
	for i := range out {
		out[i].File = filepath.Join(dir, out[i].File)
	}
	e := json.NewEncoder(cmd.OutOrStdout())
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func summary(findings source.Findings) string {
	count := map[source.Severity]int{}
	for _, f := range findings {
		count[f.Severity]++
	}
	if len(findings) == 0 {
		return "Everything is in order."
	}
	return fmt.Sprintf("errors: %d, warnings: %d, notes: %d", count[source.Error], count[source.Warning], count[source.Note])
}
