package main

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/bot/loadtest/peertest"
	"careline/channels/telegram/telegramtest"
	"careline/store/storetest"
)

const startWithin = 30 * time.Second

// The same twelve steps of 2,000 patients, with everything durable: careline on both databases beside a bot written by
// hand. Then again with patients who think, 150 steps a second: that is how long a patient waits for an answer.
func BenchmarkWalk(b *testing.B) {
	var table []loadtest.Report
	for _, bot := range contestants {
		b.Run(bot.name, func(b *testing.B) {
			for b.Loop() {
				r := bot.walk(b, loadtest.Load{Patients: 2000, Concurrency: 200, Seed: 1})
				b.ReportMetric(r.PerCPUSecond(), "steps/cpu-s")
				b.ReportMetric(r.PerSecond(), "steps/s")
				table = append(table, r)
			}
		})
	}
	for _, bot := range contestants {
		b.Run(bot.name+", thinking", func(b *testing.B) {
			for b.Loop() {
				r := bot.walk(b, loadtest.Load{Patients: 400, Concurrency: 200, Think: 200 * time.Second / 150, Seed: 1})
				r.Name += ", thinking"
				b.ReportMetric(float64(r.P50.Microseconds())/1000, "p50-ms")
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

// contestant is a bot that can be put under load.
type contestant struct {
	name string
	walk func(*testing.B, loadtest.Load) loadtest.Report
}

var contestants = []contestant{
	{name: "careline on PostgreSQL", walk: func(b *testing.B, l loadtest.Load) loadtest.Report {
		return walkCareline(b, l, storetest.DurablePostgres(b))
	}},
	{name: "careline on SQLite", walk: func(b *testing.B, l loadtest.Load) loadtest.Report { return walkCareline(b, l, "") }},
	{name: "by hand on PostgreSQL", walk: walkPeer},
}

func walkCareline(b *testing.B, l loadtest.Load, database string) loadtest.Report {
	b.Helper()
	l.Server, l.Walk = telegramtest.Start(b, telegramtest.Options{Keep: -1}), loadtest.Careline()
	m := loadtest.Measured{Load: l, Name: "careline on SQLite", WarmUp: 200}
	settings := onTelegram(l.Server)
	if database != "" {
		m.Name, m.Database = "careline on PostgreSQL", fatherOf(b, database)
		settings = append(settings, onPostgres(database)...)
	}
	s := serving(b, newPolyclinic(b), settings...)
	s.start()
	defer s.kill()
	asked(b, l.Server, s)
	m.Bot = s.pid()
	return measured(b, m)
}

func walkPeer(b *testing.B, l loadtest.Load) loadtest.Report {
	b.Helper()
	database := storetest.DurablePostgres(b)
	l.Server, l.Walk = telegramtest.Start(b, telegramtest.Options{Keep: -1}), loadtest.Peer()
	peer := peer(b, l.Server, database)
	return measured(b, loadtest.Measured{Load: l, Name: "by hand on PostgreSQL", WarmUp: 200, Bot: peer.Process.Pid, Database: fatherOf(b, database)})
}

// peer is the hand-written bot as a process, until the test ends.
func peer(b *testing.B, network *telegramtest.Server, database string) *exec.Cmd {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = []string{asPeer + "=1", peertest.TokenVar + "=" + network.Token(), peertest.APIVar + "=" + network.URL(), peertest.DatabaseVar + "=" + database}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	if err := loadtest.Asked(b.Context(), network, startWithin); err != nil {
		b.Fatal("the peer asks Telegram for nothing")
	}
	return cmd
}

func measured(b *testing.B, m loadtest.Measured) loadtest.Report {
	b.Helper()
	r, out := m.Run(b.Context())
	for i, why := range out.Stuck() {
		if i < 5 {
			b.Error(why)
		}
	}
	return r
}

func fatherOf(b *testing.B, database string) int {
	b.Helper()
	pid, err := loadtest.PostgresPID(b.Context(), database)
	if err != nil {
		b.Fatal(err)
	}
	return pid
}
