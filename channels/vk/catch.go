package vk

import (
	"context"
	"time"

	"careline/channels"

	"github.com/SevereCloud/vksdk/v2/api"
)

const (
	dialogsAtOnce = 200
	overlap       = time.Minute // VK's clock and ours; what is found twice is known by its place
)

// catchUp brings to in what people wrote last and nobody has answered, since the last event that we know of: VK
// forgets events, and no messages. What cannot be asked for soon somebody has to look for.
func (v *VK) catchUp(ctx context.Context, in channels.Sink, since time.Time) error {
	if since.IsZero() {
		return nil
	}
	var missed []*received
	err := v.insist(ctx, fewTries, func() (err error) {
		missed, err = v.unanswered(ctx, since.Add(-overlap))
		return err
	})
	if err != nil {
		v.options.Log.WarnContext(ctx, "vk does not tell who wrote meanwhile: look into the community's messages", "since", since, "error", err)
		return ctx.Err()
	}
	v.meet(ctx, missed)
	if !v.store(ctx, in, missed) {
		return ctx.Err()
	}
	v.options.Log.InfoContext(ctx, "vk conversations whose events were forgotten", "found", len(missed), "since", since)
	return nil
}

// unanswered are the last messages of conversations in which a person spoke last, not before since. All are found
// before any is answered, for an answer changes the order of conversations.
func (v *VK) unanswered(ctx context.Context, since time.Time) (found []*received, err error) {
	for offset := 0; ; offset += dialogsAtOnce {
		var page struct {
			Items []struct {
				Last message `json:"last_message"`
			} `json:"items"`
		}
		params := api.Params{"group_id": v.options.GroupID, "offset": offset, "count": dialogsAtOnce}
		if err := v.client.ask(ctx, "messages.getConversations", params, &page); err != nil {
			return nil, err
		}
		for i := range page.Items { // newest first
			m := &page.Items[i].Last
			if m.Date < since.Unix() {
				return found, nil
			}
			if r := v.letter(m); r != nil {
				found = append(found, r)
			}
		}
		if len(page.Items) < dialogsAtOnce {
			return found, nil
		}
	}
}
