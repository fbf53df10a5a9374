package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

const (
	claimAtOnce = 256
	claimFor    = 2 * time.Minute
	sendWithin  = 40 * time.Second
	noteWithin  = 10 * time.Second // with sendWithin less than a claim
	giveUpAfter = 24 * time.Hour   // a day old answer helps nobody
	lookBehind  = 5 * time.Second  // how long a message held up by another process is looked after closely
)

// sender takes messages to the networks, in order per contact: those that steps of this process hand over as soon as
// they are committed, and those that it claims from the outbox. A contact's next message goes when it is recorded
// what became of the one before, so that a kill repeats one message of a chat at most.
type sender struct {
	Parts
	desk     *desk.Desk
	lanes    map[string]*lane
	receipts receipts

	gate      sync.Mutex // held while it opens or shuts
	mu        sync.Mutex // guards all below, and the lanes
	users     int        // Run, and Settle beside it
	calls     context.Context
	endCalls  context.CancelFunc
	notes     context.Context
	endNotes  context.CancelFunc
	landings  []landing
	recording bool
	broken    error           // why the database does not take what became of messages: nothing more goes
	doubts    int             // contacts of whose messages nobody knows whether they are in our hands
	yielded   map[string]bool // ids given back before they were handed over
	unclaimed time.Time       // when a step of ours last put something that others hold up
	changed   chan struct{}   // closed at every recording
	recorded  int             // landings, since somebody asked
	outages   map[string]desk.Outage
}

func newSender(p Parts, d *desk.Desk) *sender {
	s := &sender{Parts: p, desk: d, lanes: map[string]*lane{}, yielded: map[string]bool{}, changed: make(chan struct{})}
	for _, c := range p.Channels {
		s.lanes[string(c.ID())] = newLane(s, c)
	}
	return s
}

func (s *sender) alive() bool { return s.Alive == nil || s.Alive() }

// put adds messages in a step's transaction, claimed for this process as far as there is room. When the transaction
// has ended they belong to take, or to doubt.
func (s *sender) put(ctx context.Context, tx store.Tx, out []store.Output) error {
	s.offer(out)
	if err := tx.Put(ctx, out); err != nil {
		return err
	}
	if slices.ContainsFunc(out, func(o store.Output) bool { return o.Holder == "" }) {
		tx.Wake(store.OutboxTopic)
	}
	return nil
}

func (s *sender) offer(out []store.Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	room := make(map[string]int, 1)
	for i := range out {
		l := s.lanes[out[i].Channel]
		if l == nil {
			continue // a messenger that was turned off
		}
		if _, known := room[l.name]; !known {
			room[l.name] = l.room()
		}
		if room[l.name]--; room[l.name] < 0 {
			l.hungry = true
			continue
		}
		out[i].Holder, out[i].Until = s.Name, s.Clock.Now().Add(claimFor)
	}
}

// take sends messages that have been committed, those of them that are in our hands.
func (s *sender) take(out []store.Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	touched := map[*lane]bool{}
	for _, o := range out {
		switch l := s.lanes[o.Channel]; {
		case o.Holder == "":
			s.unclaimed = s.Clock.Now()
		case s.yielded[o.ID]:
			delete(s.yielded, o.ID)
		default:
			l.push(o)
			touched[l] = true
		}
	}
	for l := range touched {
		if s.users == 0 { // it was shut meanwhile
			s.yield(l)
		}
		l.dispatch()
	}
}

// doubt gives back what may or may not have been committed. Until that is done nothing is born in our hands, or it
// would overtake what nobody has in mind.
func (s *sender) doubt(out []store.Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		return // the claims end by themselves
	}
	for _, o := range out {
		if o.Holder == "" {
			continue
		}
		l := s.lanes[o.Channel]
		q := l.queue(&o)
		if q.doubt = append(q.doubt, o.ID); len(q.doubt) == 1 {
			s.doubts++
			l.giveBack(q)
		}
	}
}

// Claim takes in hand what may go now and waits in the outbox. It returns how many messages that were.
func (s *sender) Claim(ctx context.Context) (int, error) {
	now := s.Clock.Now()
	wanted := s.wanted(now)
	if len(wanted) == 0 {
		return 0, nil
	}
	var claimed []store.Output
	err := s.Store.Tx(ctx, func(tx store.Tx) error {
		claimed = nil
		for name, n := range wanted {
			some, err := tx.Claim(ctx, []string{name}, s.Name, now, now.Add(claimFor), n)
			if err != nil {
				return fmt.Errorf("claiming messages: %w", err)
			}
			claimed = append(claimed, some...)
		}
		return nil
	})
	if err != nil {
		s.doubt(claimed)
		return 0, err
	}
	s.take(claimed)
	return len(claimed), nil
}

// wanted is how many messages each lane would claim.
func (s *sender) wanted(now time.Time) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	wanted := make(map[string]int, len(s.lanes))
	for name, l := range s.lanes {
		l.resume(now)
		if n := l.wants(); n > 0 {
			wanted[name] = n
		} else {
			l.hungry = true
		}
	}
	return wanted
}

// next is when there may be something to claim; zero = not by itself. A lane that is full says so when it is not.
func (s *sender) next(ctx context.Context, tx store.Tx) (next time.Time, err error) {
	open, next := s.openings()
	for _, name := range open {
		at, err := tx.NextSend(ctx, []string{name})
		if err != nil {
			return next, err
		}
		next = earliest(next, at)
	}
	return next, nil
}

// openings are the lanes that would claim, or will when they are open, and when the first of the others does.
func (s *sender) openings() (open []string, next time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, l := range s.lanes {
		if !l.pausedUntil.IsZero() {
			next = earliest(next, l.pausedUntil)
		} else if s.users == 0 || l.wants() > 0 {
			open = append(open, name)
		}
	}
	return open, next
}

// soon is when to look for what may have become free without our hearing of it: what others held up when we put it,
// and room in a lane that was full.
func (s *sender) soon() (at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now()
	look := now.Sub(s.unclaimed) < lookBehind || !s.alive()
	for _, l := range s.lanes {
		look = look || l.hungry && l.pausedUntil.IsZero()
	}
	if look {
		at = now.Add(firstRetry)
	}
	return at
}

// earliest of two moments; zero = never.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// disown drops what is in hand: others may have taken it.
func (s *sender) disown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lanes {
		for _, q := range l.queues {
			l.giveBack(q)
		}
	}
}

// send takes one message to the network. A network's library that panics at it will panic at it again: the message
// is dropped.
func (s *sender) send(ctx context.Context, c channels.Channel, out *store.Output) (receipt channels.Receipt, err error) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	m, err := s.message(ctx, out)
	if err != nil {
		return receipt, err
	}
	receipt, err = show(ctx, c, channels.Address{Channel: channels.ID(out.Channel), Chat: out.Chat}, m)
	if p := (*panicError)(nil); errors.As(err, &p) {
		err = &channels.Error{Kind: channels.Rejected, Code: "panic", Reason: p.Error()}
	}
	if err == nil && len(m.Choices) > 0 && !s.toRoom(out) { // a card may come again elsewhere
		s.receipts.keep(out.ID, receipt.ID)
	}
	return receipt, err
}

func show(ctx context.Context, c channels.Channel, to channels.Address, m channels.Outgoing) (_ channels.Receipt, err error) {
	defer recovered(&err)
	return c.Send(ctx, to, m)
}

// heard fills in when the person wrote last, for a network that bans for words to those who did not.
func (s *sender) heard(ctx context.Context, out *store.Output, m *channels.Outgoing) error {
	if l := s.lanes[out.Channel]; l == nil || !l.channel.Caps().Unofficial {
		return nil
	}
	return s.Store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Contacts(ctx, []string{out.ContactID})
		if err == nil && len(found) > 0 {
			m.Heard = found[0].HeardAt
		}
		return err
	})
}

// fill reads the files that the store keeps for us, for those who cannot do so themselves: the web chat can.
func (s *sender) fill(ctx context.Context, out *store.Output, files []channels.File) error {
	if out.Channel == "web" || !slices.ContainsFunc(files, func(f channels.File) bool { return strings.HasPrefix(f.Ref, desk.Kept) }) {
		return nil
	}
	return s.Store.Read(ctx, func(tx store.Tx) error {
		for i, f := range files {
			if !strings.HasPrefix(f.Ref, desk.Kept) {
				continue
			}
			kept, err := tx.FileIn(ctx, out.Channel, out.Chat, f.Ref)
			if errors.Is(err, store.ErrNotFound) {
				return &channels.Error{Kind: channels.Rejected, Code: "file", Reason: "the file is not kept any more"}
			} else if err != nil {
				return err
			}
			files[i].Data, files[i].Ref = kept.Data, ""
		}
		return nil
	})
}

// message reads what is to be sent; one that changes an earlier message names it as the network does.
func (s *sender) message(ctx context.Context, out *store.Output) (m channels.Outgoing, err error) {
	if err := json.Unmarshal(out.Payload, &m); err != nil {
		return m, &channels.Error{Kind: channels.Rejected, Reason: "unreadable payload"}
	}
	m.Key, m.Done = out.ID, out.Done
	if err := s.heard(ctx, out, &m); err != nil {
		return m, err
	}
	if err := s.fill(ctx, out, m.Files); err != nil {
		return m, err
	}
	var earlier []string
	for _, id := range []string{m.Closes, m.Redraws} {
		if id != "" {
			earlier = append(earlier, id)
		}
	}
	if len(earlier) == 0 {
		return m, nil
	}
	known, err := s.receipts.of(ctx, s.Store, earlier)
	if m.Redraws != "" && known[m.Redraws] == "" {
		if m.Choices = nil; m.Topic != nil { // what was to change has never been shown
			m.Topic.Choices = nil
		}
	}
	m.Closes, m.Redraws = known[m.Closes], known[m.Redraws]
	return m, err
}
