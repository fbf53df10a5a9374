package numbers

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"careline/store"
)

// By is what a report is broken down by.
type By string

// The ways. Those that are not about chats and visits (dialog, state, variant, timeline) stand in every report whole.
const (
	ByChannel      By = "channel"
	BySource       By = "source"
	ByWeek         By = "week"
	ByPractitioner By = "practitioner"
	ByBranch       By = "branch"
	ByService      By = "service"
	ByDialog       By = "dialog"
	ByState        By = "state"
	ByVariant      By = "variant"
	ByTimeline     By = "timeline"
	ByTicket       By = "ticket"
)

// Ways are all of them.
func Ways() []By {
	return []By{ByChannel, BySource, ByWeek, ByDialog, ByState, ByVariant, ByTimeline, ByPractitioner, ByBranch, ByService, ByTicket}
}

// Group is a part of the report. A practitioner, a branch or a service has visits only.
type Group struct {
	Name    string  `json:"name"` // as in the clinic's folder; a week is its first day; empty = not known
	Funnel  *Funnel `json:"funnel,omitempty"`
	Visits  Visits  `json:"visits"`
	Ratings Ratings `json:"ratings"`
}

// chatsAndVisits counts the funnel, the visits and their ratings, whole and by group.
func (r *Report) chatsAndVisits(ctx context.Context, tx store.Tx, a Ask) error {
	spans := a.spans()
	if a.By == ByWeek {
		spans = append(spans, weeks(a.Span, a.Zone)...)
	}
	g := groups{by: a.By, all: map[string]*Group{}}
	for _, s := range spans[1:] {
		g.weeks = append(g.weeks, s.From.In(a.Zone).Format(time.DateOnly))
		g.at(g.weeks[len(g.weeks)-1]) // one in which nothing happened is told too
	}
	reached, err := tx.Furthest(ctx, spans)
	if err != nil {
		return err
	}
	for _, c := range reached {
		if c.Span == 0 {
			r.Funnel.add(c.Step, c.Count)
		}
		if to := g.ofChat(c); to != nil {
			to.Funnel.add(c.Step, c.Count)
		}
	}
	err = tx.EachVisit(ctx, spans, func(v store.VisitFact) {
		if v.Span == 0 {
			r.Visits.add(v)
			r.Ratings.add(v)
		}
		if to := g.ofVisit(v); to != nil {
			to.Visits.add(v)
			to.Ratings.add(v)
		}
	})
	r.Groups = g.sorted()
	return err
}

// weeks from Monday to Monday by the clinic's clock; the first and the last end with the span.
func weeks(s store.Span, zone *time.Location) (list []store.Span) {
	at := s.From.In(zone)
	monday := time.Date(at.Year(), at.Month(), at.Day()-(int(at.Weekday())+6)%7, 0, 0, 0, 0, zone)
	for ; monday.Before(s.To); monday = monday.AddDate(0, 0, 7) {
		week := store.Span{From: monday, To: monday.AddDate(0, 0, 7)}
		if week.From.Before(s.From) {
			week.From = s.From
		}
		if week.To.After(s.To) {
			week.To = s.To
		}
		list = append(list, week)
	}
	return list
}

type groups struct {
	by    By
	weeks []string // their names, by span
	all   map[string]*Group
}

func (g *groups) at(name string) *Group {
	if g.all[name] == nil {
		g.all[name] = &Group{Name: name}
		if g.by == ByChannel || g.by == BySource || g.by == ByWeek {
			g.all[name].Funnel = new(Funnel)
		}
	}
	return g.all[name]
}

// ofChat is where a chat counts; nil = nowhere.
func (g *groups) ofChat(c store.Reached) *Group {
	switch {
	case g.by == ByWeek && c.Span > 0:
		return g.at(g.weeks[c.Span-1])
	case g.by == ByChannel:
		return g.at(c.Channel)
	case g.by == BySource:
		return g.at(c.Source)
	}
	return nil
}

func (g *groups) ofVisit(v store.VisitFact) *Group {
	switch g.by {
	case ByWeek:
		if v.Span > 0 {
			return g.at(g.weeks[v.Span-1])
		}
	case ByChannel:
		return g.at(v.Channel)
	case BySource:
		return g.at(v.Source)
	case ByPractitioner:
		return g.at(v.Practitioner)
	case ByBranch:
		return g.at(v.Branch)
	case ByService:
		return g.at(v.Service)
	}
	return nil
}

// sorted: weeks in their order, others by how much there is of them.
func (g *groups) sorted() []Group {
	var list []Group
	for _, key := range slices.Sorted(maps.Keys(g.all)) {
		list = append(list, *g.all[key])
	}
	if g.by != ByWeek {
		slices.SortStableFunc(list, func(a, b Group) int { return cmp.Compare(b.size(), a.size()) })
	}
	return list
}

func (g Group) size() int {
	if g.Funnel != nil && g.Funnel.Started() > 0 {
		return g.Funnel.Started()
	}
	return g.Visits.All
}
