package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/bot/loadtest/peertest"
	"careline/channels/telegram/telegramtest"
	"careline/store/storetest"
)

const startWithin = 30 * time.Second

// contestant is a bot that is put under load.
type contestant struct {
	name     string
	walk     []loadtest.Step
	clinic   func(dir string) error // nil = the bot written by hand
	postgres bool
}

// The first three do the same twelve steps, one message each; the sample clinic says more at a step: what a service
// costs, how to get there, a calendar entry.
var contestants = []contestant{
	{"careline on PostgreSQL", loadtest.TwelveSteps(), loadtest.Twelve, true},
	{"by hand on PostgreSQL", loadtest.Peer(), nil, true},
	{"careline on SQLite", loadtest.TwelveSteps(), loadtest.Twelve, false},
	{"sample clinic on PostgreSQL", loadtest.Careline(), loadtest.Polyclinic, true},
	{"sample clinic on SQLite", loadtest.Careline(), loadtest.Polyclinic, false},
}

// 2,000 patients walk, 200 at a time and as fast as they are answered, with everything durable.
func BenchmarkWalk(b *testing.B) {
	race(b, loadtest.Load{Patients: 2000, Concurrency: 200, Seed: 1}, func(b *testing.B, r loadtest.Report) {
		b.ReportMetric(r.PerCPUSecond(), "steps/cpu-s")
		b.ReportMetric(r.PerSecond(), "steps/s")
	})
}

// Patients who think, so that all of them together take about 150 steps a second: how long one waits for an answer.
func BenchmarkWalkThinking(b *testing.B) {
	const together, steps = 60, 160
	race(b, loadtest.Load{Patients: 400, Concurrency: together, Think: together * time.Second / steps, Seed: 1}, func(b *testing.B, r loadtest.Report) {
		b.ReportMetric(float64(r.P50.Microseconds())/1000, "p50-ms")
		b.ReportMetric(r.PerSecond(), "steps/s")
	})
}

// race puts all contestants under the same load and prints them side by side.
func race(b *testing.B, l loadtest.Load, tell func(*testing.B, loadtest.Report)) {
	var table []loadtest.Report
	for _, c := range contestants {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				r := c.run(b, l)
				tell(b, r)
				table = append(table, r)
			}
		})
	}
	b.Cleanup(func() {
		if err := loadtest.Table(os.Stdout, table); err != nil {
			b.Error(err)
		}
	})
}

func (c contestant) run(b *testing.B, l loadtest.Load) loadtest.Report {
	b.Helper()
	network := telegramtest.Start(b, telegramtest.Options{Keep: -1})
	l.Network, l.Walk = loadtest.Telegram{Server: network}, c.walk
	m := loadtest.Measured{Load: l, Name: c.name, WarmUp: 200}
	database := ""
	if c.postgres {
		database = storetest.DurablePostgres(b)
		pid, err := loadtest.PostgresPID(b.Context(), database)
		if err != nil {
			b.Fatal(err)
		}
		m.Database = pid
	}
	if c.clinic == nil {
		m.Bot = peertest.Start(b, network, database)
	} else {
		m.Bot = c.serve(b, network, database)
	}
	r, out := m.Run(b.Context())
	if database != "" {
		n, err := loadtest.Deadlocks(b.Context(), database)
		if err != nil {
			b.Error(err)
		}
		b.ReportMetric(float64(n), "deadlocks")
	}
	for _, why := range out.Stuck()[:min(5, r.Stuck)] {
		b.Error(why)
	}
	return r
}

// serve starts careline, until the test ends, and tells its process id.
func (c contestant) serve(b *testing.B, network *telegramtest.Server, database string) int {
	b.Helper()
	dir, settings := filepath.Join(b.TempDir(), "clinic"), onTelegram(network)
	if err := c.clinic(dir); err != nil {
		b.Fatal(err)
	}
	if database != "" {
		settings = append(settings, onPostgres(database)...)
	}
	s := serving(b, dir, settings...)
	s.start()
	b.Cleanup(s.kill)
	asked(b, network, s)
	return s.pid()
}
