package booking

import (
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// Slots are free times as scripts see them; their labels tell doctor and branch where those differ.
func (l *Localized) Slots(list []Slot) []*dialogs.Slot {
	out := make([]*dialogs.Slot, len(list))
	for i, s := range list {
		out[i] = l.Slot(s)
	}
	for i := range out {
		out[i].WithDoctor = slices.ContainsFunc(list, func(s Slot) bool { return !sameDoctors(s.Parts, list[i].Parts) })
		out[i].WithBranch = slices.ContainsFunc(list, func(s Slot) bool { return s.Branch != list[i].Branch })
	}
	return out
}

func sameDoctors(a, b []store.Part) bool {
	return slices.EqualFunc(a, b, func(x, y store.Part) bool { return x.Practitioner == y.Practitioner })
}

// Slot is a free time as scripts see it.
func (l *Localized) Slot(s Slot) *dialogs.Slot {
	zone := s.Branch.Zone.String()
	out := &dialogs.Slot{
		Start: dialogs.MomentValue{At: s.Start(), Zone: zone}, End: dialogs.MomentValue{At: s.End(), Zone: zone},
		Service: s.Service.ID, Branch: *l.branches[s.Branch.ID],
	}
	out.Parts, out.Doctors = l.parts(s.Parts, zone)
	return out
}

// parts by their start, and the practitioners in that order.
func (l *Localized) parts(list []store.Part, zone string) ([]dialogs.Part, []dialogs.Practitioner) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b store.Part) int { return a.Start.Compare(b.Start) })
	parts, doctors := make([]dialogs.Part, len(list)), make([]dialogs.Practitioner, len(list))
	for i, p := range list {
		doctors[i] = dialogs.Practitioner{ID: p.Practitioner}
		if who := l.practitioners[p.Practitioner]; who != nil {
			doctors[i] = *who
		}
		parts[i] = dialogs.Part{
			Practitioner: doctors[i], Start: dialogs.MomentValue{At: p.Start, Zone: zone}, End: dialogs.MomentValue{At: p.End, Zone: zone},
		}
	}
	return parts, doctors
}

// slot is what a script's slot means by the schedule of today; false when the clinic does not offer it
// (any more): hours have changed, somebody has left, the time has come.
func (c *Clinic) slot(s *dialogs.Slot, now time.Time) (Slot, bool) {
	if s == nil {
		return Slot{}, false
	}
	out := Slot{Service: c.Service(s.Service), Branch: c.Branch(s.Branch.ID)}
	if out.Service == nil || out.Branch == nil || len(s.Parts) != len(out.Service.Parts) {
		return Slot{}, false
	}
	for _, order := range out.Service.orders() {
		out.Parts = make([]store.Part, len(s.Parts))
		for k, part := range order {
			out.Parts[part] = store.Part{Practitioner: s.Parts[k].Practitioner.ID, Start: s.Parts[k].Start.At.UTC(), End: s.Parts[k].End.At.UTC()}
		}
		if c.fits(out, order, now) {
			return out, true
		}
	}
	return Slot{}, false
}

// fits reports whether the slot, its parts following in that order, keeps the rules of the clinic.
func (c *Clinic) fits(s Slot, order []int, now time.Time) bool {
	if s.Start().Before(now) || s.Start().After(now.Add(c.Booking.Horizon)) {
		return false
	}
	for k, n := range order {
		part, share := s.Parts[n], s.Service.Parts[n]
		who := c.Practitioner(part.Practitioner)
		if !slices.Contains(share.By, who) || part.End.Sub(part.Start) != share.Duration || !c.atWork(who, s.Branch, part) {
			return false
		}
		if k > 0 && !follows(s.Service, s.Parts[order[k-1]], part) {
			return false
		}
	}
	return true
}

func follows(s *Service, before, after store.Part) bool {
	if before.Practitioner == after.Practitioner {
		return false
	}
	if s.Order == Together {
		return before.Start.Equal(after.Start)
	}
	gap := after.Start.Sub(before.End)
	return gap >= 0 && gap <= s.Gap
}

// atWork reports whether the part lies inside one stretch of the practitioner's work, or inside two that
// meet at midnight.
func (c *Clinic) atWork(p *Practitioner, b *Branch, part store.Part) bool {
	from := part.Start
	for d := dayOf(part.Start.In(b.Zone)); from.Before(part.End); d = d.next() {
		reached := from
		for _, s := range c.works(p, b, d) {
			if !d.at(s.From).After(reached) && d.at(s.To).After(reached) {
				reached = d.at(s.To)
			}
		}
		if !reached.After(from) {
			return false
		}
		from = reached
	}
	return true
}
