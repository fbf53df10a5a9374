package booking

import (
	"slices"
	"time"

	"careline/dialogs/source"
)

const maxGap = time.Hour // between two parts of a visit

func (r *reader) service(id string, n *source.Node) {
	f := r.Fields(n, "a service", keysOf[serviceFile]()...)
	f.Need("title")
	s := &Service{
		ID: id, Title: r.text(f.Node("title"), "title"), Explain: r.text(f.Node("explain"), "explain"), Bring: r.text(f.Node("bring"), "bring"),
		After: r.text(f.Node("after"), "after"), Section: f.Word("section"), Price: r.price(f.Node("price")), Tags: f.Words("tags"),
		Surgical: f.Bool("surgical"), CheckIn: f.Duration("check_in"), Recall: f.Duration("recall"), RecallTo: f.Word("recall_to"),
		RecallWhy: r.text(f.Node("recall_why"), "recall_why"),
		Online:    !f.Has("online") || f.Bool("online"), Gap: r.ticks(f, "gap"),
	}
	s.Order = Order(f.OneOf("order", string(InSequence), string(AnyOrder), string(Together)))
	if s.Gap > maxGap {
		r.Problem(f.Node("gap").Pos, "nobody waits so long between two doctors; write `60m` or less")
		s.Gap = 0
	}
	r.refer("section", f.Node("section"), s.Section)
	r.refer("service", f.Node("recall_to"), s.RecallTo)
	if s.Recall > 0 && s.RecallTo == "" {
		s.RecallTo = id
	}
	r.parts(f, s)
	r.c.Services = append(r.c.Services, s)
}

// parts reads who does the service and for how long: `by` and `duration`, or a list of them.
func (r *reader) parts(f source.Fields, s *Service) {
	if !f.Has("parts") {
		if s.Online {
			f.Need("by", "duration")
		}
		if f.Has("by") || s.Online {
			r.share(f, s)
		}
		return
	}
	if f.Has("by") || f.Has("duration") {
		r.Problem(f.KeyPos("parts"), "`parts` has its own `by` and `duration`; remove those of the service")
	}
	list := items(f.Node("parts"))
	if len(list) < 2 || len(list) > 4 {
		r.Problem(f.KeyPos("parts"), "`parts` are two to four; for one write `by` and `duration` without `parts`")
	}
	for _, item := range list[:min(len(list), 4)] {
		part := r.Fields(item, "a part", keysOf[partFile]()...)
		part.Need("by", "duration")
		r.share(part, s)
	}
}

// share adds a part; who may do it is looked up when all practitioners are known.
func (r *reader) share(f source.Fields, s *Service) {
	i := len(s.Parts)
	d := r.ticks(f, "duration")
	if written, ok := source.ParseDuration(f.Word("duration")); ok && written == 0 {
		r.Problem(f.Node("duration").Pos, "`duration` must be longer than nothing")
	}
	s.Parts = append(s.Parts, Share{Duration: d})
	names := items(f.Node("by"))
	r.later = append(r.later, func() {
		before := len(r.Findings)
		for _, n := range names {
			s.Parts[i].By = append(s.Parts[i].By, r.performers(n, s)...)
		}
		slices.SortFunc(s.Parts[i].By, func(a, b *Practitioner) int {
			return slices.Index(r.c.Practitioners, a) - slices.Index(r.c.Practitioners, b)
		})
		if s.Parts[i].By = slices.Compact(s.Parts[i].By); len(s.Parts[i].By) == 0 && len(names) > 0 && len(r.Findings) == before {
			r.Problem(f.KeyPos("by"), "nobody does this part of %s; name a practitioner or a specialty that somebody has", s.ID)
		}
	})
}

// performers are the practitioners behind a name: themselves, or all of a specialty who do the service.
func (r *reader) performers(n *source.Node, s *Service) []*Practitioner {
	name := r.Word(n, "by")
	if p := r.c.Practitioner(name); p != nil {
		return []*Practitioner{p}
	}
	if byID(r.c.Specialties, name) == nil {
		r.Problem(n.Pos, "no specialty or practitioner %s%s", name, source.DidYouMean(name, r.ids("specialty", "practitioner")))
		return nil
	}
	var out []*Practitioner
	for _, p := range r.c.Practitioners {
		if slices.Contains(p.Specialties, name) && (len(p.only) == 0 || slices.Contains(p.only, s.ID)) {
			out = append(out, p)
		}
	}
	return out
}
