package runner

import (
	"context"

	"careline/bot/actions"
	"careline/bot/booking"
	"careline/bot/desk"
	"careline/channels"
	"careline/store"
)

// rooms are the administrators' chats on the channels that run.
func (p *Parts) rooms() (rooms []channels.Address) {
	for _, room := range p.Clinic.Desk.Admins {
		if p.runs(room.Channel) {
			rooms = append(rooms, room)
			continue
		}
		p.Log.Info("an administrators' chat is on a channel that is off", "channel", room.Channel)
	}
	return rooms
}

func (p *Parts) runs(id channels.ID) bool {
	for _, c := range p.Channels {
		if c.ID() == id {
			return true
		}
	}
	return false
}

// newRoom is the administrators' side of the rooms.
func newRoom(p Parts, house *actions.House) *desk.Room {
	return &desk.Room{Desk: house.Desk, Clinic: p.Clinic, Reception: &booking.Reception{Clinic: p.Clinic, IDs: p.IDs}, Phrases: p.Scripts.Catalogue()}
}

// isRoom: the chat is not a patient's but the administrators'.
func (r *Runner) isRoom(c store.Contact) bool {
	return r.house.Desk.IsRoom(channels.Address{Channel: channels.ID(c.Channel), Chat: c.Chat})
}

// inRoom hands an input of an administrators' chat to the desk; no dialog runs there.
func (c *chat) inRoom(ctx context.Context, in *store.Input) (err error) {
	c.posted, err = c.room.Step(ctx, c.tx, c.row, *in, c.posted, c.now)
	return err
}
