package loadtest

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Report is one line of the table.
type Report struct {
	Name     string
	Patients int
	Steps    int
	Wall     time.Duration
	P50      time.Duration
	P95      time.Duration
	P99      time.Duration
	Bot      Usage
	Database Usage         // zero where the bot holds its own
	Driver   time.Duration // processor time of the simulated messenger and its people
	Others   float64       // processors that were busy with anything else
	Messages int
	Calls    int
	Stuck    int
	Repeated int
	Disorder int
}

// PerSecond is how many steps were answered in a second.
func (r Report) PerSecond() float64 { return rate(r.Steps, r.Wall) }

// PerCPUSecond is how many steps a processor second of bot and database together brings.
func (r Report) PerCPUSecond() float64 {
	return rate(r.Steps, r.Bot.CPU+r.Database.CPU)
}

func rate(n int, in time.Duration) float64 {
	if in <= 0 {
		return 0
	}
	return float64(n) / in.Seconds()
}

// Table shows the reports side by side.
func Table(w io.Writer, reports []Report) error {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "bot\tsteps/s per CPU\tsteps/s\tp50 ms\tp95 ms\tp99 ms\tbot ms/step\tdb ms/step\tdriver ms/step\tRSS MB\tmsgs/step\tcalls/step\tstuck\trepeated\tdisorder\tothers' CPU\t")
	for _, r := range reports {
		steps := float64(max(1, r.Steps))
		each := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / steps }
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		fmt.Fprintf(tab, "%s\t%.0f\t%.0f\t%.1f\t%.1f\t%.1f\t%.3f\t%.3f\t%.3f\t%d\t%.2f\t%.2f\t%d\t%d\t%d\t%.2f\t\n", r.Name, r.PerCPUSecond(), r.PerSecond(),
			ms(r.P50), ms(r.P95), ms(r.P99), each(r.Bot.CPU), each(r.Database.CPU), each(r.Driver), r.Bot.RSS>>20,
			float64(r.Messages)/steps, float64(r.Calls)/steps, r.Stuck, r.Repeated, r.Disorder, r.Others)
	}
	return tab.Flush()
}
