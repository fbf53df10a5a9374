package peertest_test

import (
	"os"
	"testing"

	"careline/bot/loadtest"
	"careline/bot/loadtest/peertest"
	"careline/channels/telegram/telegramtest"
	"careline/store/storetest"
)

func TestMain(m *testing.M) {
	if peertest.Called() {
		peertest.Main()
		return
	}
	os.Exit(m.Run())
}

// The hand-written bot books everybody, so that it is worth comparing with.
func TestThePeerBooksEverybody(t *testing.T) {
	network, database := telegramtest.Start(t, telegramtest.Options{}), storetest.Postgres(t)
	peertest.Start(t, network, database)
	out := loadtest.Load{Network: loadtest.Telegram{Server: network}, Walk: loadtest.Peer(), Patients: 20, Concurrency: 10}.Run(t.Context())
	for _, why := range out.Stuck() {
		t.Error(why)
	}
	if out.Repeated() > 0 || network.Spinning() > 0 {
		t.Errorf("%d messages repeated, %d presses unanswered", out.Repeated(), network.Spinning())
	}
}
