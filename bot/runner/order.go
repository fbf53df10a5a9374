package runner

import (
	"slices"

	"careline/bot/journey"
	"careline/store"
)

// inOrder lets plans of one chat that have come due together be judged in the order of the journey: the first that is
// sent may leave no room for the others. What else came between them keeps its place.
func (b *batch) inOrder() {
	places := map[string][]int{}
	for i, in := range b.inputs {
		if in.Kind == store.PlanInput && in.ContactID != "" {
			places[in.ContactID] = append(places[in.ContactID], i)
		}
	}
	for _, at := range places {
		if len(at) < 2 {
			continue
		}
		plans := make([]store.Input, len(at))
		for n, i := range at {
			plans[n] = b.inputs[i]
		}
		slices.SortStableFunc(plans, func(x, y store.Input) int { return b.rank(x) - b.rank(y) })
		for n, i := range at {
			b.inputs[i] = plans[n]
		}
	}
}

func (b *batch) rank(in store.Input) int {
	plan, err := journey.ReadPlan(in.Payload)
	if err != nil {
		return 0 // it fails, whenever it is its turn
	}
	return b.journey.Rank(plan)
}
