package main

import (
	"strings"
	"testing"
	"time"

	"careline/store"
)

func TestADoctorsCourseIsSetShownAndEnded(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	v.books("v-1", "MIS-1", 26*time.Hour) // makes Anna known
	list := v.careline("course", "list", v.dir)
	list.well("rehabilitation  Курс реабилитации", "day 30  exercise", "осмотр после операции")

	started := v.careline("course", "start", "+7 912 345-67-89", "implant", v.dir, "--from", "2030-01-01", "--doctor", "karimov")
	started.well("2030-01-08  Установка импланта           1 of 4  to come", "2030-04-18  коронка на имплант")
	v.careline("course", "prevent", "anna", "hygiene_consult", "2030-07-01", v.dir).well("2030-07-01  Осмотр дёсен и гигиена       prevention  to come")
	v.careline("course", "prevent", "anna", "hygiene_consult", "2030-08-01", v.dir).well("2030-08-01  Осмотр дёсен и гигиена")

	var steps []string
	for _, line := range strings.Split(strings.TrimSpace(started.out), "\n") {
		words := strings.Fields(line)
		steps = append(steps, words[len(words)-1])
	}
	v.careline("course", "done", steps[0], steps[1], v.dir).well(steps[0] + ": done")
	v.careline("course", "done", steps[0], v.dir).well(steps[0] + ": done")
	v.careline("course", "drop", steps[3], v.dir).well(steps[3] + ": drop")
	v.careline("course", "drop", steps[0], v.dir).badly("completed")
	shown := v.careline("course", "show", "anna", v.dir)
	shown.well("контрольный снимок импланта", "prevention")
	if strings.Count(shown.out, "\n") != 2 {
		t.Errorf("shown:\n%s", shown.out)
	}
	v.careline("course", "show", "anna", "--all", v.dir).well("dropped", "done")

	for _, wrong := range [][]string{
		{"course", "start", "nobody", "implant", v.dir}, {"course", "start", "anna", "braces", v.dir},
		{"course", "start", "anna", "implant", v.dir, "--from", "tomorrow"}, {"course", "start", "anna", "implant", v.dir, "--doctor", "nobody"},
		{"course", "start", "anna", "implant", v.dir, "--doctor", "sokolova"},
		{"course", "prevent", "anna", "surgery", "2030-01-01", v.dir}, {"course", "prevent", "anna", "crown", "2030-02-30", v.dir},
		{"course", "done", "nothing", v.dir}, {"course", "done"}, {"course", "start", "anna"},
	} {
		v.careline(wrong...).badly()
	}
	var rows []store.Step
	err := v.db.Read(t.Context(), func(tx store.Tx) (err error) {
		rows, err = tx.StepsOf(t.Context(), []string{"anna"})
		return err
	})
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d steps, %v", len(rows), err)
	}
	if rows[0].Doctor != "karimov" || rows[3].Doctor != "" { // the surgeon makes no crowns
		t.Errorf("by %q and %q", rows[0].Doctor, rows[3].Doctor)
	}
}
