package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

func TestThePointsOfAPatient(t *testing.T) {
	t.Parallel()
	v := withVisits(t)
	gives(t, v.dir, "")
	v.books("v-1", "MIS-1", -time.Hour)
	v.careline("visit", "done", "v-1").well()
	v.careline("points", "anna").well("Points: 0", "no `loyalty`")

	gives(t, v.dir, "loyalty:\n  visit: 100\n")
	v.careline("visit", "arrived", "v-1").well()
	v.careline("visit", "done", "v-1").well()
	v.careline("points", "+7 912 345-67-89").well("+100  visit v-1", "Points: 100")
	v.careline("points", "anna", "--add", "50").well("+50", "corrected by hand", "Points: 150")
	v.careline("points", "anna", "--spend", "151", "--visit", "v-1").badly("there are only 150 points")
	v.careline("points", "anna", "--spend", "120", "--visit", "MIS-1").well("-120", "paid for visit v-1", "Points: 30")
	v.careline("points", "anna", "--spend", "1", "--visit", "v-1").badly("have paid for this visit already")
	v.careline("points", "anna", "--spend", "1").badly("--visit ID")
	v.careline("points", "anna", "--spend", "0", "--visit", "v-1").badly("no number of points")
	v.careline("points", "anna", "--spend", "all", "--visit", "v-1").badly("--spend all: it takes a whole number")
	v.careline("points", "anna", "--add", "1", "--spend", "1", "--visit", "v-1").badly("two things")
	v.careline("points", "anna", "--spend", "1", "--visit", "nobody").badly("there is no visit nobody")
	v.careline("points", "nobody").badly("there is no patient nobody")
}

var loyalty = regexp.MustCompile(`(?m)^loyalty:\n(?:[ \t].*\n)*`)

// gives makes the clinic's loyalty programme this one.
func gives(t *testing.T, dir, programme string) {
	t.Helper()
	path := filepath.Join(dir, "careline.yaml")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data = append(loyalty.ReplaceAll(data, nil), "\n"+programme...)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
