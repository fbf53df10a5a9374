package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/vk/vktest"
)

// Patients book in VK while processes are killed and calls fail. Nobody is lost or stuck, everybody is booked once, words
// stay in order, and no message is shown twice: VK knows a repetition.
func TestChaosOnVK(t *testing.T) {
	for _, c := range []struct {
		name               string
		callback, postgres bool
	}{
		{"polling, SQLite", false, false},
		{"polling, two replicas on PostgreSQL", false, true},
		{"callback, SQLite", true, false},
		{"callback, two replicas on PostgreSQL", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			network := vktest.Start(t, vktest.Options{})
			fleet, db := fleetOf(t, newPolyclinic(t), onVK(network), c.postgres)
			today := stormToday()
			pause := today.polled
			if c.callback {
				pause = today.called
				front := before(t, fleet)
				for _, s := range fleet {
					s.env = append(s.env, byCallback(network, front)...)
				}
				for _, s := range fleet {
					s.start()
				}
				calledBy(t, network, front)
			} else {
				for _, s := range fleet {
					s.start()
				}
				receives(t, loadtest.VK{Server: network}, fleet[0])
			}
			network.SetFaults(vktest.Faults{Throttled: 0.0025, Internal: 0.001, DropPoll: 0.01, KeyExpired: 0.01, Again: 0.05, ServerError: 0.002, HTML: 0.0005, Reset: 0.0025, ResetAfter: 0.002, Half: 0.0005, Seed: seed})
			out, when := stormOver(t, loadtest.VK{Server: network}, loadtest.Careline(), today, pause, fleet, seed)
			network.SetFaults(vktest.Faults{})
			survived(t, storms{"vk", network.Pending}, fleet, db, out)
			if n := out.Repeated(); n > 0 {
				t.Errorf("%d messages were shown again", n)
			}
			t.Logf("%d kills, %d patients; VK: %v", len(when), len(out.Patients), network.Counts())
		})
	}
}

// stormOver lets today's patients walk while today's kills fall.
func stormOver(t *testing.T, network loadtest.Network, walk []loadtest.Step, today storm, pause [2]time.Duration, fleet []*server, seed uint64) (*loadtest.Outcome, []time.Time) {
	t.Helper()
	lasts := (pause[0] + pause[1]) / 2 * time.Duration(today.kills)
	load := loadtest.Load{
		Network: network, Walk: walk, Patients: today.patients, Concurrency: today.patients, Seed: seed,
		Patience: 2 * time.Minute, Think: lasts / time.Duration(2*len(walk)),
	}
	killed := make(chan []time.Time, 1)
	go func() { killed <- kills(fleet, today.kills, pause, rand.New(rand.NewPCG(seed, seed))) }()
	return load.Run(t.Context()), <-killed
}
