package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImport(t *testing.T) {
	t.Parallel()
	dir := newClinic(t)
	lists := t.TempDir()
	patients, visits := filepath.Join(lists, "patients.csv"), filepath.Join(lists, "visits.csv")
	write(t, patients, read(t, "../../docs/import/patients.csv"))
	write(t, visits, read(t, "../../docs/import/visits.csv"))
	report := filepath.Join(lists, "patients.rejected.csv")

	careline(t, dir, "", "import", "patients", patients, dir, "--dry-run").well("Only checked", "New: 3")
	careline(t, dir, "", "import", "patients", patients, dir).well("Lines: 3. New: 3, changed: 0, known already: 0, rejected: 0.", report)
	careline(t, dir, "", "import", "visits", visits).well("New: 4")
	careline(t, dir, "", "import", "visits", visits).well("New: 0", "known already: 4")

	// What is wrong stands beside the file; what has been mended takes the report away.
	write(t, patients, "ФИО;Телефон\nОрлов Пётр;8912\nОрлова Анна;89120000000\n")
	careline(t, dir, "", "import", "patients", patients).badly("New: 1", "rejected: 1", "Неверный телефон", report)
	if got := read(t, report); !strings.Contains(got, "Орлов Пётр;8912;2;") {
		t.Errorf("the report:\n%s", got)
	}
	edit(t, report, ";8912;", ";89121111111;")
	careline(t, dir, "", "import", "patients", report).well("New: 1")
	write(t, patients, "ФИО;Телефон\nОрлова Анна;89120000000\n")
	careline(t, dir, "", "import", "patients", patients).well("known already: 1")
	if _, err := os.Stat(report); !os.IsNotExist(err) {
		t.Error("the report of an earlier run is still there")
	}

	write(t, visits, "Телефон;Дата;Услуга;Врач\n89120000000;01.02.2025;Чистка;Иванов И. И.\n")
	careline(t, dir, "", "import", "visits", visits).badly("Нет такой услуги", "Нет такого врача")
	careline(t, dir, "", "import", "visits", visits, "--map", "Чистка=cleaning").badly("no service, doctor or branch cleaning")
	careline(t, dir, "", "import", "visits", visits, "--map", "Чистка=hygiene_consult", "--map", "Иванов И. И.=lebedeva").well("New: 1")

	careline(t, dir, "", "import", "patients", visits).badly("careline import visits")
	careline(t, dir, "", "import", "patients", filepath.Join(lists, "none.csv")).badly("none.csv")
	careline(t, dir, "", "import", "patients").badly("something is missing")
}
