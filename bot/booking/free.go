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
	busy := make(map[string][]store.Busy, len(c.Practitioners))
	for _, b := range q.Busy {
		busy[b.Practitioner] = append(busy[b.Practitioner], b)
	}
	for _, b := range q.Branches {
		p := c.place(q, b, f.origin, to.Add(q.Service.longest()), busy)
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

// place lays out the schedules of those who do the service in the branch.
func (c *Clinic) place(q Query, b *Branch, origin, end time.Time, busy map[string][]store.Busy) *place {
	n := ceilTick(end.Sub(origin))
	p := &place{service: q.Service, branch: b, origin: origin, starts: newTicks(n)}
	for d := dayOf(origin.In(b.Zone)); d.midnight.Before(end); {
		next := d.next()
		p.days = append(p.days, dayTicks{d, p.tick(d.midnight), p.tick(next.midnight)})
		d = next
	}
	for _, who := range q.Service.performers() {
		if who.Works[b.ID] == nil {
			continue
		}
		x := &person{who, newTicks(n), newTicks(n)}
		c.layOut(p, x)
		if !q.Acute {
			p.reserve(x, q.Now.Add(c.Booking.AcuteRelease))
		}
		for _, t := range busy[who.ID] {
			x.free.clear(p.tick(t.Start), p.tick(t.End.Add(tick-1)))
		}
		p.people = append(p.people, x)
	}
	return p
}

func (p *place) tick(t time.Time) int { return floorTick(t.Sub(p.origin)) }

// layOut marks when the person works, and where the grid of visits lies.
func (c *Clinic) layOut(p *place, x *person) {
	step := max(int(c.Booking.Step/tick), 1)
	for _, d := range p.days {
		for _, s := range c.works(x.Practitioner, p.branch, d.day) {
			from, to := p.tick(d.at(s.From)), p.tick(d.at(s.To))
			x.free.fill(from, to)
			for i := from; i < to; i += step {
				x.grid.set(i)
			}
		}
	}
}

// reserve takes away the times that are kept for acute patients, but for those that begin before release.
func (p *place) reserve(x *person, release time.Time) {
	for _, d := range p.days {
		kept, _ := x.Acute.On(d.date, d.weekday)
		for _, s := range kept {
			if from := d.at(s.From); from.After(release) {
				x.free.clear(p.tick(from), p.tick(d.at(s.To)))
			}
		}
	}
}

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

// solve finds every beginning in every order of the parts.
func (p *place) solve(doctor string) {
	able := make([][]able, len(p.service.Parts))
	for i, part := range p.service.Parts {
		able[i] = p.able(part)
	}
	for _, order := range p.service.orders() {
		for _, w := range narrow(order, able, doctor) {
			p.ways = append(p.ways, w)
			p.join(w)
		}
	}
}

// able are those who may take the part, and when they may begin it.
func (p *place) able(part Share) []able {
	var out []able
	for _, x := range p.people {
		if slices.Contains(part.By, x.Practitioner) {
			starts := slices.Clone(x.free)
			starts.erode(int(part.Duration / tick))
			out = append(out, able{x, starts})
		}
	}
	return out
}

// orders of the parts that the service allows.
func (s *Service) orders() [][]int {
	order := make([]int, len(s.Parts))
	for i := range order {
		order[i] = i
	}
	if s.Order != AnyOrder {
		return [][]int{order}
	}
	return permutations(order)
}

func permutations(list []int) [][]int {
	if len(list) < 2 {
		return [][]int{slices.Clone(list)}
	}
	var out [][]int
	for i := range list {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		for _, p := range permutations(rest) {
			out = append(out, append([]int{list[i]}, p...))
		}
	}
	return out
}

// narrow returns the ways in which the wished doctor takes one of the parts; without a wish, the one way.
func narrow(order []int, all [][]able, doctor string) []way {
	starts := make([][]able, len(order))
	for i, part := range order {
		starts[i] = all[part]
	}
	if doctor == "" {
		return []way{{order, starts}}
	}
	var out []way
	for i := range starts {
		for _, a := range starts[i] {
			if a.ID == doctor {
				own := slices.Clone(starts)
				own[i] = []able{a}
				out = append(out, way{order, own})
			}
		}
	}
	return out
}

// join adds the beginnings of one way.
func (p *place) join(w way) {
	var then ticks // where everything after the part at hand may begin
	for i := len(w.order) - 1; i >= 0; i-- {
		begin := make(ticks, len(p.starts))
		for _, a := range w.starts[i] {
			if i > 0 {
				begin.join(a.starts)
				continue
			}
			for k := range begin {
				begin[k] |= a.starts[k] & a.grid[k]
			}
		}
		if then != nil {
			begin.meet(p.before(then, p.service.Parts[w.order[i]].Duration))
		}
		then = begin
	}
	p.starts.join(then)
}

// before tells where a part of that length may begin so that the next one follows it.
func (p *place) before(then ticks, length time.Duration) ticks {
	if p.service.Order == Together {
		return then
	}
	out := make(ticks, len(then))
	for gap := time.Duration(0); gap <= p.service.Gap; gap += tick {
		n := int((length + gap) / tick)
		for w := range out {
			out[w] |= then.earlier(w, n)
		}
	}
	return out
}

// size is the number of beginnings.
func (p *place) size() int {
	n := 0
	for _, w := range p.starts {
		n += bits.OnesCount64(w)
	}
	return n
}
