package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"careline/bot"
	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/dialogs/check"
	"careline/dialogs/transcript"

	"github.com/spf13/cobra"
)

func testCommand() *cobra.Command {
	var as messenger
	var only string
	var uncovered bool
	cmd := &cobra.Command{
		Use:               "test [DIR]",
		Short:             "Perform the transcripts: conversations that must go as written",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := filesOrSample(args)
			if err != nil {
				return err
			}
			dir := dirOf(args)
			clinic, err := draft(files, dir, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			scripts, err := transcripts(cmd, files, dir, only)
			if err != nil {
				return err
			}
			failed, visited := false, map[string]bool{}
			for _, s := range scripts {
				told := "✓ " + s.Title
				if as != "" && !rehearsal.Possible(s, channels.ID(as)) {
					fmt.Fprintf(cmd.OutOrStdout(), "– %s: there are no buttons in %s\n", s.Title, as)
					continue
				}
				if err := perform(cmd.Context(), clinic, s, channels.ID(as), visited); err != nil {
					failed = true
					told = fmt.Sprintf("✗ %s\n  %v", s.Title, seenFrom(dir, err))
				}
				fmt.Fprintln(cmd.OutOrStdout(), told)
			}
			if failed {
				return errTold
			}
			if uncovered {
				tell(cmd.OutOrStdout(), dir, check.Covered(clinic.Scripts, visited))
			}
			return nil
		},
	}
	asFlag(cmd, &as, "show as web, telegram, vk or whatsapp does, whatever the transcript says")
	cmd.Flags().BoolVar(&uncovered, "uncovered", false, "then name the states that no transcript passes through")
	cmd.Flags().StringVar(&only, "only", "", "only files with this in their name")
	return cmd
}

// transcripts reads those whose file has only in its name.
func transcripts(cmd *cobra.Command, files fs.FS, dir, only string) ([]*transcript.Transcript, error) {
	all, findings, err := transcript.ReadAll(files, "transcripts")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if findings.Failed() {
		tell(cmd.ErrOrStderr(), dir, findings)
		return nil, errTold
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no transcripts in %s; write one in %s", dir, filepath.Join(dir, "transcripts"))
	}
	wanted := slices.DeleteFunc(all, func(t *transcript.Transcript) bool { return !strings.Contains(t.Pos.File, only) })
	if len(wanted) == 0 {
		return nil, fmt.Errorf("no transcript has %q in the name of its file", only)
	}
	return wanted, nil
}

// seenFrom names the file of a mistake as seen from where the command was called.
func seenFrom(dir string, err error) error {
	if m := (*rehearsal.Mistake)(nil); errors.As(err, &m) {
		m.Pos.File = filepath.Join(dir, m.Pos.File)
	}
	return err
}

// perform plays one transcript on a database of its own and notes the states it passes through.
func perform(ctx context.Context, clinic *folder.Folder, t *transcript.Transcript, as channels.ID, visited map[string]bool) error {
	db, remove, err := bot.Temporary(ctx)
	if err != nil {
		return err
	}
	defer remove()
	return rehearsal.Perform(ctx, rehearsal.Stage{
		Scripts: clinic.Scripts, Clinic: clinic.Clinic, Store: db, Channel: as,
		Passed: func(dialog, state string) { visited[dialog+"."+state] = true },
	}, t)
}
