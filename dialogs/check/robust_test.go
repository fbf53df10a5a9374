package check_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"careline/dialogs/check"
	"careline/dialogs/clinic"
)

func folder(t testing.TB) (fstest.MapFS, []string) {
	t.Helper()
	files, names := fstest.MapFS{}, []string{}
	err := fs.WalkDir(clinic.Files(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "transcripts") || name == "careline.yaml" {
			return err
		}
		src, err := fs.ReadFile(clinic.Files(), name)
		files[name] = &fstest.MapFile{Data: src}
		names = append(names, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, names
}

// A hurried editor deletes, doubles and mixes lines: the check tells what is wrong, in a place that exists.
func TestSpoiltScriptsAreToldAndNeverBreakTheCheck(t *testing.T) {
	seeds := uint64(10)
	if os.Getenv("CARELINE_CHAOS") != "" {
		seeds = 1000
	}
	for seed := range seeds {
		files, names := folder(t)
		random := rand.New(rand.NewPCG(seed, 7))
		for range 1 + random.IntN(3) {
			name := names[random.IntN(len(names))]
			files[name] = &fstest.MapFile{Data: []byte(spoil(string(files[name].Data), random))}
		}
		_, found := check.All(files, options())
		for _, f := range found {
			lines := 1
			if file := files[f.File]; file != nil {
				lines = strings.Count(string(file.Data), "\n") + 1
			}
			if f.Line < 1 || f.Line > lines || f.Column < 1 || strings.Contains(f.Text, "%!") {
				t.Errorf("seed %d: %s", seed, f)
			}
		}
	}
}

func spoil(src string, random *rand.Rand) string {
	lines := strings.Split(src, "\n")
	i := random.IntN(len(lines))
	switch random.IntN(5) {
	case 0:
		lines = slices.Delete(lines, i, i+1)
	case 1:
		lines = slices.Insert(lines, i, lines[random.IntN(len(lines))])
	case 2:
		j := random.IntN(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
	case 3:
		lines[i] = strings.Replace(lines[i], ": ", ": nil ", 1)
	case 4:
		lines[i] = strings.Replace(lines[i], "e", "", 1)
	}
	return strings.Join(lines, "\n")
}

func BenchmarkTheClinicIsChecked(b *testing.B) {
	files, names := folder(b)
	lines := 0
	for _, name := range names {
		lines += strings.Count(string(files[name].Data), "\n")
	}
	for b.Loop() {
		if set, found := check.All(files, options()); set == nil {
			b.Fatal(found)
		}
	}
	b.ReportMetric(float64(lines), "lines")
}

// A clinic of five thousand lines is still checked at once.
func BenchmarkALargeClinicIsChecked(b *testing.B) {
	files, names := folder(b)
	delete(files, "locales/en.yaml")
	for i := range 3 {
		for _, name := range names {
			dialog, ok := strings.CutPrefix(strings.TrimSuffix(name, ".yaml"), "dialogs/")
			if !ok || dialog == "everywhere" {
				continue
			}
			copied := fmt.Sprintf("%s_copy%d", dialog, i)
			src := strings.Replace(string(files[name].Data), "\ndialog: "+dialog, "\ndialog: "+copied, 1)
			files["dialogs/"+copied+".yaml"] = &fstest.MapFile{Data: []byte(src)}
		}
	}
	for b.Loop() {
		if set, found := check.All(files, options()); set == nil {
			b.Fatal(found)
		}
	}
}
