package runner

import (
	"context"
	"errors"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// stale reports whether a message has waited too long since it could have gone.
func stale(out store.Output, now time.Time) bool {
	since := out.CreatedAt
	if out.NotBefore.After(since) {
		since = out.NotBefore
	}
	return now.Sub(since) > giveUpAfter
}

// failed decides by the kind of the error alone.
func (s *sender) failed(ctx context.Context, tx store.Tx, res result, now time.Time) error {
	kind, out := channels.KindOf(res.err), res.out
	s.Metrics.Unsent.WithLabelValues(out.Channel, kind.String()).Inc()
	s.Log.Warn("message not sent", "output", out.ID, "channel", out.Channel, "kind", kind.String(), "error", res.err)
	switch {
	case kind == channels.Rejected || stale(out, now):
		if err := tx.Drop(ctx, out.ID, res.err.Error(), now); err != nil {
			return err
		}
		return s.undelivered(ctx, tx, out, now)
	case kind == channels.Blocked:
		if err := tx.Drop(ctx, out.ID, res.err.Error(), now); err != nil {
			return err
		}
		return s.blocked(ctx, tx, out, now)
	default:
		if _, err := tx.Yield(ctx, s.Name, []string{out.ContactID}); err != nil {
			return err
		}
		return tx.Later(ctx, out.ID, out.Done, res.err.Error(), now.Add(pause(res.err, out.Attempts)))
	}
}

// pause before the next try: what the network asks for, else longer and longer.
func pause(err error, attempts int) time.Duration {
	var e *channels.Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		return e.RetryAfter
	}
	return min(firstRetry<<min(attempts, 16), longestRetry)
}

// undelivered makes a lost message work for a human; the one who wrote it is told in the administrators' chats,
// and of what was lost in these themselves there is nobody to tell.
func (s *sender) undelivered(ctx context.Context, tx store.Tx, out store.Output, now time.Time) error {
	found, err := tx.Contacts(ctx, []string{out.ContactID})
	if err != nil || len(found) == 0 || s.toRoom(out) {
		return err
	}
	if out.Author != "" && len(s.desk.Rooms) > 0 {
		return s.desk.Tell(ctx, tx, desk.News{What: desk.Lost, Contact: out.ContactID}, now)
	}
	return s.desk.Once(ctx, tx, store.Ticket{ContactID: out.ContactID, PatientID: found[0].PatientID, Kind: "undelivered"}, now)
}

func (s *sender) blocked(ctx context.Context, tx store.Tx, out store.Output, now time.Time) error {
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
func (s *sender) toRoom(out store.Output) bool {
	return s.desk.IsRoom(channels.Address{Channel: channels.ID(out.Channel), Chat: out.Chat})
}
