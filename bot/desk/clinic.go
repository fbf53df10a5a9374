package desk

import (
	"slices"

	"careline/bot/booking"
	"careline/channels"
)

// New is the humans' side of a clinic as careline.yaml promises it, without the chats on channels that do not run here.
func New(c *booking.Clinic, runs func(channels.ID) bool, ids func() string) *Desk {
	hours := func(branch string) Hours {
		b := c.Branch(branch)
		if b == nil {
			b = c.Branches[0]
		}
		return c.DeskHours(b)
	}
	running := func(chats []channels.Address) []channels.Address {
		return slices.DeleteFunc(slices.Clone(chats), func(a channels.Address) bool { return !runs(a.Channel) })
	}
	promised := c.Desk
	return &Desk{
		Hours: hours, Promise: promised.Promise, Alarm: promised.Alarm, Callback: promised.Callback, Escalate: promised.Escalate,
		IDs: ids, Rooms: running(promised.Admins), Managers: running(promised.Manager),
	}
}
