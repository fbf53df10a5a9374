package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/bot/rehearsal"
	"careline/dialogs/source"
	"careline/locales"
	"careline/store"
)

// atMost is how long :next waits for something to happen.
const atMost = 400 * 24 * time.Hour

// said are the words for what became of a visit.
var said = map[string]string{"done": store.StatusFulfilled, "noshow": store.StatusNoShow, "cancelled": store.StatusCancelled}

// aside does what is not said but done.
func (t *terminal) aside(ctx context.Context, line string) error {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch word {
	case "next":
		return t.passing(func() error { return t.next(ctx) })
	case "pass":
		d, ok := source.ParseDuration(rest)
		if !ok {
			return fmt.Errorf("%q is no length of time; for example :pass 25h", rest)
		}
		return t.passing(func() error { return t.bot.Runner.PassTo(ctx, t.clock, t.clock.Now().Add(d)) })
	case "desk":
		return t.atDesk(ctx, desk.Reply, rest)
	case "return", "close":
		return t.atDesk(ctx, desk.Do(word), "")
	}
	if status := said[word]; status != "" {
		return t.atVisit(ctx, status)
	}
	return fmt.Errorf("%q is not known; there are :next, :pass 25h, :%s, :desk TEXT, :return, :close", word, strings.Join(slices.Sorted(maps.Keys(said)), ", :"))
}

func (t *terminal) atDesk(ctx context.Context, do desk.Do, text string) error {
	if err := t.bot.AtDesk(ctx, t.chat.Address(), do, text); err != nil {
		return err
	}
	return t.bot.Runner.Settle(ctx)
}

// passing tells how much time has passed, and what time it is now.
func (t *terminal) passing(pass func() error) error {
	from := t.clock.Now()
	err := pass()
	now := t.clock.Now()
	if passed := now.Sub(from).Round(time.Minute); passed > 0 {
		f := locales.FormatOf(t.language)
		when := f.When(locales.Moment{At: now.In(t.zone()), Now: now.In(t.zone())})
		t.chat.Note(t.word("passed", "time", f.Duration(passed), "when", when))
	}
	return err
}

func (t *terminal) zone() *time.Location { return t.clinic.Clinic.Branches[0].Zone }

// word of locales, under chat.
func (t *terminal) word(id string, values ...string) string {
	text, err := t.clinic.Scripts.Catalogue().Text(t.language, "chat."+id, nil, locales.Values(values...))
	if err != nil {
		return id
	}
	return text
}

// next lets time pass until the bot writes by itself, or until a visit is over: then the administrator has to say
// whether the patient came.
func (t *terminal) next(ctx context.Context) error {
	visits, err := t.visits(ctx)
	if err != nil {
		return err
	}
	now := t.clock.Now()
	end := now.Add(atMost)
	open := slices.DeleteFunc(visits, func(a store.Appointment) bool {
		return a.Status != store.StatusBooked && a.Status != store.StatusArrived
	})
	for _, a := range open {
		if !a.End.After(now) {
			return errors.New(t.word("over"))
		}
		if a.End.Before(end) {
			end = a.End
		}
	}
	shown := t.chat.Shown()
	due, err := t.bot.Runner.NextDue(ctx)
	if err != nil {
		return err
	}
	if len(open) == 0 && (due.IsZero() || due.After(end)) {
		return errors.New(t.word("nothing"))
	}
	came, err := t.bot.Runner.PassUntil(ctx, t.clock, end, func() bool { return t.chat.Shown() > shown })
	switch {
	case err != nil || came:
		return err
	case len(open) > 0:
		t.chat.Note(t.word("over"))
	default:
		t.chat.Note(t.word("nothing"))
	}
	return nil
}

// visits of the patient and the family.
func (t *terminal) visits(ctx context.Context) (visits []store.Appointment, err error) {
	err = t.bot.Store.Read(ctx, func(tx store.Tx) error {
		contact, err := tx.ContactAt(ctx, string(t.chat.Address().Channel), t.chat.Address().Chat)
		if err != nil {
			return err
		}
		family, err := tx.Family(ctx, contact.PatientID)
		if err != nil {
			return err
		}
		people := []string{contact.PatientID}
		for _, p := range family {
			people = append(people, p.ID)
		}
		visits, err = tx.AppointmentsOf(ctx, people, time.Time{}, t.clock.Now().AddDate(5, 0, 0))
		return err
	})
	return visits, err
}

// atVisit says what became of the visit that is meant.
func (t *terminal) atVisit(ctx context.Context, status string) error {
	visits, err := t.visits(ctx)
	if err != nil {
		return err
	}
	visit := rehearsal.Meant(visits, t.clock.Now().In(t.zone()))
	if visit == nil {
		return errors.New(t.word("no_visit"))
	}
	err = t.bot.AtVisit(ctx, visit.ID, status)
	switch {
	case errors.Is(err, booking.ErrEarly):
		return errors.New(t.word("early"))
	case err != nil:
		return err
	}
	return t.bot.Runner.Settle(ctx)
}
