package peertest

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"careline/bot/loadtest"
	"careline/channels/telegram/telegramtest"
)

const (
	asVar       = "PEER_TEST_AS_PEER"
	startWithin = 30 * time.Second
)

// Called reports whether this process is to be the bot: TestMain asks it, and then runs Main.
func Called() bool { return os.Getenv(asVar) != "" }

// Start runs the test's own binary as the bot, until the test ends, and tells its process id.
func Start(t testing.TB, network *telegramtest.Server, database string) int {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = []string{asVar + "=1", tokenVar + "=" + network.Token(), apiVar + "=" + network.URL(), databaseVar + "=" + database}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("the peer ends with %v", err)
		}
	})
	if err := loadtest.Asked(t.Context(), loadtest.Telegram{Server: network}, startWithin); err != nil {
		t.Fatal("the peer asks Telegram for nothing")
	}
	return cmd.Process.Pid
}
