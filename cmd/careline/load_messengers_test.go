package main

import (
	"os"
	"testing"

	"careline/bot/loadtest"
	"careline/channels/vk/vktest"
	"careline/channels/whatsapp/whatsapptest"
	"careline/store/storetest"
)

// The sample clinic's walk in VK and WhatsApp, 400 patients, 100 at a time, on PostgreSQL: beside Telegram's in BenchmarkWalk.
func BenchmarkWalkElsewhere(b *testing.B) {
	var table []loadtest.Report
	for name, stage := range map[string]func(*testing.B, string) (loadtest.Load, int){"VK": loadOnVK, "WhatsApp": loadOnWhatsApp} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				database := storetest.DurablePostgres(b)
				postgres, err := loadtest.PostgresPID(b.Context(), database)
				if err != nil {
					b.Fatal(err)
				}
				load, pid := stage(b, database)
				load.Patients, load.Concurrency, load.Seed = 400, 100, 1
				r, out := loadtest.Measured{Load: load, Name: name, Bot: pid, Database: postgres, WarmUp: 50}.Run(b.Context())
				for _, why := range out.Stuck()[:min(5, r.Stuck)] {
					b.Error(why)
				}
				b.ReportMetric(r.PerCPUSecond(), "steps/cpu-s")
				b.ReportMetric(r.PerSecond(), "steps/s")
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

func loadOnVK(b *testing.B, database string) (loadtest.Load, int) {
	network := vktest.Start(b, vktest.Options{Keep: -1})
	on := loadtest.VK{Server: network}
	return loadtest.Load{Network: on, Walk: loadtest.Careline()}, underLoad(b, on, newPolyclinic(b), append(onVK(network), onPostgres(database)...))
}

func loadOnWhatsApp(b *testing.B, database string) (loadtest.Load, int) {
	network, dir := whatsapptest.Start(b, whatsapptest.Options{}), newPolyclinic(b)
	settings := append(onWhatsApp(network), onPostgres(database)...)
	linked(b, network, dir, settings)
	on := loadtest.WhatsApp{Server: network}
	return loadtest.Load{Network: on, Walk: loadtest.InWhatsApp()}, underLoad(b, on, dir, settings)
}

// underLoad starts a server that receives, and tells its process id.
func underLoad(b *testing.B, on loadtest.Network, dir string, settings []string) int {
	s := serving(b, dir, settings...)
	s.start()
	b.Cleanup(s.kill)
	receives(b, on, s)
	return s.pid()
}
