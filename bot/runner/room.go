package runner

import (
	"context"
	"encoding/json"
	"fmt"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// running are the clinic's own chats on the channels that run.
func (p *Parts) running(chats []channels.Address) (out []channels.Address) {
	for _, c := range chats {
		if p.runs(c.Channel) {
			out = append(out, c)
			continue
		}
		p.Log.Info("an administrators' or a manager's chat is on a channel that is off", "channel", c.Channel)
	}
	return out
}

func (p *Parts) runs(id channels.ID) bool {
	for _, c := range p.Channels {
		if c.ID() == id {
			return true
		}
	}
	return false
}

// newDesk is the humans' side of the conversations, as careline.yaml promises it.
func newDesk(p Parts) *desk.Desk {
	hours := func(branch string) desk.Hours {
		b := p.Clinic.Branch(branch)
		if b == nil {
			b = p.Clinic.Branches[0]
		}
		return p.Clinic.DeskHours(b)
	}
	promised := p.Clinic.Desk
	return &desk.Desk{
		Hours: hours, Promise: promised.Promise, Alarm: promised.Alarm, Callback: promised.Callback, Escalate: promised.Escalate,
		IDs: p.IDs, Rooms: p.running(promised.Admins), Managers: p.running(promised.Manager),
	}
}

// isRoom: the chat is not a patient's but the administrators' or a manager's.
func (r *Runner) isRoom(c store.Contact) bool {
	return r.house.Desk.IsRoom(channels.Address{Channel: channels.ID(c.Channel), Chat: c.Chat})
}

// inRoom hands an input of an administrators' chat to the desk; no dialog runs there.
func (c *chat) inRoom(ctx context.Context, in *store.Input) (err error) {
	if in.Kind == store.MessageInput && isNotice(in) {
		return nil
	}
	c.posted, err = c.room.Step(ctx, c.tx, c.row, *in, c.posted, c.now)
	return err
}

// apart hands a turn that is about no chat to the desk: a deadline of somebody who has none, or what an administrator
// does about them.
func (b *batch) apart(ctx context.Context, in *store.Input) error {
	var t desk.Turn
	if err := json.Unmarshal(in.Payload, &t); err != nil {
		return fmt.Errorf("reading a desk turn: %w", err)
	}
	return b.house.Desk.Apart(ctx, b.tx, t, b.Clock.Now())
}
