package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"careline/bot/clock"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"
)

const (
	claimAtOnce  = 64
	claimFor     = time.Minute
	sendWithin   = 40 * time.Second // less than a claim: what takes longer might be claimed and sent by another
	noteWithin   = 10 * time.Second // with sendWithin still less than a claim
	sendAtOnce   = 8
	longestRetry = 5 * time.Minute
	giveUpAfter  = 24 * time.Hour // a day old answer helps nobody
)

// sender takes the outbox to the networks, in order per contact.
type sender struct {
	Parts
	desk  *desk.Desk
	lanes map[string]*lane
	names []string
}

func newSender(p Parts, d *desk.Desk) *sender {
	s := &sender{Parts: p, desk: d, lanes: map[string]*lane{}}
	for _, c := range p.Channels {
		rates := c.Caps().Rates
		pace := rate.NewLimiter(rate.Inf, 1)
		if rates.PerSecond > 0 {
			pace = rate.NewLimiter(rate.Limit(rates.PerSecond), max(1, int(rates.PerSecond)))
		}
		s.lanes[string(c.ID())] = &lane{channel: c, pace: pace, perChat: rates.PerChat, last: map[string]time.Time{}}
		s.names = append(s.names, string(c.ID()))
	}
	return s
}

// Send claims what may go now, sends it and records the results. It returns how many were claimed.
func (s *sender) Send(ctx context.Context) (int, error) {
	now := s.Clock.Now()
	var claimed []store.Output
	var results []result
	err := s.Store.Tx(ctx, func(tx store.Tx) (err error) {
		if claimed, err = tx.Claim(ctx, s.names, s.Name, now, now.Add(claimFor), claimAtOnce); err != nil || len(claimed) == 0 {
			return err
		}
		timely, err := s.timely(ctx, tx, claimed, now)
		if err != nil {
			return err
		}
		results, err = addressed(ctx, tx, timely)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("claiming messages: %w", err)
	}
	if len(claimed) == 0 {
		return 0, nil
	}
	s.deliver(ctx, results)
	return len(claimed), s.note(ctx, results)
}

// deliver sends several at a time; errors stand in the results.
func (s *sender) deliver(ctx context.Context, results []result) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	var g errgroup.Group
	g.SetLimit(sendAtOnce)
	for i := range results {
		g.Go(func() error {
			if r := &results[i]; r.err == nil {
				r.receipt, r.err = s.one(ctx, r.out, r.message)
			}
			return nil
		})
	}
	_ = g.Wait()
}

// note records the results, through a stop and through a break of the database: what was sent and is not
// noted would be sent again.
func (s *sender) note(ctx context.Context, results []result) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteWithin)
	defer cancel()
	for {
		err := s.record(ctx, results)
		if !errors.Is(err, store.ErrUnavailable) || (clock.Real{}).Until(ctx, time.Now().Add(firstRetry)) != nil {
			return err
		}
	}
}

// timely drops the messages that come too late to be of use, and returns the others. What nobody has said
// may be late is work for a human.
func (s *sender) timely(ctx context.Context, tx store.Tx, claimed []store.Output, now time.Time) (rest []store.Output, err error) {
	for _, out := range claimed {
		late := !out.NotAfter.IsZero() && now.After(out.NotAfter)
		if !late && !stale(out, now) {
			rest = append(rest, out)
			continue
		}
		if err := tx.Drop(ctx, out.ID, "too late", now); err != nil {
			return nil, err
		}
		if late {
			continue
		}
		if err := s.undelivered(ctx, tx, out, now); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

type result struct {
	out     store.Output
	message channels.Outgoing
	receipt channels.Receipt
	err     error
}

// addressed reads the messages; those that change an earlier one name it as the network does.
func addressed(ctx context.Context, tx store.Tx, claimed []store.Output) ([]result, error) {
	results := make([]result, len(claimed))
	var earlier []string
	for i, out := range claimed {
		results[i].out = out
		m := &results[i].message
		if err := json.Unmarshal(out.Payload, m); err != nil {
			results[i].err = &channels.Error{Kind: channels.Rejected, Reason: "unreadable payload"}
		}
		for _, id := range []string{m.Closes, m.Redraws} {
			if id != "" {
				earlier = append(earlier, id)
			}
		}
	}
	receipts, err := tx.Receipts(ctx, earlier)
	for i := range results {
		m := &results[i].message
		m.Closes, m.Redraws = receipts[m.Closes], receipts[m.Redraws]
	}
	return results, err
}

// one sends a message. A network's library that panics at it will panic at it again: the message is dropped.
func (s *sender) one(ctx context.Context, out store.Output, m channels.Outgoing) (channels.Receipt, error) {
	l := s.lanes[out.Channel]
	if err := l.wait(ctx, out.Chat); err != nil {
		return channels.Receipt{}, err
	}
	m.Key = out.ID
	receipt, err := send(ctx, l.channel, channels.Address{Channel: channels.ID(out.Channel), Chat: out.Chat}, m)
	if p := (*panicError)(nil); errors.As(err, &p) {
		err = &channels.Error{Kind: channels.Rejected, Code: "panic", Reason: p.Error()}
	}
	return receipt, err
}

func send(ctx context.Context, c channels.Channel, to channels.Address, m channels.Outgoing) (_ channels.Receipt, err error) {
	defer recovered(&err)
	return c.Send(ctx, to, m)
}

// record writes what became of the messages.
func (s *sender) record(ctx context.Context, results []result) error {
	now := s.Clock.Now()
	return s.Store.Tx(ctx, func(tx store.Tx) error {
		var sent []store.Delivery
		for _, res := range results {
			if res.err == nil {
				sent = append(sent, store.Delivery{ID: res.out.ID, Receipt: res.receipt.ID, At: now})
				continue
			}
			if err := s.failed(ctx, tx, res, now); err != nil {
				return err
			}
		}
		if len(sent) > 0 {
			if _, err := tx.Sent(ctx, sent); err != nil {
				return fmt.Errorf("recording sent messages: %w", err)
			}
		}
		for _, res := range results {
			if res.err == nil {
				s.Metrics.Sent.WithLabelValues(res.out.Channel).Inc()
				s.Metrics.Delivery.Observe(max(0, now.Sub(res.out.CreatedAt).Seconds()))
			}
		}
		tx.Wake(store.WebTopic)
		return nil
	})
}

// release gives back what this process claimed and did not send.
func (s *sender) release(ctx context.Context) {
	err := s.Store.Tx(ctx, func(tx store.Tx) error { return tx.Release(ctx, s.Name) })
	if err != nil {
		s.Log.Warn("releasing claimed messages", "error", err) // the lease gives them back
	}
}
