package booking

import "time"

// place lays out the schedules of those who do the service in the branch.
func (c *Clinic) place(q Query, b *Branch, origin, end time.Time) *place {
	n := ceilTick(end.Sub(origin))
	p := &place{service: q.Service, branch: b, origin: origin, starts: newTicks(n)}
	for d := dayOf(origin.In(b.Zone)); d.midnight.Before(end); {
		next := d.next()
		p.days = append(p.days, dayTicks{d, p.tick(d.midnight), p.tick(next.midnight)})
		d = next
	}
	byID := map[string]*person{}
	for _, who := range q.Service.performers() {
		if who.Works[b.ID] == nil {
			continue
		}
		x := &person{who, newTicks(n), newTicks(n)}
		c.layOut(p, x)
		if !q.Acute {
			p.reserve(x, q.Now.Add(c.Booking.AcuteRelease))
		}
		p.people = append(p.people, x)
		byID[who.ID] = x
	}
	for _, t := range q.Busy {
		if x := byID[t.Practitioner]; x != nil {
			x.free.clear(p.tick(t.Start), p.tick(t.End.Add(tick-1)))
		}
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
