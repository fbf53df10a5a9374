package vk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"careline/channels"
	"careline/channels/wire"

	"github.com/SevereCloud/vksdk/v2/api"
	"github.com/SevereCloud/vksdk/v2/events"
)

const (
	pollFor   = 25 * time.Second // VK answers earlier when there is something
	pollSlack = 10 * time.Second // more, and the connection is dead
)

// position is where the long poll is. The library's own loop moves on before anybody has heard of an event, and begins
// at the newest one.
type position struct {
	server, key string    // empty = to be asked for
	ts          string    // number of the last event that is stored; empty = to be recalled
	at          time.Time // when it was stored; zero = not known
	anew        bool      // ts is nothing to VK any more
	expired     int       // keys in a row that were nothing
}

// What VK says instead of events.
const (
	tooOld   = 1 // the events after ts are gone, or some of them
	staleKey = 2
	lost     = 3 // the key and ts are nothing to this server
)

// mostExpired keys in a row are a failure.
const mostExpired = 3

// batch is the answer to a long poll.
type batch struct {
	Ts      json.RawMessage   `json:"ts"` // a string, or a number beside failed
	Updates []json.RawMessage `json:"updates"`
	Failed  int               `json:"failed"`
}

// poll asks for events and moves on only when those of the last answer are stored. How far it came it keeps in Memory,
// so that what is written while nobody listens is heard later.
func (v *VK) poll(ctx context.Context, in channels.Sink, a answers) error {
	v.tick(ctx)
	ticked := v.options.Now()
	var p position
	for tries := 0; ctx.Err() == nil; {
		if now := v.options.Now(); v.health.wanting() && now.Sub(ticked) >= tickAgain {
			v.tick(ctx)
			ticked = now
		}
		err := v.next(ctx, &p, in, a)
		if ctx.Err() != nil {
			break
		}
		v.health.received(v.options.Now(), err)
		if err == nil {
			tries = 0
			continue
		}
		p.server = "" // it may have moved
		v.options.Log.WarnContext(ctx, "vk poll failed", "try", tries+1, "error", advise(err))
		_ = v.options.Pause(ctx, wait(err, tries)) // the loop sees that ctx ended
		tries++
	}
	return ctx.Err()
}

// next goes one step: to a server, or through the events that it has.
func (v *VK) next(ctx context.Context, p *position, in channels.Sink, a answers) error {
	if p.server == "" {
		return v.connect(ctx, p, in)
	}
	b, err := v.check(ctx, p)
	if err != nil {
		return err
	}
	if b.Failed == staleKey || b.Failed == lost {
		return v.expire(ctx, p, b.Failed)
	}
	p.expired = 0
	switch b.Failed {
	case 0:
		return v.take(ctx, p, in, a, b)
	case tooOld:
		v.options.Log.WarnContext(ctx, "vk has forgotten some of the events since the last poll", "ts", p.ts)
		if err := v.catchUp(ctx, in, p.at); err != nil {
			return err
		}
		return v.move(ctx, p, number(b.Ts))
	}
	return wire.Broken("failed "+strconv.Itoa(b.Failed), "the long poll says what is not known")
}

// expire goes on with another key. VK wants another ts too after lost, but the old one often serves, and no event is
// missed; only if it is nothing to the next server either, counting begins anew.
func (v *VK) expire(ctx context.Context, p *position, failed int) error {
	p.server = ""
	if p.expired++; p.expired >= mostExpired {
		p.expired = 0
		return wire.Broken("failed "+strconv.Itoa(failed), "every key of the long poll has expired")
	}
	if failed != lost || p.expired == 1 {
		return nil
	}
	v.options.Log.WarnContext(ctx, "vk has begun to count events anew", "ts", p.ts)
	p.anew = true
	return nil
}

// connect asks where to poll, and from which event on.
func (v *VK) connect(ctx context.Context, p *position, in channels.Sink) error {
	server, err := v.client.GroupsGetLongPollServer(api.Params{"group_id": v.options.GroupID}.WithContext(ctx))
	if err != nil {
		return failure(err)
	}
	if p.ts == "" {
		if err := v.recallTs(ctx, p); err != nil {
			return err
		}
	}
	if p.anew {
		if err := v.catchUp(ctx, in, p.at); err != nil {
			return err
		}
	}
	if p.ts == "" || p.anew {
		if err := v.move(ctx, p, server.Ts); err != nil {
			return err
		}
		p.anew = false
	}
	p.server, p.key = server.Server, server.Key
	if !strings.Contains(p.server, "://") {
		p.server = "https://" + p.server
	}
	return nil
}

// check waits for events after ts.
func (v *VK) check(ctx context.Context, p *position) (batch, error) {
	ctx, cancel := context.WithTimeout(ctx, pollFor+pollSlack)
	defer cancel()
	question := url.Values{"act": {"a_check"}, "key": {p.key}, "ts": {p.ts}, "wait": {strconv.Itoa(int(pollFor / time.Second))}}
	var b batch
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.server+"?"+question.Encode(), nil)
	if err != nil {
		return b, wire.Broken("answer", "VK names no address to poll")
	}
	body, err := v.client.read(request)
	if err != nil {
		return b, err
	}
	if !unmarshal(body, &b) || b.Failed == 0 && len(b.Ts) == 0 {
		return b, wire.Broken("answer", "not an answer of the long poll")
	}
	return b, nil
}

// take stores the events of an answer and moves on.
func (v *VK) take(ctx context.Context, p *position, in channels.Sink, a answers, b batch) error {
	var heard []*received
	for _, raw := range b.Updates {
		var e events.GroupEvent
		if !unmarshal(raw, &e) {
			v.options.Log.WarnContext(ctx, "vk event that is none")
			continue
		}
		if r := v.convert(ctx, &e); r != nil {
			heard = append(heard, r)
		}
	}
	v.meet(ctx, heard)
	if !v.store(ctx, in, heard) {
		return ctx.Err()
	}
	for _, r := range heard {
		a.add(r.press)
	}
	return v.move(ctx, p, number(b.Ts))
}

// move goes on to ts. That it is not remembered now loses nothing: the events come again, and are known.
func (v *VK) move(ctx context.Context, p *position, ts string) error {
	if ts == p.ts || ts == "" {
		return nil
	}
	p.ts, p.at = ts, v.options.Now()
	value := p.ts + " " + strconv.FormatInt(p.at.Unix(), 10)
	if err := v.options.Memory.Remember(ctx, v.tsName(), value, time.Time{}); err != nil {
		return fmt.Errorf("remembering the last event: %w", err)
	}
	return nil
}

func (v *VK) recallTs(ctx context.Context, p *position) error {
	value, err := v.options.Memory.Recall(ctx, v.tsName())
	if err != nil {
		return fmt.Errorf("recalling the last event: %w", err)
	}
	ts, at, _ := strings.Cut(value, " ")
	if seconds, err := strconv.ParseInt(at, 10, 64); err == nil {
		p.at = time.Unix(seconds, 0).UTC()
	}
	p.ts = ts
	return nil
}

func (v *VK) tsName() string { return "ts:" + strconv.FormatInt(v.options.GroupID, 10) }
