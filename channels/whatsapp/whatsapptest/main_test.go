package whatsapptest_test

import (
	"fmt"
	"os"
	"testing"

	signal "go.mau.fi/libsignal/logger"
)

// TestMain keeps libsignal from printing every message that was made unreadable. With an address it is a bot.
func TestMain(m *testing.M) {
	var none signal.Loggable = silent{}
	signal.Setup(&none)
	if os.Getenv(envAddr) == "" {
		m.Run()
		return
	}
	if err := process(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

type silent struct{}

func (silent) Debug(string, string)   {}
func (silent) Info(string, string)    {}
func (silent) Warning(string, string) {}
func (silent) Error(string, string)   {}
func (silent) Configure(string)       {}
