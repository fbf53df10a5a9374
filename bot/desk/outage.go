package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/channels"
	"careline/store"
)

// What the memory of a channel has under OutageMemory while it is known not to work: a verdict and the ticket's id, with
// a space between them.
const (
	OutageMemory = "outage"
	Passes       = "down"   // it may pass by itself
	ToBeMended   = "broken" // somebody has to mend it
)

// Outage of a channel, of which all processes know.
type Outage struct {
	Mend  bool // it does not pass by itself
	Since time.Time
}

// Outages are the channels that are known not to work. Whether a ticket is closed says nothing: an administrator may
// have closed it by hand.
func Outages(ctx context.Context, tx store.Tx, now time.Time) (map[string]Outage, error) {
	known, err := tx.Recalled(ctx, OutageMemory, now)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	tickets, about := make([]string, 0, len(known)), make(map[string]string, len(known))
	all := make(map[string]Outage, len(known))
	for channel, value := range known {
		verdict, ticket, _ := strings.Cut(value, " ")
		all[channel] = Outage{Mend: verdict == ToBeMended}
		tickets, about[ticket] = append(tickets, ticket), channel
	}
	found, err := tx.TicketsByID(ctx, tickets)
	for _, k := range found {
		all[about[k.ID]] = Outage{Mend: all[about[k.ID]].Mend, Since: k.CreatedAt}
	}
	return all, err
}

// Broke opens a ticket about a messenger that does not work and tells the rooms that are elsewhere, or the managers
// when there is none. It stays broken until somebody mends it when mend is true, otherwise it may pass.
func (d *Desk) Broke(ctx context.Context, tx store.Tx, channel channels.ID, mend bool, now time.Time) (ticket string, err error) {
	k := store.Ticket{Kind: ChannelDown, Note: string(channel), Priority: Normal}
	if mend {
		k.Priority = High
	}
	k, err = d.without(channel).Open(ctx, tx, k, 0, now)
	return k.ID, err
}

// Mended closes that ticket, and tells the same rooms when the messenger works again.
func (d *Desk) Mended(ctx context.Context, tx store.Tx, channel channels.ID, ticket string, works bool, now time.Time) error {
	found, err := tx.TicketsByID(ctx, []string{ticket})
	if err != nil {
		return fmt.Errorf("reading a ticket: %w", err)
	}
	found = slices.DeleteFunc(found, func(k store.Ticket) bool { return k.State == "closed" })
	for i := range found {
		found[i].State, found[i].ClosedAt, found[i].Resolution = "closed", now, "mended"
	}
	elsewhere := d.without(channel)
	if err := elsewhere.save(ctx, tx, found, now); err != nil || !works {
		return err
	}
	return elsewhere.Tell(ctx, tx, News{What: Mended, Channel: channel}, now)
}

// without is the desk as it is when a channel does not work: what would be told there would wait, too.
func (d *Desk) without(channel channels.ID) *Desk {
	elsewhere := func(chats []channels.Address) []channels.Address {
		return slices.DeleteFunc(slices.Clone(chats), func(a channels.Address) bool { return a.Channel == channel })
	}
	rest := *d
	rest.Rooms, rest.Managers = elsewhere(d.Rooms), elsewhere(d.Managers)
	if len(rest.Rooms) == 0 {
		rest.Rooms = rest.Managers
	}
	return &rest
}

// outage tells of a messenger that does not work.
func (t *talk) outage(k store.Ticket) error {
	id := "desk.room.channel_down"
	if k.Priority == High {
		id = "desk.room.channel_broken"
	}
	text, err := t.text(id, facts{"channel": t.messenger(channels.ID(k.Note)), "since": t.soon(k.CreatedAt)})
	if err != nil {
		return err
	}
	return t.say(channels.Outgoing{Text: text}, post{urgent: true})
}

// mended tells that it works again.
func (t *talk) mended(channel channels.ID) error {
	return t.phrase("desk.room.channel_well", facts{"channel": t.messenger(channel)})
}

// messenger is its name as people know it.
func (t *talk) messenger(id channels.ID) string {
	return cmp.Or(t.word("desk.room.channel."+string(id)), string(id))
}
