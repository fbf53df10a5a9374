package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"careline/bot/folder"
	"careline/dialogs/clinic"
	"careline/dialogs/source"
)

// dirOf is the clinic's folder that a command is about: its argument, or the current one.
func dirOf(args []string) string {
	if len(args) > 0 {
		return args[0]
	}
	return "."
}

// filesOf opens the clinic's folder. A folder without careline.yaml is an error that says what to do.
func filesOf(dir string) (fs.FS, error) {
	if _, err := os.Stat(filepath.Join(dir, "careline.yaml")); err != nil {
		return nil, fmt.Errorf("no careline.yaml in %s; name the clinic's folder, or make one with `careline init DIR`", dir)
	}
	return os.DirFS(dir), nil
}

// filesOrSample is filesOf, or the clinic that careline brings along when no folder is named.
func filesOrSample(args []string) (fs.FS, error) {
	if len(args) == 0 {
		if _, err := os.Stat("careline.yaml"); err != nil {
			return clinic.Files(), nil
		}
	}
	return filesOf(dirOf(args))
}

// load reads the clinic and prints what is wrong with it; errors end the command.
func load(files fs.FS, dir string, errOut io.Writer) (*folder.Folder, error) {
	return loaded(folder.Load, files, dir, errOut)
}

// draft is load for commands that only try out, so that nobody translates what is not settled yet.
func draft(files fs.FS, dir string, errOut io.Writer) (*folder.Folder, error) {
	return loaded(folder.Draft, files, dir, errOut)
}

func loaded(how func(fs.FS) (*folder.Folder, source.Findings), files fs.FS, dir string, errOut io.Writer) (*folder.Folder, error) {
	f, findings := how(files)
	if f == nil {
		tell(errOut, dir, findings)
		return nil, errTold
	}
	return f, nil
}

// tell prints findings, the files as seen from where the command was called.
func tell(w io.Writer, dir string, findings source.Findings) {
	for _, f := range findings {
		f.File = filepath.Join(dir, f.File)
		fmt.Fprintln(w, f)
	}
}
