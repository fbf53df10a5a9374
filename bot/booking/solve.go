package booking

import (
	"slices"
	"time"
)

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
