package bustle_test

import (
	"crypto/rand"
	"log/slog"
	"testing"
	"time"

	"careline/bot"
	"careline/bot/bustle"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/dialogs/clinic"
	"careline/store"
)

func TestADozenPeopleWriteAndAMonthIsBehindThem(t *testing.T) {
	f, findings := folder.Load(clinic.Files())
	if f == nil {
		t.Fatalf("the sample clinic has errors:\n%v", findings)
	}
	db, remove, err := bot.Temporary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	c := clock.NewMoved()
	b, err := bot.New(bot.Parts{
		Settings: bot.Settings{Secret: []byte(rand.Text())}, Folder: f, Store: db, Clock: c, IDs: rand.Text, Log: slog.New(slog.DiscardHandler),
		TriageRules: true, Channels: bustle.Messengers(),
	})
	if err != nil {
		t.Fatal(err)
	}

	err = bustle.Play(t.Context(), bustle.Parts{Store: db, Clinic: f.Clinic, Scripts: f.Scripts, Runner: b.Runner, Clock: c, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if off := time.Until(c.Now()).Abs(); off > time.Minute {
		t.Errorf("the clock is off by %v", off)
	}
	err = db.Read(t.Context(), func(tx store.Tx) error {
		waiting, _, err := tx.TicketsWaiting(t.Context())
		if err != nil {
			return err
		}
		visits, err := tx.AppointmentsBetween(t.Context(), "", c.Now().AddDate(0, -2, 0), c.Now().AddDate(0, 2, 0))
		if err != nil {
			return err
		}
		ahead := 0
		for _, v := range visits {
			if v.Start.After(c.Now()) {
				ahead++
			}
		}
		if waiting < 5 || ahead < 10 || len(visits)-ahead < 40 {
			t.Errorf("%d people wait, %d visits were, %d are to come", waiting, len(visits)-ahead, ahead)
		}
		t.Logf("%d people wait, %d visits were, %d are to come", waiting, len(visits)-ahead, ahead)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
