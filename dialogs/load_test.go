package dialogs_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"careline/dialogs"
	"careline/dialogs/clinic"
	"careline/dialogs/dialogstest"
)

func options() dialogs.Options {
	return dialogs.Options{Actions: dialogstest.Actions()}
}

func TestTheClinicLoadsWithoutAFinding(t *testing.T) {
	set, findings := dialogs.Load(clinic.Files(), options())
	for _, f := range findings {
		t.Error(f)
	}
	if set == nil || len(set.Dialogs) < 29 {
		t.Fatal("the clinic is incomplete")
	}
}

func FuzzLoad(f *testing.F) {
	names := []string{"dialogs/t.yaml", "dialogs/everywhere.yaml", "triage.yaml", "memory.yaml", "journey.yaml", "locales/en.yaml"}
	for i, name := range names[:5] {
		if data, err := fs.ReadFile(clinic.Files(), strings.Replace(name, "t.yaml", "booking.yaml", 1)); err == nil {
			f.Add(i, data)
		}
	}
	f.Add(0, []byte(crossroads))
	f.Add(5, []byte("a.b: {hash: x, other: Text [}"))
	o := options()
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		name := names[uint(which)%uint(len(names))]
		set, findings := dialogs.Load(fstest.MapFS{name: {Data: data}}, o)
		if set == nil && !findings.Failed() {
			t.Error("nothing was loaded and nothing was told")
		}
		for _, finding := range findings {
			if finding.Line < 1 || finding.Column < 1 || finding.Text == "" {
				t.Errorf("%+v", finding)
			}
		}
	})
}

func BenchmarkLoadTheClinic(b *testing.B) {
	o := options()
	for b.Loop() {
		if set, findings := dialogs.Load(clinic.Files(), o); set == nil {
			b.Fatal(findings)
		}
	}
}
