package intake

import (
	"io"
	"strings"
	"testing"
	"time"
)

// Whatever a file holds, every line of it is either read or told what is wrong with it, and none is lost or made up.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"ФИО;Телефон\nПетрова Анна;89123456789\n", "name,phone\n\"a\nb\",\"c\"\"d\"\n", "id\tname\tphone\n1\t\"\n2\t\"\"\n",
		"sep=,\nname,phone\n\"", "\xff\xfef\x00i\x00", "name;phone\n" + strings.Repeat("\"x\n", 300), "name|phone\n\xe0\xe1|1\n", "name,phone\r\r\n\"\"\",\n",
	} {
		f.Add([]byte(s))
	}
	now := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, kind := range []*kind{patientTable, visitTable} {
			table, err := open(strings.NewReader(string(file)), kind)
			if err != nil {
				continue
			}
			last := 0
			for {
				r, err := table.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if r.Line <= last {
					t.Fatalf("line %d after line %d", r.Line, last)
				}
				last = r.Line
				l := line{r, table.columns}
				if _, o := l.card(now); o.fate == rejected && len(o.reasons) == 0 {
					t.Fatalf("rejected without a reason: %q", r.Raw)
				}
				if r.Broken == nil && len(r.Raw) > maxRecord+maxLines*2 {
					t.Fatalf("a record of %d bytes", len(r.Raw))
				}
			}
			if want := strings.Count(string(file), "\n") + 1; last > want {
				t.Fatalf("line %d of %d", last, want)
			}
		}
	})
}

// A cell that is armed for the report is itself again when the report is read.
func FuzzArmed(f *testing.F) {
	f.Add("=1+1")
	f.Add("'+7")
	f.Fuzz(func(t *testing.T, cell string) {
		safe := Harmless(cell)
		if safe != "" && strings.ContainsRune(formula, rune(safe[0])) {
			t.Fatalf("%q is a formula", safe)
		}
		if cell == disarmed(cell) && disarmed(safe) != cell && !strings.HasPrefix(cell, "'") {
			t.Fatalf("%q came back as %q", cell, disarmed(safe))
		}
	})
}
