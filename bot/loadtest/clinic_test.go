package loadtest

import (
	"os"
	"testing"

	"careline/bot/folder"
)

// The polyclinic is a clinic without a mistake.
func TestThePolyclinicIsRight(t *testing.T) {
	dir := t.TempDir()
	if err := Polyclinic(dir); err != nil {
		t.Fatal(err)
	}
	clinic, findings := folder.Load(os.DirFS(dir))
	if clinic == nil || findings.Failed() {
		t.Fatalf("%v", findings)
	}
}
