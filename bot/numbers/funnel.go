package numbers

import (
	"encoding/json"

	"careline/store"
)

// Funnel counts the chats that came at least so far, by store.FunnelStep.
type Funnel [store.FunnelSteps]int

// StepNames are the keys of the steps, in their order.
var StepNames = [store.FunnelSteps]string{"started", "consented", "told", "offered", "held", "booked", "confirmed", "came"}

// Started is how many began to talk.
func (f Funnel) Started() int { return f[store.Started] }

// Step is a part of those who started.
func (f Funnel) Step(s store.FunnelStep) Part { return Part{f[s], f.Started()} }

// add counts chats whose last step was this one: they passed all before it.
func (f *Funnel) add(last store.FunnelStep, chats int) {
	for s := range last + 1 {
		f[s] += chats
	}
}

// MarshalJSON names the steps.
func (f Funnel) MarshalJSON() ([]byte, error) {
	type step struct {
		Step string `json:"step"`
		Part Part   `json:"chats"`
	}
	steps := make([]step, len(f))
	for s := range f {
		steps[s] = step{StepNames[s], f.Step(store.FunnelStep(s))}
	}
	return json.Marshal(steps)
}
