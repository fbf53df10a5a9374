package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/channels"
	"careline/dialogs"
	"careline/locales"
	"careline/store"
)

// lateShown is how many late tickets are looked through.
const lateShown = 200

// Morning is what a branch's administrators ought to know when their day begins, in the clinic's first language and
// without a name; empty when there is nothing to do.
func (r *Room) Morning(ctx context.Context, tx store.Tx, branch string, now time.Time) (string, error) {
	return r.talk(ctx, tx, store.Contact{}, nil, now).summary(branch)
}

// aDay is how long a summary is worth reading.
const aDay = 20 * time.Hour

// Summarise leaves a morning's summary to the desk in the browser, and takes those of days before away.
func (d *Desk) Summarise(ctx context.Context, tx store.Tx, text string, now time.Time) error {
	open, err := tx.TicketList(ctx, []string{"open"}, lateShown)
	if err != nil {
		return fmt.Errorf("looking for old summaries: %w", err)
	}
	old := slices.DeleteFunc(open, func(t store.Ticket) bool { return t.Kind != Digest || now.Sub(t.CreatedAt) < aDay })
	for i := range old {
		old[i].State, old[i].ClosedAt = "closed", now
	}
	if err := tx.SaveTickets(ctx, old); err != nil {
		return fmt.Errorf("taking old summaries away: %w", err)
	}
	_, err = d.Open(ctx, tx, store.Ticket{Kind: Digest, Note: text}, 0, now)
	return err
}

// morning tells the room of a branch's day.
func (t *talk) morning(branch string) error {
	text, err := t.summary(branch)
	if err != nil || text == "" {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{calm: true})
}

func (t *talk) summary(branch string) (string, error) {
	b := t.Clinic.Branch(branch)
	if b == nil {
		return "", nil // it was closed since
	}
	day := t.now.In(b.Zone)
	from := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, b.Zone)
	f := facts{"branch": t.Clinic.In(t.view.Language).Text(b.Title)}
	busy, err := t.today(f, b, from)
	if err != nil {
		return "", err
	}
	for _, count := range []struct {
		name string
		of   func(b *booking.Branch, from time.Time) (int, error)
	}{{"late", t.lateAt}, {"unmarked", t.unmarked}, {"unreachable", t.unreachable}} {
		n, err := count.of(b, from)
		if err != nil {
			return "", err
		}
		if n > 0 {
			f[count.name], busy = n, true
		}
	}
	if !busy && t.shut(b, from) {
		return "", nil
	}
	return t.text("desk.room.morning", f)
}

// shut: nobody sits at the branch's desk on the day that begins then.
func (t *talk) shut(b *booking.Branch, from time.Time) bool {
	hours := t.Clinic.DeskHours(b)
	opens := hours.Turns(from)
	return !hours.Open(from) && (opens.IsZero() || !opens.Before(from.AddDate(0, 0, 1)))
}

// today are the visits of the day: how many, and at what times something is missing.
func (t *talk) today(f facts, b *booking.Branch, from time.Time) (some bool, err error) {
	visits, err := t.tx.AppointmentsBetween(t.ctx, b.ID, from, from.AddDate(0, 0, 1))
	if err != nil {
		return false, fmt.Errorf("reading the day of a branch: %w", err)
	}
	visits = slices.DeleteFunc(visits, func(a store.Appointment) bool { return !Undecided(a.Status) })
	var ids []string
	for _, a := range visits {
		ids = append(ids, a.PatientID)
	}
	people, err := t.Reception.People(t.ctx, t.tx, ids, t.now)
	if err != nil {
		return false, err
	}
	first := 0
	missing := map[string][]string{}
	for _, a := range visits {
		if a.First {
			first++
		}
		at := locales.FormatOf(t.view.Language).Time(locales.Moment{At: a.Start.In(b.Zone)})
		for _, what := range t.missing(a, people[a.PatientID]) {
			missing[what] = append(missing[what], at)
		}
	}
	f["visits"] = len(visits)
	if first > 0 {
		f["first"] = first
	}
	for what, times := range missing {
		f[what], f[what+"_at"] = len(times), strings.Join(times, ", ")
	}
	return len(visits) > 0, nil
}

// missing is what somebody has to see to before a visit.
func (t *talk) missing(a store.Appointment, p *booking.Person) (list []string) {
	if !a.Confirmed && a.Status != store.StatusArrived {
		list = append(list, "unconfirmed")
	}
	if p == nil {
		return list
	}
	if !p.Consents["personal"] {
		list = append(list, "unsigned")
	}
	if a.First && len(t.Health) > 0 && !t.told(p.Row) {
		list = append(list, "blank")
	}
	return list
}

// told: the patient has answered something of what the questionnaires ask.
func (t *talk) told(p store.Patient) bool {
	var memory map[string]json.RawMessage
	if len(p.Memory) == 0 || json.Unmarshal(p.Memory, &memory) != nil {
		return false
	}
	return slices.ContainsFunc(t.Health, func(name string) bool { return memory[name] != nil })
}

// lateAt counts the branch's tickets that nobody has answered in time.
func (t *talk) lateAt(b *booking.Branch, _ time.Time) (n int, err error) {
	open, err := t.tx.TicketList(t.ctx, []string{"open"}, lateShown)
	if err != nil {
		return 0, fmt.Errorf("reading late tickets: %w", err)
	}
	for _, k := range open {
		if k.Deadline.IsZero() || k.Deadline.After(t.now) {
			break // they come by their deadlines
		}
		at, err := BranchOf(t.ctx, t.tx, k, t.now)
		if err != nil {
			return 0, err
		}
		if at == b.ID || t.Clinic.Branch(at) == nil && b == t.Clinic.Branches[0] {
			n++
		}
	}
	return n, nil
}

// unmarked counts the visits of the day before of which nobody has said what became of them.
func (t *talk) unmarked(b *booking.Branch, from time.Time) (n int, err error) {
	visits, err := t.tx.AppointmentsBetween(t.ctx, b.ID, from.AddDate(0, 0, -1), from)
	if err != nil {
		return 0, fmt.Errorf("reading the day before: %w", err)
	}
	for _, a := range visits {
		if Undecided(a.Status) && a.End.Before(t.now) {
			n++
		}
	}
	return n, nil
}

// unreachable counts whom an invitation could not reach since the day before.
func (t *talk) unreachable(b *booking.Branch, from time.Time) (int, error) {
	return t.tx.Unreached(t.ctx, b.ID, string(dialogs.AdvertisingClass), t.now.AddDate(0, 0, -1))
}
