package booking

import (
	"cmp"
	"slices"
	"time"

	"careline/store"
)

// assign says who sees the patient in a visit that begins at tick i: of those who can, the one with the
// emptiest day. False when it would need one person twice.
func (p *place) assign(i int) (Slot, bool) {
	for _, w := range p.ways {
		taken := make([]store.Part, len(w.order))
		if p.follow(w, 0, i, taken) {
			return Slot{Service: p.service, Branch: p.branch, Parts: taken}, true
		}
	}
	return Slot{}, false
}

// follow gives the k-th part of the way to somebody at tick i, and the others after it.
func (p *place) follow(w way, k, i int, parts []store.Part) bool {
	if k == len(w.order) {
		return true
	}
	n := w.order[k]
	length := p.service.Parts[n].Duration
	for _, a := range p.free(w, k, i) {
		if slices.ContainsFunc(parts, func(t store.Part) bool { return t.Practitioner == a.ID }) {
			continue
		}
		start := p.origin.Add(time.Duration(i) * tick)
		parts[n] = store.Part{Practitioner: a.ID, Start: start, End: start.Add(length)}
		if p.rest(w, k+1, i, length, parts) {
			return true
		}
		parts[n] = store.Part{}
	}
	return false
}

// rest tries the gaps, the shortest first.
func (p *place) rest(w way, k, i int, length time.Duration, parts []store.Part) bool {
	if p.service.Order == Together {
		return p.follow(w, k, i, parts)
	}
	for gap := time.Duration(0); gap <= p.service.Gap; gap += tick {
		if p.follow(w, k, i+int((length+gap)/tick), parts) {
			return true
		}
	}
	return false
}

// free are those who may take the k-th part at tick i, the emptiest day first.
func (p *place) free(w way, k, i int) []able {
	var out []able
	for _, a := range w.starts[k] {
		if a.starts.has(i) && (k > 0 || a.grid.has(i)) {
			out = append(out, a)
		}
	}
	if len(out) > 1 {
		d := p.days[p.dayAt(i)]
		slices.SortStableFunc(out, func(a, b able) int {
			return cmp.Compare(b.free.count(d.from, d.to), a.free.count(d.from, d.to))
		})
	}
	return out
}

// dayAt is the index of the day in which tick i lies.
func (p *place) dayAt(i int) int {
	n, found := slices.BinarySearchFunc(p.days, i, func(d dayTicks, i int) int { return cmp.Compare(d.from, i) })
	if !found {
		n--
	}
	return n
}
