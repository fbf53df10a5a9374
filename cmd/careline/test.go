package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"careline/bot"
	"careline/bot/folder"
	"careline/bot/rehearsal"
	"careline/channels"
	"careline/dialogs/transcript"

	"github.com/spf13/cobra"
)

func testCommand() *cobra.Command {
	var as, only string
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Perform the transcripts: conversations that must go as written",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := filesOrSample(args)
			if err != nil {
				return err
			}
			dir := dirOf(args)
			clinic, err := load(files, dir, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			scripts, findings, err := transcript.ReadAll(files, "transcripts")
			if errors.Is(err, fs.ErrNotExist) || err == nil && len(scripts) == 0 && len(findings) == 0 {
				return fmt.Errorf("no transcripts in %s; write one in %s", dir, filepath.Join(dir, "transcripts"))
			}
			if err != nil {
				return err
			}
			tell(cmd.ErrOrStderr(), dir, findings)
			failed := len(findings)
			for _, s := range scripts {
				if !strings.Contains(s.Pos.File, only) {
					continue
				}
				if err := perform(cmd.Context(), clinic, s, channels.ID(as)); err != nil {
					failed++
					fmt.Fprintf(cmd.OutOrStdout(), "✗ %s\n  %v\n", s.Title, err)
					continue
				}
				fmt.Fprintf(cmd.OutOrStdout(), "✓ %s\n", s.Title)
			}
			if failed > 0 {
				return errTold
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "show as web, telegram, vk or whatsapp does, whatever the transcript says")
	cmd.Flags().StringVar(&only, "only", "", "only files with this in their name")
	return cmd
}

// perform plays one transcript on a database of its own.
func perform(ctx context.Context, clinic *folder.Folder, t *transcript.Transcript, as channels.ID) error {
	db, remove, err := bot.Temporary(ctx)
	if err != nil {
		return err
	}
	defer remove()
	return rehearsal.Perform(ctx, rehearsal.Stage{Scripts: clinic.Scripts, Clinic: clinic.Clinic, Store: db, Channel: as}, t)
}
