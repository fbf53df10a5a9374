package rehearsal

import (
	"context"

	"careline/bot/clock"
	"careline/channels"
	"careline/dialogs/transcript"
)

// Seat is where the patient of a transcript sits: a messenger, and a phone in it.
type Seat interface {
	channels.Channel
	// Chat is what the messenger calls the patient's chat with the clinic.
	Chat() string
	// Act does on the phone what the clinic is to read as in, and returns when the clinic has stored it. It sets what the
	// messenger tells: From, ID, At and Profile.
	Act(ctx context.Context, in channels.Incoming) error
}

// Table is what a Seat stands at.
type Table struct {
	Script *transcript.Transcript
	Clock  clock.Clock // that of the transcript
	Clinic channels.Sink
	IDs    func() string
}

// offline is a phone without a network: it shows what the messenger could, and what is done on it is in the inbox at once.
type offline struct {
	Table
	id   channels.ID
	caps channels.Caps
}

func (s *offline) ID() channels.ID { return s.id }

// Caps are those of the messenger.
func (s *offline) Caps() channels.Caps { return s.caps }

// Chat is the patient's.
func (s *offline) Chat() string { return "patient" }

// Invite is a link like those of messengers.
func (s *offline) Invite(source string) string { return "https://example.org/?start=" + source }

// Run has nothing to receive.
func (s *offline) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

// Send has nothing to show it on.
func (s *offline) Send(_ context.Context, _ channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	return channels.Receipt{ID: m.Key}, nil
}

// Act puts it into the inbox.
func (s *offline) Act(ctx context.Context, in channels.Incoming) error {
	in.From, in.ID, in.At = channels.Address{Channel: s.id, Chat: s.Chat()}, s.IDs(), s.Clock.Now()
	in.Profile.Language = spoken(s.Script)
	return s.Clinic.Accept(ctx, in)
}
