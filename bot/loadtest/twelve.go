package loadtest

import (
	"embed"
	"os"
	"path/filepath"
	"regexp"
)

//go:embed twelve/*.yaml
var twelve embed.FS

// Twelve writes a clinic into dir whose dialogs are those of the hand-written bot: the same twelve steps, one
// message each. It has the polyclinic's doctors.
func Twelve(dir string) error {
	if err := Polyclinic(dir); err != nil {
		return err
	}
	for _, gone := range []string{"dialogs", "locales", "journey.yaml", "memory.yaml"} {
		if err := os.RemoveAll(filepath.Join(dir, gone)); err != nil {
			return err
		}
	}
	if err := forget(filepath.Join(dir, "careline.yaml"), handOver); err != nil {
		return err
	}
	files, err := twelve.ReadDir("twelve")
	if err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(dir, "dialogs"), 0o755); err != nil {
		return err
	}
	for _, f := range files {
		text, err := twelve.ReadFile("twelve/" + f.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "dialogs", f.Name()), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// handOver names dialogs that the twelve steps have not.
var handOver = regexp.MustCompile(`(?m)^  hand_over: .*\n`)

// forget takes lines out of a file.
func forget(file string, lines *regexp.Regexp) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, lines.ReplaceAll(text, nil), 0o644)
}

// TwelveSteps is the walk through the clinic of Twelve.
func TwelveSteps() []Step { return shipped("twelve") }
