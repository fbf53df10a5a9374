package store

import (
	"cmp"
	"context"
	"slices"
)

// looksBack is through how many messages the list of chats looks at first; where one chat has them all it looks four times as
// far, and so on.
const looksBack = 200

// heardChat is a chat, and what its patient wrote last among the messages that were looked through.
type heardChat struct {
	contact             string
	newest, line, first int64 // numbers in the inbox, and in the chat
	messages            int64
	last                bool // nothing was written in it since
}

// ListChats implements Lists. It walks back through what patients wrote, so that no index has to follow each message.
func (t *tx) ListChats(ctx context.Context, l Listing) ([]Listed, error) {
	var found []int64
	seen := map[string]bool{}
	before := int64(0)
	if l.After.ID != "" {
		before = -l.After.Order
	}
	for back := int64(looksBack); len(found) < l.Limit; back *= 4 {
		heard, err := t.lookBack(ctx, l, before, back)
		if err != nil {
			return nil, err
		}
		var messages, oldest int64
		for _, c := range heard {
			if c.last && !seen[c.contact] {
				found = append(found, c.newest)
			}
			seen[c.contact] = true
			messages += c.messages
			if oldest == 0 || c.first < oldest {
				oldest = c.first
			}
		}
		before = oldest
		if messages < back {
			break
		}
	}
	return t.heardLast(ctx, found[:min(len(found), l.Limit)])
}

// lookBack through so many messages, those before that number; 0 = the newest. The chats are in the order of their last one.
func (t *tx) lookBack(ctx context.Context, l Listing, before, messages int64) ([]heardChat, error) {
	var p params
	where := `i.line > 0`
	if before > 0 {
		where += ` AND i.seq < ` + p.add(before)
	}
	if l.Channel != "" {
		where += ` AND i.channel = ` + p.add(l.Channel)
	}
	if len(l.Except) > 0 {
		where += ` AND NOT (i.contact_id = ANY(` + p.add(l.Except) + `))`
	}
	chats, err := query(ctx, t, "looking back through chats", func(c *heardChat) []any {
		return []any{&c.contact, &c.newest, &c.line, &c.first, &c.messages, &c.last}
	}, `SELECT w.contact_id, w.newest, w.line, w.first, w.messages,
			NOT EXISTS (SELECT 1 FROM inbox n WHERE n.contact_id = w.contact_id AND n.line > w.line)
		FROM (SELECT contact_id, MAX(seq) AS newest, MAX(line) AS line, MIN(seq) AS first, count(*) AS messages
			FROM (SELECT i.seq, i.contact_id, i.line FROM inbox i WHERE `+where+` ORDER BY i.seq DESC `+atMost(p.add(messages))+`) AS walked
			GROUP BY contact_id) AS w`, p...)
	slices.SortFunc(chats, func(a, b heardChat) int { return cmp.Compare(b.newest, a.newest) })
	return chats, err
}

// heardLast are the chats of which these are the last messages, the newest first.
func (t *tx) heardLast(ctx context.Context, messages []int64) ([]Listed, error) {
	if len(messages) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "listing chats", func(l *Listed) []any {
		return []any{&l.ContactID, &l.PatientID, &l.Name, &l.Called, &l.Phone, &l.Channel, &l.Owner, raw{&l.Words}, at{&l.At}, &l.Line, &l.Spot.Order, &l.Spot.ID}
	}, `SELECT c.id, c.patient_id, p.full_name, c.name, p.phone, c.channel, COALESCE(v.owner, ''), i.payload, i.received_us, i.line, -i.seq, c.id
		FROM inbox i JOIN contacts c ON c.id = i.contact_id JOIN patients p ON p.id = c.patient_id
			LEFT JOIN conversations v ON v.contact_id = c.id
		WHERE i.seq = ANY(`+p.add(messages)+`) ORDER BY i.seq DESC`, p...)
}
