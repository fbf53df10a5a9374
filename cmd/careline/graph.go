package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"careline/dialogs"

	"github.com/spf13/cobra"
)

func graphCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "graph DIALOG [DIR]",
		Short:             "Draw a dialog as a Mermaid state diagram",
		Args:              takes(1, 2),
		ValidArgsFunction: dialogsOrFolders,
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := filesOrSample(args[1:])
			if err != nil {
				return err
			}
			clinic, err := draft(files, dirOf(args[1:]), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			dialog := clinic.Scripts.Dialogs[args[0]]
			if dialog == nil {
				return fmt.Errorf("there is no dialog %s; there are %s", args[0], strings.Join(slices.Sorted(maps.Keys(clinic.Scripts.Dialogs)), ", "))
			}
			drawn, err := dialog.Mermaid()
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), drawn)
			begins(cmd.OutOrStdout(), clinic.Scripts.Journey, dialog.Name)
			return nil
		},
	}
}

// begins names the timelines that start the dialog by themselves, as comments of the diagram.
func begins(w io.Writer, journey *dialogs.Journey, dialog string) {
	for _, t := range journey.Timelines {
		if t.Run == nil || t.Run.Name != dialog {
			continue
		}
		if t.When != nil {
			fmt.Fprintf(w, "%%%% begun by %s: %s\n", t.Name, t.When.Source)
		}
		for _, variant := range slices.Sorted(maps.Keys(t.Whens)) {
			fmt.Fprintf(w, "%%%% begun by %s, variant %s: %s\n", t.Name, variant, t.Whens[variant].Source)
		}
	}
}

// dialogsOrFolders completes the name of a dialog, and then a folder.
func dialogsOrFolders(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return folders(cmd, args, begun)
	}
	files, err := filesOrSample(nil)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	set, _ := dialogs.Inspect(files, dialogs.Options{})
	return slices.Sorted(maps.Keys(set.Dialogs)), cobra.ShellCompDirectiveNoFileComp
}
