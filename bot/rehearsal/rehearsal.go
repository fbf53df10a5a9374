// Package rehearsal performs transcripts: it plays the patient, the desk and the clock against the whole
// program, and tells where the conversation goes another way.
package rehearsal

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"

	"careline/bot/booking"
	"careline/bot/clock"
	"careline/bot/runner"
	"careline/channels"
	"careline/dialogs"
	"careline/dialogs/source"
	"careline/dialogs/transcript"
	"careline/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Stage is what a transcript is performed on.
type Stage struct {
	Scripts *dialogs.Set
	Clinic  *booking.Clinic
	Store   store.Store // empty and migrated
	// Channel shows as this messenger does; empty = the one that the transcript names.
	Channel channels.ID
	// Seat gives the patient a phone in a messenger, which is then the Channel; nil = one without a network.
	Seat func(ctx context.Context, table Table) (Seat, error)
	// Passed is told of every state that the conversation passes through; nil = nobody wants to know.
	Passed func(dialog, state string)
}

// Mistake is the line where a conversation went another way.
type Mistake struct {
	Pos  source.Pos
	Want string
	Got  string
}

func (m *Mistake) Error() string {
	return fmt.Sprintf("%s: error: expected %s; %s", m.Pos, m.Want, m.Got)
}

// Perform plays the transcript. A conversation that goes another way is a *Mistake.
func Perform(ctx context.Context, stage Stage, t *transcript.Transcript) error {
	_, err := perform(ctx, stage, t)
	return err
}

func perform(ctx context.Context, stage Stage, t *transcript.Transcript) (*play, error) {
	p, err := newPlay(ctx, stage, t)
	if err != nil {
		return nil, fmt.Errorf("setting up %q: %w", t.Title, err)
	}
	for _, line := range t.Lines {
		if err := p.line(ctx, line); err != nil {
			return p, err
		}
	}
	return p, p.nothingLeft()
}

// play is one performance under way.
type play struct {
	Stage
	script  *transcript.Transcript
	clock   *clock.Moved
	runner  atomic.Pointer[runner.Runner] // of the process that runs now; a messenger brings messages at any moment
	channel *recorder
	chat    channels.Address
	ids     atomic.Int64
	unheard []heard  // what the bot said and no line has named yet
	said    []heard  // all of it
	last    *heard   // the message that the last `bot` line named
	marked  []string // numbers of several, not typed yet
	noted   int64    // events seen
	pos     source.Pos
}

func newPlay(ctx context.Context, stage Stage, t *transcript.Transcript) (*play, error) {
	p := &play{Stage: stage, script: t, clock: clock.NewStill(t.Now), pos: t.Pos}
	seat, err := p.sitDown(ctx)
	if err != nil {
		return nil, err
	}
	p.channel = &recorder{Seat: seat, play: p}
	p.chat = channels.Address{Channel: seat.ID(), Chat: seat.Chat()}
	p.start()
	return p, p.seat(ctx)
}

func (p *play) sitDown(ctx context.Context) (Seat, error) {
	table := Table{Script: p.script, Clock: p.clock, Clinic: p, IDs: p.id}
	if p.Stage.Seat != nil {
		return p.Stage.Seat(ctx, table)
	}
	id := cmp.Or(p.Channel, p.script.Channel)
	return &offline{Table: table, id: id, caps: channels.Known()[id]}, nil
}

// Accept hands what the patient does to the process that runs now.
func (p *play) Accept(ctx context.Context, in ...channels.Incoming) error {
	return p.runner.Load().Accept(ctx, in...)
}

// start is a process that begins to work on what the store has.
func (p *play) start() {
	p.runner.Store(runner.New(runner.Parts{
		Store: p.Stage.Store, Scripts: p.Scripts, Clinic: p.Clinic, Channels: []channels.Channel{p.channel}, Clock: p.clock,
		IDs: p.id, Sealer: openSeal{}, Metrics: runner.NewMetrics(prometheus.NewRegistry()), Log: slog.New(slog.DiscardHandler),
		Name: "rehearsal", Public: "https://clinic.example", TriageRules: true, Variants: p.script.Tests, Passed: p.Passed,
	}))
}

// id gives names in order, so that a performance is the same every time.
func (p *play) id() string {
	return fmt.Sprintf("id-%06d", p.ids.Add(1))
}

// openSeal leaves words as they are: nothing of a transcript is a secret.
type openSeal struct{}

func (openSeal) Seal(plain []byte) ([]byte, error)  { return plain, nil }
func (openSeal) Open(sealed []byte) ([]byte, error) { return sealed, nil }
