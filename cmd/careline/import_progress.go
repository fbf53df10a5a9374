package main

import (
	"fmt"
	"io"
	"time"

	"careline/bot/intake"
)

// tellEvery is how often somebody who waits hears that it goes on.
const tellEvery = 2 * time.Second

// progress of an import, for whoever waits.
type progress struct {
	to    io.Writer
	now   func() time.Time
	begun time.Time
	last  time.Time
	size  int64 // bytes of the file; 0 = not known
}

func newProgress(to io.Writer, now func() time.Time, size int64) *progress {
	return &progress{to: to, now: now, begun: now(), last: now(), size: size}
}

// told is told after every batch.
func (p *progress) told(s intake.Summary) {
	now := p.now()
	if now.Sub(p.last) < tellEvery {
		return
	}
	p.last = now
	spent := now.Sub(p.begun)
	fmt.Fprintf(p.to, "%d lines, %.0f a second", s.Lines, float64(s.Lines)/spent.Seconds())
	if s.Rejected > 0 {
		fmt.Fprintf(p.to, ", %d rejected", s.Rejected)
	}
	if p.size > s.Bytes && s.Bytes > 0 {
		left := time.Duration(float64(spent) * float64(p.size-s.Bytes) / float64(s.Bytes))
		fmt.Fprintf(p.to, ", %s to go", max(time.Second, left.Round(time.Second)))
	}
	fmt.Fprintln(p.to)
}
