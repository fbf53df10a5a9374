package whatsapp

import (
	"log/slog"

	waLog "go.mau.fi/whatsmeow/util/log"
)

// quiet is the library's log. Of its lines only the pattern is kept: what stands in them are phones, names and texts.
type quiet struct {
	log    *slog.Logger
	module string
}

func (q quiet) say(level, pattern string) {
	q.log.Debug("whatsmeow", "module", q.module, "level", level, "pattern", pattern)
}

func (q quiet) Errorf(pattern string, _ ...any) { q.say("error", pattern) }
func (q quiet) Warnf(pattern string, _ ...any)  { q.say("warn", pattern) }
func (q quiet) Infof(pattern string, _ ...any)  { q.say("info", pattern) }

// Debugf is silent: every stanza is a line there.
func (q quiet) Debugf(string, ...any) {}

func (q quiet) Sub(module string) waLog.Logger {
	if q.module != "" {
		module = q.module + "/" + module
	}
	return quiet{q.log, module}
}
