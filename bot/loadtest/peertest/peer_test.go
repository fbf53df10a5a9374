package peertest_test

import (
	"os"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/bot/loadtest/peertest"
	"careline/channels/telegram/telegramtest"
	"careline/store/storetest"
	"os/exec"
	"syscall"
)

const asPeer = "PEER_TEST_AS_PEER"

func TestMain(m *testing.M) {
	if os.Getenv(asPeer) != "" {
		peertest.Main()
		return
	}
	os.Exit(m.Run())
}

// The hand-written bot books everybody, so that it is worth comparing with.
func TestThePeerBooksEverybody(t *testing.T) {
	network, database := telegramtest.Start(t, telegramtest.Options{}), storetest.Postgres(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	peer := exec.Command(self)
	peer.Env = []string{asPeer + "=1", peertest.TokenVar + "=" + network.Token(), peertest.APIVar + "=" + network.URL(), peertest.DatabaseVar + "=" + database}
	peer.Stderr = os.Stderr
	if err := peer.Start(); err != nil {
		t.Fatal(err)
	}
	if err := loadtest.Asked(t.Context(), network, 30*time.Second); err != nil {
		t.Fatal(err)
	}
	out := loadtest.Load{Server: network, Walk: loadtest.Peer(), Patients: 20, Concurrency: 10}.Run(t.Context())
	for _, why := range out.Stuck() {
		t.Error(why)
	}
	if out.Repeated() > 0 || network.Spinning() > 0 {
		t.Errorf("%d messages repeated, %d presses unanswered", out.Repeated(), network.Spinning())
	}
	if err := peer.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := peer.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}
