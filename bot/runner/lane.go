package runner

import (
	"context"
	"errors"
	"time"

	"careline/channels"
	"careline/store"
)

const (
	sendAtOnce   = 32  // calls under way on one channel
	mostInHand   = 512 // messages of one channel in one process
	manyChats    = 3   // so many chats fail in a row: it is not about one of them
	longestRetry = 5 * time.Minute
	longestPause = 30 * time.Second
)

// lane is one channel: what is in hand for it and how fast that may go. The sender's lock guards it.
type lane struct {
	*sender
	channel channels.Channel
	name    string
	most    int // messages in hand

	all, chat, group pace
	paid             time.Time         // see pace
	queues           map[string]*queue // by contact
	ready, resting   queues
	held             int // messages in hand, until it is recorded what became of them
	flying           int
	timer            *time.Timer

	pausedUntil time.Time       // by Clock; zero = open
	pauses      int             // in a row
	deafSince   time.Time       // since when nothing goes, by Clock; zero = something does
	probing     bool            // after a pause one message goes ahead of the others
	troubled    map[string]bool // contacts, since a message went
	hungry      bool            // something was left to others, or for later, for want of room
}

func newLane(s *sender, c channels.Channel) *lane {
	rates := c.Caps().Rates
	l := &lane{
		sender: s, channel: c, name: string(c.ID()), most: mostInHand, queues: map[string]*queue{}, troubled: map[string]bool{},
		ready: queues{less: sooner}, resting: queues{less: earlier},
	}
	l.all, l.chat, l.group = paces(rates)
	if rates.PerSecond > 0 { // what is in hand is to go long before the claim ends
		l.most = max(1, min(mostInHand, int(rates.PerSecond*(claimFor/4).Seconds())))
	}
	return l
}

// room is how many more messages may be taken in hand.
func (l *lane) room() int {
	switch {
	case !l.going() || l.doubts > 0 || !l.alive() || !l.here():
		return 0
	case l.probing:
		return max(0, 1-l.held)
	}
	return max(0, l.most-l.held)
}

// low reports whether it is worth while to claim.
func (l *lane) low(held int) bool { return held <= l.most/2 }

// wants is how many messages it would claim.
func (l *lane) wants() int {
	if !l.low(l.held) {
		return 0
	}
	return min(l.room(), claimAtOnce)
}

// here reports whether the channel can send in this process.
func (l *lane) here() bool {
	e, exclusive := l.channel.(channels.Exclusive)
	return !exclusive || e.Here()
}

// going reports whether messages may go.
func (l *lane) going() bool { return l.users > 0 && l.broken == nil && l.pausedUntil.IsZero() }

// queue of a contact.
func (l *lane) queue(out *store.Output) *queue {
	q := l.queues[out.ContactID]
	if q == nil {
		q = &queue{contact: out.ContactID, pace: l.chat}
		if groups, ok := l.channel.(channels.Groups); ok && l.group.burst > 0 && groups.Group(out.Chat) {
			q.pace = l.group
		}
		l.queues[out.ContactID] = q
	}
	return q
}

// push takes a message in hand.
func (l *lane) push(out store.Output) {
	q := l.queue(&out)
	q.waiting = append(q.waiting, out)
	l.held++
	l.place(q, time.Now())
	if l.users > 0 && (!l.pausedUntil.IsZero() || !l.alive()) { // since the message was being committed
		l.giveBack(q)
	}
}

// place puts the queue where it belongs; an empty one is kept as long as its pace says something.
func (l *lane) place(q *queue, now time.Time) {
	q.leave()
	next := q.pace.next(q.paid)
	switch {
	case q.busy:
	case len(q.waiting) == 0 && q.paid.After(now):
		q.at = q.paid
		l.resting.add(q)
	case len(q.waiting) == 0:
		delete(l.queues, q.contact)
	case next.After(now):
		q.at = next
		l.resting.add(q)
	default:
		l.ready.add(q)
	}
}

// dispatch sends what may go now and sets the timer for the rest.
func (l *lane) dispatch() {
	now := time.Now()
	for q := l.resting.first(); q != nil && !q.at.After(now); q = l.resting.first() {
		l.place(q, now)
	}
	var next time.Time
	for l.going() && l.flying < sendAtOnce && (!l.probing || l.flying == 0) {
		q := l.ready.first()
		if q == nil {
			break
		}
		if next = l.all.next(l.paid); next.After(now) {
			break
		}
		next = time.Time{}
		l.launch(q, now)
	}
	if q := l.resting.first(); q != nil && (next.IsZero() || q.at.Before(next)) {
		next = q.at
	}
	l.set(next)
}

// set lets the lane be looked at again then.
func (l *lane) set(next time.Time) {
	switch {
	case next.IsZero() || l.users == 0:
		if l.timer != nil {
			l.timer.Stop()
		}
	case l.timer == nil:
		l.timer = time.AfterFunc(time.Until(next), func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.dispatch()
		})
	default:
		l.timer.Reset(time.Until(next))
	}
}

// launch lets the first message of the queue go, unless it is too late for it: by its own date, or because the claim
// may end before it is recorded.
func (l *lane) launch(q *queue, now time.Time) {
	clock := l.Clock.Now()
	if !l.alive() || !l.here() || q.waiting[0].Until.Sub(clock) < sendWithin+noteWithin {
		l.giveBack(q)
		return
	}
	out := q.waiting[0]
	q.waiting = q.waiting[1:]
	q.busy = true
	q.leave()
	if fate := outdated(&out, clock); fate != fateSent {
		l.land(landing{lane: l, queue: q, out: &out, fate: fate})
		return
	}
	l.flying++
	l.paid, q.paid = l.all.spend(l.paid, now), q.pace.spend(q.paid, now)
	ctx := l.calls
	go l.fly(ctx, q, &out)
}

func (l *lane) fly(ctx context.Context, q *queue, out *store.Output) {
	x, calls := landing{lane: l, queue: q, out: out, fate: l.stillWanted(ctx, out)}, 0
	if x.fate == fateSent {
		var receipt channels.Receipt
		receipt, x.err = l.send(ctx, l.channel, out)
		x.receipt, x.begun, calls = receipt.ID, receipt.Begun && x.err == nil, receipt.Spent()
		x.fate = l.fateOf(out, x.err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.flying--
	l.paid, q.paid = l.all.charge(l.paid, calls-1), q.pace.charge(q.paid, calls-1)
	if x.err != nil || x.fate == fateSent {
		l.heed(out, x.err)
	}
	l.tell()
	l.land(x)
	l.dispatch()
}

// heed pauses the lane when it is not about one chat: the network is away or wants it, or nothing can be sent until
// somebody mends the settings.
func (l *lane) heed(out *store.Output, err error) {
	kind := channels.KindOf(err)
	switch {
	case err == nil || kind == channels.Rejected || kind == channels.Blocked: // the network works
		clear(l.troubled)
		l.pauses, l.probing, l.deafSince = 0, false, time.Time{}
	case errors.Is(err, context.Canceled) || kind == channels.Held || !l.pausedUntil.IsZero():
	case kind == channels.Misconfigured:
		d := pauseAfter(err, l.pauses)
		l.Log.Error("channel refuses all messages, they wait", "channel", l.name, "again", d, "error", err)
		l.pause(d)
	default:
		if l.troubled[out.ContactID] = true; l.probing || len(l.troubled) >= manyChats {
			d := pauseAfter(err, l.pauses)
			if kind != channels.Throttled {
				d = min(d, longestPause)
			}
			l.pause(d)
		}
	}
}

// pause holds up the lane; meanwhile what it has in hand waits in the store.
func (l *lane) pause(d time.Duration) {
	if l.pauses++; l.deafSince.IsZero() {
		l.deafSince = l.Clock.Now()
	}
	l.pausedUntil, l.probing, l.hungry = l.Clock.Now().Add(d), true, true
	clear(l.troubled)
	for _, q := range l.queues {
		l.giveBack(q)
	}
}

// resume ends a pause that is over.
func (l *lane) resume(now time.Time) {
	if !l.pausedUntil.IsZero() && !now.Before(l.pausedUntil) {
		l.pausedUntil = time.Time{}
		l.dispatch()
	}
}

// giveBack gives the contact's messages back, in their order, at the next recording.
func (l *lane) giveBack(q *queue) {
	if q.busy {
		q.back = true
		return
	}
	if len(q.waiting) == 0 && len(q.doubt) == 0 {
		return
	}
	q.leave()
	q.busy, q.back = true, true
	l.land(landing{lane: l, queue: q, fate: fateBack})
}
