package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

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
	for _, c := range slices.Concat(p.Clinic.Desk.Admins, p.Clinic.Desk.Manager) {
		if !p.runs(c.Channel) {
			p.Log.Info("an administrators' or a manager's chat is on a channel that is off", "channel", c.Channel)
		}
	}
	return desk.New(p.Clinic, p.runs, p.IDs)
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
	in.Unkept = in.Kind == store.MessageInput // what is said to a patient stands in their chat; the rest is nobody's business
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
