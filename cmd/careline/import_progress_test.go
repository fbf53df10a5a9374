package main

import (
	"strings"
	"testing"
	"time"

	"careline/bot/intake"
)

func TestWhoWaitsForAnImportHearsHowLongStill(t *testing.T) {
	var heard strings.Builder
	now := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	p := newProgress(&heard, func() time.Time { return now }, 1000)
	for _, s := range []intake.Summary{{Lines: 500, Bytes: 50}, {Lines: 1000, Bytes: 100}, {Lines: 5000, Bytes: 500, Rejected: 7}, {Lines: 10000, Bytes: 1000}} {
		now = now.Add(1500 * time.Millisecond)
		p.told(s)
	}
	want := "1000 lines, 333 a second, 27s to go\n10000 lines, 1667 a second\n"
	if heard.String() != want {
		t.Errorf("heard:\n%swant:\n%s", heard.String(), want)
	}
}
