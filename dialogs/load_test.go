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

func TestAClinicHasOneOfEach(t *testing.T) {
	files := fstest.MapFS{
		"dialogs/a.yaml":  {Data: []byte("everywhere: a\nunclear: {run: t}\nunknown: {run: t}\n")},
		"dialogs/b.yaml":  {Data: []byte("everywhere: b\nunclear: {run: t}\nunknown: {run: t}\n")},
		"dialogs/t.yaml":  {Data: []byte("dialog: t\ntitle: Т\nstates:\n  a:\n    say: Раз\n    set: {me.known: yes}\n")},
		"dialogs/c.yml":   {Data: []byte("dialog: c\n")},
		"locales/ен.yaml": {Data: []byte("a: b\n")},
	}
	_, findings := dialogs.Load(files, options())
	want := []string{
		"dialogs/b.yaml:1:1: error: a clinic has one `everywhere`; it stands in dialogs/a.yaml already",
		"dialogs/c.yml:1:1: error: the file is not read; end its name with .yaml",
		"dialogs/t.yaml:6:11: error: `me.known` is read-only; of what the clinic always knows scripts write full_name, name, phone, birth, tags",
		"locales/ен.yaml:1:1: error: a translation is named by its language, for example locales/en.yaml",
	}
	if len(findings) != len(want) {
		t.Fatal(findings)
	}
	for i, f := range findings {
		if f.String() != want[i] {
			t.Errorf("said %s\nwant %s", f, want[i])
		}
	}
}

func TestAFileThatIsNotYAMLIsToldOnce(t *testing.T) {
	_, findings := dialogs.Load(fstest.MapFS{
		"dialogs/a.yaml": {Data: []byte("dialog: a\ntitle: А\nstates:\n  a:\n    run: b\n")},
		"dialogs/b.yaml": {Data: []byte("dialog: b\ntitle: Врач: Иван\n")},
	}, options())
	if len(findings) != 1 || findings[0].Number != 3 {
		t.Error(findings)
	}
}
