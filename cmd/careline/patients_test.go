package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestPatients(t *testing.T) {
	t.Parallel()
	dir := newClinic(t)
	lists := t.TempDir()
	patients, visits := filepath.Join(lists, "patients.csv"), filepath.Join(lists, "visits.csv")
	write(t, patients, "id;ФИО;Телефон;Метки;Telegram ID\n1;Петрова Анна;89123456789;vip, новый;555\n2;Смирнов Олег;89031112233;;\n3;Смирнова Вера;89031112233;;\n")
	write(t, visits, "Код пациента;Дата;Услуга;Врач\n1;01.02.2019;whitening;lebedeva\n2;01.02.2020;filling;belov\n2;15.11.2026;filling;belov\n")
	careline(t, dir, "", "import", "patients", patients).well("New: 3")
	careline(t, dir, "", "import", "visits", visits).well("New: 3")

	list := func(args ...string) string {
		t.Helper()
		var found []struct{ Name, External string }
		out := careline(t, dir, "", append([]string{"patients", "list", "--json"}, args...)...).well().out
		if err := json.Unmarshal([]byte(out), &found); err != nil {
			t.Fatalf("%v:\n%s", err, out)
		}
		var names []string
		for _, f := range found {
			names = append(names, f.External)
		}
		return strings.Join(names, " ")
	}
	for args, want := range map[string]string{
		"": "1 2 3", "--tag VIP": "1", "--tag vi": "", "--service filling": "2", "--channel telegram": "1", "--source import": "1", "--source google": "",
		"--no-visit-since 2000d": "1",
	} {
		if got := list(strings.Fields(args)...); got != want {
			t.Errorf("patients list %s: %q, want %q", args, got, want)
		}
	}
	careline(t, dir, "", "patients", "list").well("Петрова Анна", "2019-02-01", "telegram", "vip, новый", "Patients: 3")
	careline(t, dir, "", "patients", "show", "8 912 345 67 89").well("Name: Петрова Анна", "Tags: vip, новый", "Writes in: telegram", "Visit: 2019-02-01 12:00, Отбеливание", "fulfilled")
	careline(t, dir, "", "patients", "show", "2", dir).well("Name: Смирнов Олег")
	careline(t, dir, "", "patients", "show", "89031112233").badly("2 patients have the phone")
	careline(t, dir, "", "patients", "show", "nobody").badly("there is no patient nobody")

	careline(t, dir, "", "patients", "tag", "--add", "Спит", "--remove", "vip", "1", "2", dir).well("Changed: 2 of 2.")
	careline(t, dir, "", "patients", "tag", "--add", "спит", "1").well("Changed: 0 of 1.")
	if got := list("--tag", "спит"); got != "1 2" {
		t.Errorf("tagged: %q", got)
	}
	careline(t, dir, "", "patients", "tag", "1").badly("which tag is missing")
	careline(t, dir, "", "patients", "tag", "--add", "x", dir).badly("which patient is missing")
	careline(t, dir, "", "patients", "list", "--no-visit-since", "long").badly("180d")
	careline(t, dir, "", "patients", "list", "--service", "hairdo").badly("no such service")
}
