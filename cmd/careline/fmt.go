package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"careline/dialogs/format"
	"careline/dialogs/source"

	"github.com/spf13/cobra"
)

func fmtCommand() *cobra.Command {
	var only bool
	cmd := &cobra.Command{
		Use:               "fmt [DIR]",
		Short:             "Put the keys of the scripts into their order",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := dirOf(args)
			if _, err := filesOf(dir); err != nil {
				return err
			}
			changed, failed, err := formatAll(cmd, dir, !only)
			if err == nil && (failed || only && changed) {
				return errTold
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&only, "list", false, "only name the files that would change, and fail when there are any")
	return cmd
}

// formatAll formats every script under dir and names those that changed. What cannot be read is told, and the
// others are formatted all the same.
func formatAll(cmd *cobra.Command, dir string, keep bool) (changed, failed bool, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isScript(dir, path) {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("reading a script: %w", err)
		}
		if _, findings := source.Read(path, src); findings.Failed() {
			tell(cmd.ErrOrStderr(), "", findings)
			failed = true
			return nil
		}
		out, err := format.Format(path, src)
		if err != nil {
			fmt.Fprintln(cmd.ErrOrStderr(), err)
			failed = true
			return nil
		}
		if bytes.Equal(src, out) {
			return nil
		}
		changed = true
		fmt.Fprintln(cmd.OutOrStdout(), path)
		if !keep {
			return nil
		}
		return replaceFile(path, out)
	})
	return changed, failed, err
}

// isScript leaves out the clinic's data and the translations, which have their own order.
func isScript(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.Ext(rel) == ".yaml" && rel != "careline.yaml" && !strings.HasPrefix(rel, "locales"+string(filepath.Separator))
}

// replaceFile writes beside the file and renames, so that a crash leaves one of the two whole.
func replaceFile(path string, content []byte) error {
	next := path + ".new"
	if err := os.WriteFile(next, content, 0o644); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
