package loadtest

import (
	"context"
	"strings"
	"time"

	"careline/channels/telegram/telegramtest"
)

// Measured is a load with what is measured beside it.
type Measured struct {
	Load
	Name     string
	Bot      int // process id
	Database int // 0 = none of its own
	WarmUp   int // patients who walk before
}

// Run warms up, then measures; should somebody get stuck before, that is the outcome. The patients of the warm-up have the numbers after all others.
func (m Measured) Run(ctx context.Context) (Report, *Outcome) {
	if m.WarmUp > 0 {
		warm := m.Load
		warm.First, warm.Patients, warm.Think = m.First+m.Patients, m.WarmUp, 0
		if out := warm.Run(ctx); len(out.Stuck()) > 0 {
			return Report{Name: m.Name, Patients: m.WarmUp, Wall: out.Wall, Stuck: len(out.Stuck())}, out
		}
	}
	before, busy, own := counts(m.Server), Busy(), OwnCPU()
	meters := map[string]*Meter{"bot": Watch(m.Bot)}
	if m.Database != 0 {
		meters["database"] = Watch(m.Database)
	}
	out := m.Load.Run(ctx)
	r := Report{Name: m.Name, Patients: m.Patients, Steps: out.Steps(), Wall: out.Wall, Bot: meters["bot"].End(), Driver: OwnCPU() - own}
	if m.Database != 0 {
		r.Database = meters["database"].End()
	}
	r.Others = (Busy() - busy - r.Bot.CPU - r.Database.CPU - r.Driver).Seconds() / out.Wall.Seconds()
	after := counts(m.Server)
	r.Messages, r.Calls = after.messages-before.messages, after.calls-before.calls
	took := out.Latency(0.5, 0.95, 0.99)
	r.P50, r.P95, r.P99 = took[0], took[1], took[2]
	r.Stuck, r.Repeated, r.Disorder = len(out.Stuck()), out.Repeated(), out.Disorder()
	return r, out
}

type counted struct{ messages, calls int }

func counts(s *telegramtest.Server) (c counted) {
	for name, n := range s.Counts() {
		if strings.Contains(name, ":") || name == "getUpdates" {
			continue
		}
		c.calls += n
		if strings.HasPrefix(name, "send") && name != "sendChatAction" {
			c.messages += n
		}
	}
	return c
}

// Asked waits until a bot asks the server for updates or sets a webhook.
func Asked(ctx context.Context, s *telegramtest.Server, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	select {
	case <-s.Asked():
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
