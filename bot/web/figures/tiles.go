package figures

import (
	"careline/bot/numbers"
	"careline/bot/web/page"
	"careline/store"
)

// tile is one number that a clinic is judged by.
type tile struct {
	ID    string // word desk.figures.tile.ID; its goal is desk.figures.goal.ID
	Value string
	Note  string
	Met   goal
}

// goal tells whether a number is as good as it should be.
type goal string

const (
	none   goal = "" // there is no goal, or it is too early to tell
	met    goal = "met"
	missed goal = "missed"
)

// What a clinic should reach.
const (
	bookedGoal = 0.5 // of those who began to talk, more
	cameGoal   = 0.9 // of those who booked, more
	noShowGoal = 0.1 // of those of whom it is known, at most
	replyGoal  = 5   // seconds: at once
	kept       = 0.9 // of what was promised to patients: an answer, a call
)

// fewest of which a share is judged.
const fewest = 10

func more(p numbers.Part, than float64) goal {
	if share, _ := p.Share(); p.Of < fewest {
		return none
	} else if share > than {
		return met
	}
	return missed
}

func least(p numbers.Part, share float64) goal {
	if got, _ := p.Share(); p.Of < fewest {
		return none
	} else if got >= share {
		return met
	}
	return missed
}

func less(p numbers.Part, most float64) goal {
	if share, _ := p.Share(); p.Of < fewest {
		return none
	} else if share <= most {
		return met
	}
	return missed
}

// tiles of the report. One about nothing has a dash.
func tiles(q *page.Request, a asked, r *numbers.Report) []tile {
	came := numbers.Part{Count: r.Funnel[store.HasCome], Of: r.Funnel[store.BookedVisit]}
	arrived := more(came, cameGoal)
	if arrived == missed && !a.over() {
		arrived = none // some of the visits lie ahead
	}
	return append(talkTiles(q, r), []tile{
		{ID: "came", Value: percent(q, came), Note: of(q, came), Met: arrived},
		{ID: "noshow", Value: percent(q, r.Visits.Missed), Note: of(q, r.Visits.Missed), Met: less(r.Visits.Missed, noShowGoal)},
		{ID: "rating", Value: mean(q, r.Ratings), Note: q.Word("desk.figures.high", "share", percent(q, r.Ratings.High), "count", number(q, r.Ratings.Given.Count))},
		{ID: "tickets", Value: percent(q, r.Tickets.InTime), Note: of(q, r.Tickets.InTime), Met: least(r.Tickets.InTime, kept)},
		{ID: "callbacks", Value: percent(q, r.Callbacks.InTime), Note: of(q, r.Callbacks.InTime), Met: least(r.Callbacks.InTime, kept)},
		{ID: "recall", Value: percent(q, r.Messages.Recall.Booked), Note: of(q, r.Messages.Recall.Booked)},
		{ID: "answered", Value: percent(q, r.Messages.Answered), Note: of(q, r.Messages.Answered)},
		{ID: "stopped", Value: percent(q, r.Messages.Stopped), Note: of(q, r.Messages.Stopped)},
		{ID: "returned", Value: percent(q, r.Patients.Returned), Note: of(q, r.Patients.Returned)},
		{ID: "per_year", Value: perYear(q, r), Note: q.Count("desk.figures.visits", r.Patients.Visits())},
	}...)
}

func talkTiles(q *page.Request, r *numbers.Report) []tile {
	reply := tile{ID: "reply", Value: "—", Note: q.Count("desk.figures.chats", r.Replies.Chats)}
	if r.Replies.Chats > 0 {
		reply.Value, reply.Met = seconds(q, r.Replies.P50), missed
		reply.Note = q.Word("desk.figures.p95", "time", seconds(q, r.Replies.P95))
		if r.Replies.P50 <= replyGoal {
			reply.Met = met
		}
	}
	booked := r.Funnel.Step(store.BookedVisit)
	return []tile{reply, {ID: "booked", Value: percent(q, booked), Note: of(q, booked), Met: more(booked, bookedGoal)}}
}

func perYear(q *page.Request, r *numbers.Report) string {
	if r.Patients.PerYear == 0 {
		return "—"
	}
	return tenths(q, r.Patients.PerYear)
}
