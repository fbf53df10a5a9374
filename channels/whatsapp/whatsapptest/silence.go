package whatsapptest

import (
	"sync"

	"go.mau.fi/libsignal/logger"
)

// silence gives libsignal its one logger before servers are made: it makes itself one when it is first needed, on
// several goroutines at once, and that one prints.
var silence = sync.OnceFunc(func() {
	var none logger.Loggable = silent{}
	logger.Setup(&none)
})

type silent struct{}

func (silent) Debug(string, string)   {}
func (silent) Info(string, string)    {}
func (silent) Warning(string, string) {}
func (silent) Error(string, string)   {}
func (silent) Configure(string)       {}
