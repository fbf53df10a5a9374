package loadtest

import (
	"os"
	"testing"

	"careline/bot/folder"
)

// The clinic of the twelve steps is without a mistake too.
func TestTheTwelveStepsAreRight(t *testing.T) {
	dir := t.TempDir()
	if err := Twelve(dir); err != nil {
		t.Fatal(err)
	}
	clinic, findings := folder.Load(os.DirFS(dir))
	if clinic == nil || findings.Failed() {
		t.Fatal(findings)
	}
}
