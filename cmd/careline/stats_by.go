package main

import (
	"fmt"
	"io"
	"strings"

	"careline/bot/numbers"
	"careline/store"
)

// table shows the numbers by what was asked for.
func (s *sheet) table(w io.Writer, r *numbers.Report) {
	g := map[numbers.By]func(*numbers.Report) *grid{
		numbers.ByChannel: s.chats, numbers.BySource: s.chats, numbers.ByWeek: s.chats,
		numbers.ByPractitioner: s.visitors, numbers.ByBranch: s.visitors, numbers.ByService: s.visitors,
		numbers.ByDialog: s.byDialog, numbers.ByState: s.byState, numbers.ByVariant: s.byVariant,
		numbers.ByTimeline: s.byTimeline, numbers.ByTicket: s.byTicket,
	}[r.By](r)
	if len(g.rows) == 0 {
		fmt.Fprintln(w, s.word("nothing"))
		return
	}
	g.print(w)
	if note := s.Scripts.Catalogue().Word(s.language, "stats.note."+string(r.By)); note != "" {
		fmt.Fprintf(w, "\n%s\n", note)
	}
}

func (s *sheet) heads(ids ...string) []string {
	for i, id := range ids {
		ids[i] = s.word("head." + id)
	}
	return ids
}

// chats: the funnel of each group and what became of its visits.
func (s *sheet) chats(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by." + string(r.By))}, s.heads("started", "booked", "booked_share", "came", "visits", "noshow", "rating")...)}
	for _, x := range r.Groups {
		f := *x.Funnel
		g.add(s.group(r.By, x.Name), s.count(f.Started()), s.count(f[store.BookedVisit]), s.percent(f.Step(store.BookedVisit)), s.count(f[store.HasCome]),
			s.count(x.Visits.All), s.percent(x.Visits.Missed), s.mean(x.Ratings))
	}
	return g
}

func (s *sheet) visitors(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by." + string(r.By))}, s.heads("visits", "came", "noshow", "cancelled", "confirmed", "rating", "high")...)}
	for _, x := range r.Groups {
		g.add(s.group(r.By, x.Name), s.count(x.Visits.All), s.count(x.Visits.Came), s.percent(x.Visits.Missed), s.count(x.Visits.Cancelled),
			s.percent(x.Visits.Confirmed), s.mean(x.Ratings), s.percent(x.Ratings.High))
	}
	return g
}

func (s *sheet) mean(r numbers.Ratings) string {
	if r.Given.Count == 0 {
		return "—"
	}
	return s.format.Number(tenth(r.Mean))
}

// group is what people call it.
func (s *sheet) group(by numbers.By, name string) string {
	switch by {
	case numbers.ByPractitioner:
		if p := s.Clinic.Practitioner(name); p != nil {
			return s.here.Text(p.Name)
		}
	case numbers.ByBranch:
		if b := s.Clinic.Branch(name); b != nil {
			return s.here.Text(b.Title)
		}
	case numbers.ByService:
		if v := s.Clinic.Service(name); v != nil {
			return s.here.Text(v.Title)
		}
	case numbers.ByChannel:
		return s.named("desk.room.channel", name)
	}
	if name == "" {
		return s.word("unknown")
	}
	return name
}

func (s *sheet) byDialog(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by.dialog")}, s.heads("started", "ended")...), left: map[int]bool{2: true}}
	for _, d := range r.Dialogs {
		var ends []string
		for _, e := range d.Ends {
			ends = append(ends, s.named("stats.outcome", e.Name)+" "+s.count(e.Count))
		}
		g.add(s.dialog(d.Name), s.count(d.Started), strings.Join(ends, ", "))
	}
	return g
}

func (s *sheet) byState(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by.state")}, s.heads("began", "asked", "left", "left_share", "left_ended")...), left: map[int]bool{1: true}}
	for _, q := range r.Questions {
		g.add(s.question(q), s.word(map[bool]string{true: "we", false: "patient"}[q.Ours]), s.count(q.Left.Of), s.count(q.Left.Count), s.percent(q.Left), s.count(q.Ended))
	}
	return g
}

func (s *sheet) byVariant(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by.variant")}, s.heads("shown", "judged", "reached", "reached_share", "interval", "difference", "verdict")...), left: map[int]bool{7: true}}
	for _, t := range r.Tests {
		for _, v := range t.Variants {
			difference, verdict := "—", s.word("verdict.first")
			if v.Against != nil {
				difference, verdict = s.interval(*v.Against), s.word("verdict."+string(v.Verdict))
			}
			g.add(t.Name+" = "+v.Name, s.count(v.Shown), s.count(v.Reached.Of), s.count(v.Reached.Count), s.percent(v.Reached), s.interval(v.Interval), difference, verdict)
		}
	}
	return g
}

func (s *sheet) interval(i numbers.Interval) string {
	return s.word("interval", "low", strings.TrimSuffix(s.share(i.Low), " %"), "high", s.share(i.High))
}

func (s *sheet) byTimeline(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by.timeline")}, s.heads("sent", "answered", "stopped", "booked", "came", "dropped")...), left: map[int]bool{6: true}}
	for _, t := range r.Timelines {
		var reasons []string
		for _, d := range t.Dropped {
			reasons = append(reasons, s.named("stats.reason", d.Reason)+" "+s.count(d.Count))
		}
		g.add(t.Name, s.count(t.Sent), s.percent(t.Answered), s.percent(t.Stopped), s.count(t.Booked.Count), s.count(t.Came.Count), strings.Join(reasons, ", "))
	}
	return g
}

func (s *sheet) byTicket(r *numbers.Report) *grid {
	g := &grid{head: append([]string{s.word("by.ticket")}, s.heads("opened", "in_time", "in_time_share", "not_due")...)}
	for _, k := range r.Kinds {
		g.add(s.named("desk.ticket", k.Name), s.count(k.Opened), s.count(k.InTime.Count), s.percent(k.InTime), s.count(k.Open))
	}
	return g
}
