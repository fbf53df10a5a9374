package loadtest

import (
	"slices"
	"time"
)

// Outcome is what the patients met.
type Outcome struct {
	Patients []*Patient // nil where somebody never began
	Wall     time.Duration
}

// Steps counts the answered ones.
func (o *Outcome) Steps() (n int) {
	for p := range o.walked() {
		n += len(p.Took)
	}
	return n
}

func (o *Outcome) walked() func(func(*Patient) bool) {
	return func(yield func(*Patient) bool) {
		for _, p := range o.Patients {
			if p != nil && !yield(p) {
				return
			}
		}
	}
}

// Stuck tells of every walk that broke off.
func (o *Outcome) Stuck() (why []error) {
	for p := range o.walked() {
		if p.Stuck != nil {
			why = append(why, p.Stuck)
		}
	}
	return why
}

// Repeated counts the messages that were shown again, over all chats.
func (o *Outcome) Repeated() (n int) {
	for p := range o.walked() {
		n += p.Repeated()
	}
	return n
}

// Disorder counts the answers that overtook another one.
func (o *Outcome) Disorder() (n int) {
	for p := range o.walked() {
		n += p.Disorder
	}
	return n
}

// Latency is the time from an action to the first answer that so large a share of the steps had.
func (o *Outcome) Latency(shares ...float64) (out []time.Duration) {
	var all []time.Duration
	for p := range o.walked() {
		all = append(all, p.Took...)
	}
	slices.Sort(all)
	for _, share := range shares {
		if len(all) == 0 {
			return make([]time.Duration, len(shares))
		}
		out = append(out, all[min(len(all)-1, int(share*float64(len(all))))])
	}
	return out
}
