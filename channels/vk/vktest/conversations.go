package vktest

import (
	"cmp"
	"slices"
)

const maxConversations = 200

// conversation is one line of the community's messages.
type conversation struct {
	About struct {
		Peer struct {
			ID int64 `json:"id"`
		} `json:"peer"`
	} `json:"conversation"`
	Last Message `json:"last_message"`
}

// getConversations tells of those with messages, the one with the newest first.
func (s *Server) getConversations(p *params) (any, *refusal) {
	count, offset := cmp.Or(p.number("count"), 20), p.number("offset")
	if count < 0 || count > maxConversations || offset < 0 {
		return nil, bad("count should be from 0 to 200")
	}
	items := []conversation{}
	for _, c := range s.chats {
		if len(c.screen) == 0 {
			continue
		}
		one := conversation{Last: *c.messages[c.screen[len(c.screen)-1]]}
		one.About.Peer.ID = c.peer
		items = append(items, one)
	}
	slices.SortFunc(items, func(a, b conversation) int {
		return cmp.Or(cmp.Compare(b.Last.Date, a.Last.Date), cmp.Compare(b.Last.ID, a.Last.ID))
	})
	total := int64(len(items))
	items = items[min(offset, total):min(offset+count, total)]
	return map[string]any{"count": total, "items": items}, nil
}
