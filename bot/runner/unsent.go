package runner

import (
	"context"
	"errors"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// fate of a message.
type fate string

// The fates.
const (
	fateSent     fate = "sent"
	fateLater    fate = "later"    // it rests, and is tried again
	fateBack     fate = "back"     // it was not its fault: it goes as soon as anything goes
	fateLate     fate = "late"     // its sender knows that it is of no use any more
	fateStale    fate = "stale"    // it has waited too long: a human has to look
	fateRejected fate = "rejected" // will never be taken: a human has to look
	fateBlocked  fate = "blocked"  // the person does not take our messages
)

// outdated is the fate of a message before it goes: fateSent, as far as its age is concerned.
func outdated(out *store.Output, now time.Time) fate {
	since := out.CreatedAt
	if out.NotBefore.After(since) {
		since = out.NotBefore
	}
	switch {
	case !out.NotAfter.IsZero() && now.After(out.NotAfter):
		return fateLate
	case now.Sub(since) > giveUpAfter:
		return fateStale
	}
	return fateSent
}

// fateOf a message that went. A chat of administrators that has thrown the bot out takes it in again, and what waits
// for it may be a danger sign.
func (s *sender) fateOf(out *store.Output, err error) fate {
	if err == nil {
		return fateSent
	}
	switch kind := channels.KindOf(err); {
	case errors.Is(err, context.Canceled) || kind == channels.Misconfigured:
		return fateBack
	case kind == channels.Rejected, kind == channels.Held && s.past(out, err):
		return fateRejected
	case kind == channels.Blocked && !s.toRoom(out):
		return fateBlocked
	}
	return fateLater
}

// unsent records what becomes of a message that did not go. What nobody has said may be late, and what no network
// takes, is work for a human.
func (s *sender) unsent(ctx context.Context, tx store.Tx, x *landing, now time.Time) error {
	switch x.fate {
	case fateSent:
		return nil
	case fateBack:
		if x.out == nil || x.done() == x.out.Done {
			return nil
		}
		return tx.Later(ctx, x.out.ID, x.done(), x.err.Error(), now)
	case fateLater:
		return tx.Later(ctx, x.out.ID, x.done(), x.err.Error(), now.Add(pauseAfter(x.err, x.out.Attempts)))
	}
	if s.diverts(x) {
		if err := s.divert(ctx, tx, x.out, x.fate, now); err != nil || x.fate != fateBlocked {
			return err
		}
		return s.blocked(ctx, tx, x.out, now)
	}
	if err := tx.Drop(ctx, x.out.ID, x.reason(), now); err != nil {
		return err
	}
	switch x.fate {
	case fateBlocked:
		return s.blocked(ctx, tx, x.out, now)
	case fateLate:
		return nil
	}
	return s.undelivered(ctx, tx, x.out, now)
}

// done is how much of the message has gone, in this try and those before.
func (x *landing) done() int {
	var e *channels.Error
	if errors.As(x.err, &e) {
		return max(e.Done, x.out.Done)
	}
	return x.out.Done
}

func (x *landing) reason() string {
	if x.err == nil {
		return "too late"
	}
	return x.err.Error()
}

// count tells the metrics and the log.
func (x *landing) count(now time.Time) {
	m, name := x.lane.Metrics, x.lane.name
	if x.err != nil {
		kind := channels.KindOf(x.err).String()
		m.Unsent.WithLabelValues(name, kind).Inc()
		x.lane.Log.Warn("message not sent", "output", x.out.ID, "channel", name, "kind", kind, "error", x.err)
	}
	switch x.fate {
	case fateSent:
		m.Sent.WithLabelValues(name).Inc()
		m.Delivery.Observe(max(0, now.Sub(x.out.CreatedAt).Seconds()))
		if !x.out.AnswersAt.IsZero() {
			m.Answer.Observe(max(0, now.Sub(x.out.AnswersAt).Seconds()))
		}
	case fateLate, fateStale, fateRejected, fateBlocked:
		m.Dropped.WithLabelValues(name, string(x.fate)).Inc()
	}
}

// pauseAfter is the time before the next try: what the network asks for, else longer and longer.
func pauseAfter(err error, attempts int) time.Duration {
	var e *channels.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		return e.RetryAfter
	}
	return min(firstRetry<<min(attempts, 16), longestRetry)
}

// undelivered makes a lost message work for a human; of an administrator's words their own chats are told, and of
// what was lost in these there is nobody to tell.
func (s *sender) undelivered(ctx context.Context, tx store.Tx, out *store.Output, now time.Time) error {
	found, err := tx.Contacts(ctx, []string{out.ContactID})
	if err != nil || len(found) == 0 || s.toRoom(out) {
		return err
	}
	if out.Author != "" && len(s.desk.Rooms) > 0 {
		return s.desk.Tell(ctx, tx, desk.News{What: desk.Lost, Contact: out.ContactID}, now)
	}
	return s.desk.Once(ctx, tx, store.Ticket{ContactID: out.ContactID, PatientID: found[0].PatientID, Kind: "undelivered"}, now)
}

func (s *sender) blocked(ctx context.Context, tx store.Tx, out *store.Output, now time.Time) error {
	id := out.ContactID
	found, err := tx.Contacts(ctx, []string{id})
	if err != nil || len(found) == 0 || s.toRoom(out) {
		return err
	}
	if err := tx.Blocked(ctx, id, now); err != nil {
		return err
	}
	if out.Author != "" {
		if err := s.desk.Tell(ctx, tx, desk.News{What: desk.Lost, Contact: id}, now); err != nil {
			return err
		}
	}
	return tx.AppendEvents(ctx, []store.Event{{At: now, Name: "contact.blocked", ContactID: id, PatientID: found[0].PatientID, Channel: found[0].Channel}})
}

// toRoom: the message is for an administrators' chat.
func (s *sender) toRoom(out *store.Output) bool {
	return s.desk.IsRoom(channels.Address{Channel: channels.ID(out.Channel), Chat: out.Chat})
}
