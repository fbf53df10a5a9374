package rehearsal

import (
	"context"
	"errors"
	"time"

	"careline/store"
)

// atMost is how long `next` waits for the bot to write by itself.
const atMost = 400 * 24 * time.Hour

// now is the time of the transcript, in its zone.
func (p *play) now() time.Time { return p.clock.Now().In(p.script.Now.Location()) }

// contact of the patient.
func (p *play) contact(ctx context.Context, tx store.Tx) (store.Contact, error) {
	c, err := tx.ContactAt(ctx, string(p.chat.Channel), p.chat.Chat)
	if errors.Is(err, store.ErrNotFound) {
		return c, p.mistake("a patient who has written", "nobody wrote yet")
	}
	return c, err
}

// next lets time pass until the bot writes by itself.
func (p *play) next(ctx context.Context) error {
	came, err := p.runner.Load().PassUntil(ctx, p.clock, p.clock.Now().Add(atMost), func() bool { return len(p.unheard) > 0 })
	if err == nil && !came {
		return p.mistake("that the bot writes by itself", "nothing happens for 400 days")
	}
	return err
}

// down lets time pass while the program does not run, and starts it again.
func (p *play) down(ctx context.Context, d time.Duration) error {
	p.clock.Advance(d)
	p.start()
	return p.runner.Load().Settle(ctx)
}
