package check

import "careline/dialogs"

// given are the answers that a state surely fills when one of the way's outcomes came.
func (f *flow) given(w way) facts {
	s := w.from
	switch s.Doing {
	case dialogs.Asks:
		return asked(s.Ask, w)
	case dialogs.Calls:
		out := facts{}
		if a := f.set.Actions[s.Call.Name]; a != nil && w.event != "failed" && w.kind != lapsed {
			for _, p := range a.Gives {
				if !p.Optional {
					out[p.Name] = true
				}
			}
		}
		return out
	case dialogs.Runs:
		return f.ran(s.Run.Name, w.outcomes)
	}
	return nil
}

func asked(q *dialogs.Question, w way) facts {
	var out facts
	for _, o := range w.outcomes {
		now := facts{}
		switch {
		case o == "answered", q.Closed() && isChoice(q, o):
			now[q.Answer] = true
		default:
			for _, a := range q.Also {
				if a.Answer == o {
					now[o] = true
				}
			}
		}
		if out == nil {
			out = now
		} else {
			out = both(out, now)
		}
	}
	return out
}

func isChoice(q *dialogs.Question, value string) bool {
	for _, c := range q.Choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

// ran are the answers that a dialog surely gives whichever of the outcomes it ends with.
func (f *flow) ran(name string, outcomes []string) facts {
	d := f.set.Dialogs[name]
	if d == nil {
		return nil
	}
	ends, known := f.ends[name]
	if !known {
		f.ends[name] = nil // a circle of runs gives nothing
		ends = f.dialogEnds(f.graphs[name])
		f.ends[name] = ends
	}
	var out facts
	for _, o := range outcomes {
		now := facts{}
		for _, g := range d.Gives {
			if ends[o][g] {
				now[g] = true
			}
		}
		if out == nil {
			out = now
		} else {
			out = both(out, now)
		}
	}
	return out
}

func (f *flow) dialogEnds(g *graph) map[string]facts {
	ends := map[string]facts{}
	before := f.states(g)
	for name, have := range before {
		for _, w := range g.ways[name] {
			if w.to != nil {
				continue
			}
			now := f.along(g, w, have)
			if was, seen := ends[w.end]; seen {
				now = both(was, now)
			}
			ends[w.end] = now
		}
	}
	return ends
}
