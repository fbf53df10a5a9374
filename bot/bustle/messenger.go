package bustle

import (
	"context"

	"careline/channels"
)

// messenger is one without a network: whatever is sent there has arrived.
type messenger struct{ id channels.ID }

// Messengers are those in which the people of the demo write.
func Messengers() (all []channels.Channel) {
	for _, id := range []channels.ID{"telegram", "vk", "whatsapp"} {
		all = append(all, messenger{id})
	}
	return all
}

// ID implements channels.Channel.
func (m messenger) ID() channels.ID { return m.id }

// Caps implements channels.Channel.
func (m messenger) Caps() channels.Caps {
	caps := channels.Known()[m.id]
	caps.Rates = channels.Rates{} // nobody has to be spared
	return caps
}

// Run implements channels.Channel: nobody writes by themselves.
func (m messenger) Run(ctx context.Context, _ channels.Sink) error {
	<-ctx.Done()
	return ctx.Err()
}

// Send implements channels.Channel.
func (m messenger) Send(_ context.Context, _ channels.Address, out channels.Outgoing) (channels.Receipt, error) {
	return channels.Receipt{ID: out.Key}, nil
}
