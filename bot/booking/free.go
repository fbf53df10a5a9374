package booking

import (
	"math/bits"
	"slices"
	"time"

	"careline/store"
)

// Query asks when a service could be had.
type Query struct {
	Service  *Service
	Branches []*Branch
	Doctor   string       // practitioner who must be among those who see the patient; empty = any
	Acute    bool         // the times kept for acute patients are open
	From, To time.Time    // visits begin in [From, To)
	Now      time.Time    // the lead time and the release of acute times count from here
	Busy     []store.Busy // what takes the practitioners' time
}

// Slot is a free time: whose, where.
type Slot struct {
	Service *Service
	Branch  *Branch
	Parts   []store.Part // in the order of the service's parts
}

// Start of the first part.
func (s Slot) Start() time.Time {
	start := s.Parts[0].Start
	for _, p := range s.Parts {
		if p.Start.Before(start) {
			start = p.Start
		}
	}
	return start
}

// End of the last part.
func (s Slot) End() time.Time { return lastEnd(s.Parts) }

func lastEnd(parts []store.Part) time.Time {
	var end time.Time
	for _, p := range parts {
		if p.End.After(end) {
			end = p.End
		}
	}
	return end
}

// Free is every moment at which a visit may begin.
type Free struct {
	origin time.Time // of tick 0
	places []*place
}

// place is a branch: who is free there.
type place struct {
	service *Service
	branch  *Branch
	origin  time.Time
	days    []dayTicks
	people  []*person
	starts  ticks // a visit may begin, unless it would need one person twice
	ways    []way
}

// dayTicks is a day of the branch as ticks [from, to).
type dayTicks struct {
	day
	from, to int
}

// person is a practitioner's time in one branch.
type person struct {
	*Practitioner
	free ticks
	grid ticks // where a visit may begin
}

// way is one order of the parts; who may begin each of them when.
type way struct {
	order  []int // of Service.Parts
	starts [][]able
}

// able is a person who may take a part that begins at a tick of starts.
type able struct {
	*person
	starts ticks
}

// Find returns the free times. It reads no clock and has no effects.
func (c *Clinic) Find(q Query) *Free {
	from := q.From
	if soonest := q.Now.Add(c.Booking.Lead); from.Before(soonest) {
		from = soonest
	}
	to := q.To
	if latest := q.Now.Add(c.Booking.Horizon); to.IsZero() || to.After(latest) {
		to = latest
	}
	f := &Free{origin: from.Truncate(tick)}
	if !from.Before(to) {
		return f
	}
	for _, b := range q.Branches {
		p := c.place(q, b, f.origin, to.Add(q.Service.longest()))
		p.solve(q.Doctor)
		p.starts.clear(0, ceilTick(from.Sub(f.origin)))
		p.starts.clear(ceilTick(to.Sub(f.origin)), len(p.starts)*64)
		f.places = append(f.places, p)
	}
	return f
}

// longest is the service with all its gaps.
func (s *Service) longest() time.Duration {
	return s.Duration() + time.Duration(len(s.Parts)-1)*s.Gap
}

func ceilTick(d time.Duration) int  { return int((d + tick - 1) / tick) }
func floorTick(d time.Duration) int { return int((d - (d%tick+tick)%tick) / tick) }

// performers are all who take a part in the service.
func (s *Service) performers() []*Practitioner {
	if len(s.Parts) == 1 {
		return s.Parts[0].By
	}
	var all []*Practitioner
	for _, part := range s.Parts {
		for _, p := range part.By {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// size is the number of beginnings.
func (p *place) size() int {
	n := 0
	for _, w := range p.starts {
		n += bits.OnesCount64(w)
	}
	return n
}
