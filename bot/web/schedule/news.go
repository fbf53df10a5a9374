package schedule

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/journey"
	"careline/bot/web/page"
	"careline/store"
)

// newsState is whether the patient knows of the last change that the clinic has made to their visit.
type newsState string

const (
	unsaid  newsState = ""        // there is nothing to tell, or nobody is told
	planned newsState = "planned" // it will be written
	waits   newsState = "waits"   // it is written, and on its way
	told    newsState = "told"
	toCall  newsState = "call" // it cannot be written
)

// news of a visit.
type news struct {
	State   newsState
	At      time.Time // when it will be, or was, written
	Channel string
	Phone   string
}

// news finds out what became of the visit's notice.
func (p *Pages) news(ctx context.Context, tx store.Tx, v store.Appointment) (n news, err error) {
	if v.Notice == nil {
		return n, nil
	}
	about, names := journey.About("visit", v.ID), journey.News(p.Scripts)
	open, err := tx.TicketsAbout(ctx, []string{v.ID})
	if err != nil {
		return n, err
	}
	if slices.ContainsFunc(open, func(k store.Ticket) bool { return k.Kind == desk.Rescheduled }) {
		return news{State: toCall}, nil
	}
	touch, err := booking.Told(ctx, tx, v)
	if err != nil {
		return n, err
	}
	if touch != nil {
		said, err := tx.SaidAbout(ctx, about, touch.At)
		return news{State: delivered(said), At: touch.At, Channel: touch.Channel}, err
	}
	timers, err := tx.TimersAbout(ctx, []string{about})
	for _, t := range timers {
		if slices.ContainsFunc(names, func(name string) bool { return t.Key == (journey.Plan{Timeline: name, About: about}).Key() }) {
			n = news{State: planned, At: t.Due}
		}
	}
	return n, err
}

// delivered is what became of what was said: the worst of it.
func delivered(said []store.Line) newsState {
	state := told
	for _, l := range said {
		switch desk.DeliveryOf(l) {
		case desk.Missed, desk.Refused:
			return toCall
		case desk.Queued, desk.Retried:
			state = waits
		}
	}
	return state
}

func (n news) words(q *page.Request) string {
	channel := n.Channel
	if named := q.Word("desk.room.channel." + n.Channel); !strings.HasPrefix(named, "desk.") {
		channel = named
	}
	return q.Word("desk.schedule.news."+string(n.State), "at", q.When(n.At), "channel", cmp.Or(channel, "—"))
}

// tells is what was chosen before, or the default: the patient is told.
func (c card) tells(q *page.Request) bool { return tells(q.Form()) }

func (r request) tells() bool { return tells(r.f) }

func tells(f *page.Form) bool { return f.On("tell") || !f.Values.Has("to") && !f.Values.Has("do") }
