package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"careline/bot/desk"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// isNotice tells what a messenger says of a chat from what the person says in it.
func isNotice(in *store.Input) bool {
	var m channels.Incoming
	return json.Unmarshal(in.Payload, &m) == nil && (m.Clinic || m.Permit != "")
}

// noticed takes what is no word of the person: whether we may write to them, or a colleague's words to them in the
// messenger itself.
func (c *chat) noticed(ctx context.Context, in *store.Input, m *channels.Incoming) error {
	if m.Permit != "" {
		c.permit(m.Permit)
		return nil
	}
	in.Unkept = true // the line is theirs who wrote it, and stands in the chat as such
	return c.byClinic(ctx, m)
}

// permit notes whether the person takes our messages.
func (c *chat) permit(p channels.Permit) {
	was := !c.row.BlockedAt.IsZero()
	if is := p == channels.Denied; is == was {
		return
	}
	event := store.Event{At: c.now, Name: "contact.blocked", ContactID: c.row.ID, PatientID: c.row.PatientID, Channel: c.row.Channel}
	c.row.BlockedAt, c.rowChanged = c.now, true
	if was {
		c.row.BlockedAt, event.Name = time.Time{}, "contact.unblocked"
	}
	c.events = append(c.events, event)
}

// byClinic: somebody of the clinic wrote to the person past us, and speaks for it from now on, as with desk.Reply. The
// network has shown the words already.
func (c *chat) byClinic(ctx context.Context, m *channels.Incoming) error {
	author := desk.Messenger(c.Scripts.Catalogue(), c.Clinic.Languages[0], c.row.Channel)
	c.conversation.Owner = dialogs.Operator
	if err := c.house.Desk.Taken(ctx, c.tx, c.row, author, "", c.now); err != nil {
		return err
	}
	text := m.Text
	if m.Edited {
		text = "✏️ " + text
	}
	if text == "" && len(m.Files) == 0 {
		return nil
	}
	if err := c.house.Desk.Add(ctx, c.tx, c.row.ID, desk.Speaker{Name: author}, text, m.Files, c.now); err != nil {
		return err
	}
	said := channels.Outgoing{Key: c.IDs(), Text: text, Files: m.Files, Language: c.contact.Language}
	payload, err := json.Marshal(said)
	if err != nil {
		return fmt.Errorf("writing a colleague's words: %w", err)
	}
	line := store.Output{
		ID: said.Key, ContactID: c.row.ID, Channel: c.row.Channel, Chat: c.row.Chat, Class: "operator", Author: author, Payload: payload, CreatedAt: c.now,
	}
	if err := c.tx.Put(ctx, []store.Output{line}); err != nil {
		return err
	}
	_, err = c.tx.Sent(ctx, []store.Delivery{{ID: line.ID, Receipt: m.ID, At: c.now}})
	return err
}
