package whatsapptest_test

import (
	"testing"

	signal "go.mau.fi/libsignal/logger"
)

// TestMain keeps libsignal from printing every message that was made unreadable.
func TestMain(m *testing.M) {
	var none signal.Loggable = silent{}
	signal.Setup(&none)
	m.Run()
}

type silent struct{}

func (silent) Debug(string, string)   {}
func (silent) Info(string, string)    {}
func (silent) Warning(string, string) {}
func (silent) Error(string, string)   {}
func (silent) Configure(string)       {}
