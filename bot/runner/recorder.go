package runner

import (
	"context"
	"fmt"
	"time"

	"careline/bot/clock"
	"careline/store"
)

const (
	gatherFor   = 3 * time.Millisecond // a result waits so long for those under way
	firstRecord = 10 * time.Millisecond
	mostYielded = 10_000
)

// landing is what became of the first message of a queue, or only that the queue is to be given back. The queue is
// busy until that is recorded.
type landing struct {
	lane    *lane
	queue   *queue
	out     *store.Output // nil = nothing went
	receipt string
	begun   bool // its topic was made for it
	err     error
	fate    fate
	// Set by gather:
	back  bool           // the contact's messages are given back
	kept  []store.Output // those that waited behind
	doubt []string
}

// land lets it be recorded.
func (s *sender) land(x landing) {
	s.landings = append(s.landings, x)
	if !s.recording {
		s.recording = true
		go s.record()
	}
}

// record writes what has come together since it wrote last, until there is nothing. What cannot be written is tried
// again until the end: what went and is not recorded would go again.
func (s *sender) record() {
	var left []landing
	for failures := 0; ; {
		batch := s.gather(left)
		if len(batch) == 0 {
			return
		}
		if left = s.note(batch); len(left) == 0 {
			failures = 0
			continue
		}
		again := time.Now().Add(min(firstRecord<<min(failures, 10), firstRetry))
		if failures++; (clock.Real{}).Until(s.notes, again) != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.recording = false
			s.tell()
			return
		}
	}
}

// gather takes what is to be recorded beside what is left; nothing ends the recording.
func (s *sender) gather(left []landing) []landing {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.landings) > 0 && s.flying() > 0 {
		s.mu.Unlock()
		time.Sleep(gatherFor)
		s.mu.Lock()
	}
	fresh := s.landings
	s.landings = nil
	for i := range fresh {
		x, q := &fresh[i], fresh[i].queue
		if x.back = q.back || x.fate == fateLater || x.fate == fateBack; x.back {
			x.kept, q.waiting = q.waiting, nil
			x.doubt, q.doubt, q.back = q.doubt, nil, false
		}
	}
	all := append(left, fresh...)
	if len(all) == 0 {
		s.recording = false
		s.tell()
	}
	return all
}

// note records the landings and returns those that could not be.
func (s *sender) note(batch []landing) (left []landing) {
	ids, err := s.write(batch)
	if err == nil {
		s.noted(batch, ids)
		return nil
	}
	s.Log.Error("recording what was sent", "messages", len(batch), "error", err)
	if elsewhere(err) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.broken = err
		s.tell()
		return batch
	}
	for i := range batch { // each alone, so that one holds up no others
		if ids, err := s.write(batch[i : i+1]); err == nil {
			s.noted(batch[i:i+1], ids)
		} else {
			left = append(left, batch[i])
		}
	}
	return left
}

// write is the transaction of a recording; ids are those given back.
func (s *sender) write(batch []landing) (ids []string, err error) {
	ctx, cancel := context.WithTimeout(s.notes, noteWithin)
	defer cancel()
	now, hungry := s.Clock.Now(), s.hungry(batch)
	err = s.Store.Tx(ctx, func(tx store.Tx) error {
		var sent []store.Delivery
		var contacts []string
		for _, x := range batch {
			if x.fate == fateSent {
				sent = append(sent, store.Delivery{ID: x.out.ID, Receipt: x.receipt, At: now})
			}
			if x.begun {
				if err := s.desk.Begun(ctx, tx, *x.out, now); err != nil {
					return err
				}
			}
			if x.back {
				contacts = append(contacts, x.queue.contact)
			}
			if x.lane.name == string(store.WebTopic) {
				tx.Wake(store.WebTopic)
			}
		}
		if ids, err = tx.Yield(ctx, s.Name, contacts); err != nil {
			return fmt.Errorf("giving messages back: %w", err)
		}
		behind, err := tx.Sent(ctx, sent)
		if err != nil {
			return fmt.Errorf("recording sent messages: %w", err)
		}
		for i := range batch {
			if err := s.unsent(ctx, tx, &batch[i], now); err != nil {
				return err
			}
		}
		if hungry || behind || len(sent) < len(batch) {
			tx.Wake(store.OutboxTopic)
		}
		tx.Wake(store.SaidTopic)
		return nil
	})
	return ids, err
}

// noted lets the queues go on.
func (s *sender) noted(batch []landing, ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = nil
	s.recorded += len(batch)
	back := make(map[string]bool, len(ids))
	for _, id := range ids {
		back[id] = true
	}
	now := time.Now()
	for i := range batch {
		x := &batch[i]
		x.count(s.Clock.Now())
		x.forget(back)
		if len(x.doubt) > 0 {
			s.doubts--
		}
		if x.queue.busy = false; x.queue.back {
			x.lane.giveBack(x.queue)
		} else {
			x.lane.place(x.queue, now)
		}
	}
	if len(s.yielded) > mostYielded {
		clear(s.yielded)
	}
	for id := range back { // committed and not handed over yet
		s.yielded[id] = true
	}
	for _, l := range s.lanes {
		l.hungry = l.hungry && !l.low(l.held)
		l.dispatch()
	}
	s.tell()
}

// forget takes out of hand what is recorded or was given back, and out of back what was in hand.
func (x *landing) forget(back map[string]bool) {
	if x.out != nil {
		delete(back, x.out.ID)
		x.lane.held--
	}
	for i := range x.kept {
		delete(back, x.kept[i].ID)
		x.lane.held--
	}
	for _, id := range x.doubt { // nobody will hand it over any more
		delete(back, id)
	}
	if !x.back {
		return
	}
	var rest []store.Output // was handed over meanwhile
	for _, out := range x.queue.waiting {
		if back[out.ID] {
			delete(back, out.ID)
			x.lane.held--
		} else {
			rest = append(rest, out)
		}
	}
	x.queue.waiting = rest
}

// hungry reports whether a lane that had no room will have some.
func (s *sender) hungry(batch []landing) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	gone := make(map[*lane]int, 1)
	for i := range batch {
		gone[batch[i].lane] += 1 + len(batch[i].kept)
	}
	for l, n := range gone {
		if l.hungry && l.low(l.held-n) {
			return true
		}
	}
	return false
}

func (s *sender) flying() (n int) {
	for _, l := range s.lanes {
		n += l.flying
	}
	return n
}

// tell wakes those who wait for the sender.
func (s *sender) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}
