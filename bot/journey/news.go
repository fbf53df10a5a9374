package journey

import (
	"slices"
	"time"

	"careline/dialogs"
	"careline/store"
)

// changed is the moment of news: the clinic has moved or cancelled a visit.
const changed = "visit.changed"

// setOut is how long before a visit its patient may leave home.
const setOut = 2 * time.Hour

// News are the timelines that write to a patient when the clinic has changed their visit.
func (p *Planner) News() (names []string) { return News(p.Scripts) }

// News of a clinic's scripts.
func News(scripts *dialogs.Set) (names []string) {
	if scripts.Journey == nil {
		return nil
	}
	for _, t := range scripts.Journey.Timelines {
		if t.Call == nil && isNews(t) {
			names = append(names, t.Name)
		}
	}
	return names
}

func isNews(t *dialogs.Timeline) bool {
	of := func(w *dialogs.When) bool { return w != nil && w.Anchor != nil && w.Anchor.Source == changed }
	if of(t.When) {
		return true
	}
	for _, w := range t.Whens {
		if of(w) {
			return true
		}
	}
	return false
}

// inVain is when somebody may come who does not know yet that the clinic has changed their visit: at the time that was, or
// at the one that is; zero = never.
func inVain(a store.Appointment, now time.Time) (at time.Time) {
	if a.Notice == nil || a.Notice.Start.IsZero() { // who has booked by phone knows when to come
		return at
	}
	for _, t := range []time.Time{a.Notice.Start, a.Start} {
		if t.After(now) && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	return at
}

// presses: news that waited until then could meet its reader on the way. Better at night than in vain.
func (th *thing) presses(t *dialogs.Timeline, until time.Time) bool {
	return t.Class == dialogs.ServiceClass && !th.vain.IsZero() && isNews(t) && until.After(th.vain.Add(-setOut))
}

// due is when a message may be sent that is planned for at: not in the quiet hours, unless it presses.
func (w *world) due(t *dialogs.Timeline, side dialogs.Side, th *thing, at time.Time) time.Time {
	if due := w.polite(t, side, at); due.Equal(at) || !th.presses(t, due) {
		return due
	}
	return at
}

// Calls reports whether a human has to tell the patient what a timeline could not: news for which there is no way.
func (p *Planner) Calls(t store.Touch) bool {
	return slices.Contains([]string{Unreachable, Blocked, Late, WithHuman, Busy, Quiet}, t.Outcome) && slices.Contains(p.News(), t.Timeline)
}
