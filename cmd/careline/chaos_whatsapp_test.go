package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/whatsapp/whatsapptest"
)

// Patients book in WhatsApp while processes are killed and messages fail. Nobody is lost or stuck, everybody is booked
// once, words stay in order, and no message is shown twice: WhatsApp knows a repetition.
func TestChaosOnWhatsApp(t *testing.T) {
	for name, postgres := range map[string]bool{"SQLite": false, "two replicas on PostgreSQL": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newPolyclinic(t)
			fleet, db := fleetOf(t, dir, onWhatsApp(network), postgres)
			linked(t, network, dir, fleet[0].env)
			for _, s := range fleet {
				s.start()
			}
			receives(t, loadtest.WhatsApp{Server: network}, fleet[0])
			network.SetFaults(whatsapptest.Faults{Reset: 0.0025, ResetAfter: 0.0025, Again: 0.05, Anew: 0.02, Seed: seed})
			today := stormToday()
			out, when := stormOver(t, loadtest.WhatsApp{Server: network}, loadtest.InWhatsApp(), today, today.polled, fleet, seed)
			network.SetFaults(whatsapptest.Faults{})
			survived(t, storms{"whatsapp", network.Pending}, fleet, db, out)
			if n := out.Repeated(); n > 0 {
				t.Errorf("%d messages were shown again", n)
			}
			t.Logf("%d kills, %d patients; WhatsApp: %v", len(when), len(out.Patients), network.Counts())
		})
	}
}

// Two servers, and the one that holds the session is killed: within fifteen seconds the other answers, each message once,
// and the phone has not to be linked again.
func TestAKilledHolderOfTheSessionIsReplacedInFifteenSeconds(t *testing.T) {
	t.Parallel()
	network, dir := whatsapptest.Start(t, whatsapptest.Options{}), newPolyclinic(t)
	fleet, _ := fleetOf(t, dir, onWhatsApp(network), true)
	linked(t, network, dir, fleet[0].env)
	holds := func(s *server) bool {
		_, metrics := s.get("/metrics")
		return strings.Contains(metrics, `careline_lease_held{name="channel:whatsapp"} 1`)
	}
	fleet[0].start()
	eventually(t, "the first holds the session", func() bool { return holds(fleet[0]) && network.Online() })
	fleet[1].start()
	on := loadtest.WhatsApp{Server: network}
	walksOn(t, on, loadtest.InWhatsApp(), 1)
	if holds(fleet[1]) {
		t.Error("both hold the session")
	}
	killed := time.Now()
	fleet[0].kill()
	boris := network.Person(whatsapptest.User{Name: "Борис"})
	boris.Write("/start")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := boris.AwaitText(ctx, "Здравствуйте, Борис"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(killed); took > 15*time.Second {
		t.Errorf("Boris was answered %v after the kill", took)
	} else {
		t.Logf("answered %v after the kill", took)
	}
	fleet[0].start()
	walksOn(t, on, loadtest.InWhatsApp(), 2)
	stopped := time.Now()
	fleet[1].stop()
	walksOn(t, on, loadtest.InWhatsApp(), 3)
	t.Logf("handed over and booked %v after a stop", time.Since(stopped))
	fleet[0].stop()
	if n := strings.Count(strings.Join(boris.Shown(), "\n"), "Здравствуйте, Борис"); n != 1 {
		t.Errorf("Boris was greeted %d times", n)
	}
	if n := network.OwnPhone().Devices(); n != 1 {
		t.Errorf("the phone has %d devices", n)
	}
}
