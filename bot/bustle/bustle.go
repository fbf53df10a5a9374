// Package bustle fills a sample clinic with life for the demo: a month of history, and a dozen people who are writing
// right now. The month is played by year; the people talk to the program itself, so that their chats stand where the
// program has brought them, and go on from there.
package bustle

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/numbers/year"
	"careline/bot/runner"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// Parts are what the life is made with.
type Parts struct {
	Store   store.Store // empty and migrated, without plans: the month needs none
	Clinic  *booking.Clinic
	Scripts *dialogs.Set
	Runner  *runner.Runner
	Clock   *clock.Moved                                          // shows afterwards what it did before
	AtVisit func(ctx context.Context, visit, status string) error // says of a visit what an administrator says
	Seed    uint64
	// Language of the people: ru or en; empty = ru.
	Language string
}

const (
	day   = 24 * time.Hour
	month = 30 * day
	busy  = 20            // times more people write than in the sample year
	hours = 3 * time.Hour // of these the people of now have been writing
)

// Play fills the clinic, and leaves the clock at a lively moment: now, or when the clinic opens next. The same seed at the
// same time fills it the same.
func Play(ctx context.Context, p Parts) error {
	p.Language = cmp.Or(p.Language, "ru")
	end := lively(p.Clinic, p.Clock.Now())
	p.Clock.Advance(end.Add(-hours).Sub(p.Clock.Now()))
	err := year.Play(ctx, year.Parts{
		Store: p.Store, Clinic: p.Clinic, Scripts: p.Scripts, Now: p.Clock.Now(), Seed: p.Seed, Length: month, Busy: busy, Messengers: true,
		Language: p.Language, Everywhere: true,
	})
	if err != nil {
		return err
	}
	for i, s := range agenda(companies[p.Language]) {
		if err := p.Runner.PassTo(ctx, p.Clock, end.Add(-s.ago)); err != nil {
			return fmt.Errorf("letting time pass: %w", err)
		}
		in := channels.Incoming{
			From: channels.Address{Channel: s.who.in, Chat: s.who.name}, ID: fmt.Sprint("sample-", i), At: p.Clock.Now(), Text: s.text,
			Profile: channels.Profile{Name: s.who.name, Language: p.Language},
		}
		if err := p.Runner.Accept(ctx, in); err != nil {
			return fmt.Errorf("writing for a person of the demo: %w", err)
		}
	}
	if err := p.Runner.PassTo(ctx, p.Clock, end); err != nil {
		return fmt.Errorf("letting time pass: %w", err)
	}
	return p.mark(ctx, end)
}

// step is something that somebody writes.
type step struct {
	who  *person
	text string
	ago  time.Duration
}

// agenda is what all of them write, in its order.
func agenda(c company) (all []step) {
	for i := range c.people {
		p := &c.people[i]
		at := p.began
		for _, text := range slices.Concat(c.begin, p.says) {
			all = append(all, step{p, text, at})
			at -= between
		}
	}
	slices.SortStableFunc(all, func(a, b step) int { return int(b.ago - a.ago) })
	return all
}
