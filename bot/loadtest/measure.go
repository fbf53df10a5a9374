package loadtest

import (
	"context"
	"time"
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
	messages, calls := m.Network.Traffic()
	busy, own := Busy(), OwnCPU()
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
	r.Messages, r.Calls = m.Network.Traffic()
	r.Messages, r.Calls = r.Messages-messages, r.Calls-calls
	took := out.Latency(0.5, 0.95, 0.99)
	r.P50, r.P95, r.P99 = took[0], took[1], took[2]
	r.Stuck, r.Repeated, r.Disorder = len(out.Stuck()), out.Repeated(), out.Disorder()
	return r, out
}

// Asked waits until a bot receives from the network.
func Asked(ctx context.Context, n Network, within time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !n.Receives() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
