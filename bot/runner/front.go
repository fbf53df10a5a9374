package runner

import (
	"slices"

	"careline/bot/booking"
	"careline/bot/desk"
	"careline/channels"
)

// Front is the desk for people at a browser.
func (r *Runner) Front() *desk.Front {
	promised := r.Clinic.Desk
	f := &desk.Front{Desk: r.house.Desk, Runs: r.runs, Reasons: promised.Reasons}
	for _, o := range promised.HandOver {
		f.HandOver = append(f.HandOver, o.Dialog)
	}
	return f
}

// Room is how the desk speaks in words, of tickets and of ready answers.
func (r *Runner) Room() *desk.Room { return r.room }

// Presence tells who is writing at the desk.
func (r *Runner) Presence() *desk.Presence {
	return &desk.Presence{Store: r.Store, Show: func(to channels.Address) { r.showTyping([]channels.Address{to}) }}
}

// handsOver: a chat may be handed over to the dialog.
func (c *chat) handsOver(dialog string) bool {
	return slices.ContainsFunc(c.Clinic.Desk.HandOver, func(o booking.Offered) bool { return o.Dialog == dialog })
}
