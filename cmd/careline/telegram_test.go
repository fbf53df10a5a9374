package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"careline/bot/loadtest"
	"careline/channels/telegram/telegramtest"
)

const webhookSecret = "only-telegram-knows-this"

// onTelegram are the settings of a server that works with the local Telegram. No limits: those are tested where they
// are kept.
func onTelegram(network *telegramtest.Server, more ...string) []string {
	return append([]string{
		"CARELINE_TELEGRAM_TOKEN=" + network.Token(), "CARELINE_TELEGRAM_API_URL=" + network.URL(), "CARELINE_TELEGRAM_LIMITS=0,0,0",
	}, more...)
}

// byWebhook are the settings of a server that Telegram calls at this address.
func byWebhook(address string) []string {
	return []string{"CARELINE_TELEGRAM_MODE=webhook", "CARELINE_TELEGRAM_WEBHOOK_SECRET=" + webhookSecret, "CARELINE_PUBLIC_URL=" + address}
}

// onPostgres are the settings of a server on that database.
func onPostgres(database string) []string {
	return []string{"CARELINE_DATABASE_URL=" + database, "CARELINE_SECRET=" + strings.Repeat("x", 32)}
}

// newPolyclinic is a folder of a clinic with time for thousands.
func newPolyclinic(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "clinic")
	if err := loadtest.Polyclinic(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pid of the server's process.
func (s *server) pid() int { return s.process.Process.Pid }

// asked waits until the server receives from the local Telegram.
func asked(t testing.TB, network *telegramtest.Server, s *server) {
	t.Helper()
	receives(t, loadtest.Telegram{Server: network}, s)
}

// receives waits until the server receives from the network.
func receives(t testing.TB, network loadtest.Network, s *server) {
	t.Helper()
	if err := loadtest.Asked(t.Context(), network, startWithin); err != nil {
		t.Fatalf("the server receives nothing: %v\n%s", err, tail(s))
	}
}

func tail(s *server) string {
	log := s.log.String()
	return fmt.Sprintf("…%s", log[max(0, len(log)-4000):])
}
