package runner

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"careline/bot/desk"
	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// toDesk passes the patient's words to whoever answers; a danger sign among them rings the alarm, and the
// bot stays silent.
func (c *chat) toDesk(ctx context.Context, d engine.ToDesk) error {
	if d.Flag != "" {
		alarm := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "red_flag", Priority: desk.Alarm, Note: c.sign(d.Flag), Health: true}
		if _, err := c.house.Desk.Open(ctx, c.tx, alarm, 0, c.now); err != nil {
			return err
		}
	}
	text := d.Text
	if d.Edited {
		text = "✏️ " + text
	}
	return c.house.Desk.Add(ctx, c.tx, c.row.ID, desk.Speaker{Name: desk.Patient}, text, d.Files, c.now)
}

// sign is a danger sign of triage.yaml in the clinic's own language.
func (c *chat) sign(name string) string {
	for _, f := range c.Scripts.Triage.Flags {
		if f.Name == name {
			return c.Scripts.Catalogue().Word(c.Clinic.Languages[0], f.TitleID)
		}
	}
	return name
}

// turn is what an administrator, or a ticket's deadline, does to the conversation.
func (c *chat) turn(ctx context.Context, in *store.Input) error {
	var t desk.Turn
	if err := json.Unmarshal(in.Payload, &t); err != nil {
		return fmt.Errorf("reading a desk turn: %w", err)
	}
	switch t.Do {
	case desk.Reply:
		return c.reply(ctx, t)
	case desk.Take:
		return c.takeOver(ctx, t)
	case desk.Resume:
		return c.resume(ctx, t)
	case desk.Assign, desk.Note:
		return c.house.Desk.Among(ctx, c.tx, c.row.ID, t, c.now)
	case desk.Escalate:
		return c.house.Desk.Escalated(ctx, c.tx, c.row.ID, t, c.now)
	case desk.Unanswered: // is told even of a chat that nobody can read
		return c.handBack(ctx, t)
	}
	if err := c.unreadable(); err != nil {
		return err
	}
	return c.handBack(ctx, t)
}

// reply sends an administrator's words; from now on the human speaks for the clinic. A conversation that
// cannot be read begins anew: the human was called because of it.
func (c *chat) reply(ctx context.Context, t desk.Turn) error {
	if !c.me.Row.ErasedAt.IsZero() {
		return c.house.Desk.Tell(ctx, c.tx, desk.News{What: desk.Lost, Contact: c.row.ID}, c.now)
	}
	first, err := c.house.Desk.First(ctx, c.tx, c.row.ID, t, c.saying(), c.now)
	if !first || err != nil {
		return err
	}
	c.broken = nil
	c.conversation.Owner = dialogs.Operator
	if t.Room != "" && t.Ticket != "" { // written in a topic
		if _, err := c.house.Desk.Resume(ctx, c.tx, c.row.ID, t, c.now); err != nil {
			return err
		}
	}
	if err := c.house.Desk.Taken(ctx, c.tx, c.row, t.Author, t.Account, c.now); err != nil {
		return err
	}
	if err := c.house.Desk.Add(ctx, c.tx, c.row.ID, desk.Speaker{Name: t.Author, Account: t.Account, Room: t.Room}, t.Text, t.Files, c.now); err != nil {
		return err
	}
	said := channels.Outgoing{Text: t.Text, Files: t.Files, Language: c.contact.Language}
	c.authored = append(c.authored, authored{author: t.Author, account: cmp.Or(t.Account, t.Room), Outgoing: said})
	return nil
}

// saying are those whose words are about to be written.
func (c *chat) saying() (all []desk.Speaker) {
	for _, a := range c.authored {
		all = append(all, desk.Speaker{Name: a.author, Room: a.account})
	}
	return all
}

// takeOver lets an administrator have the chat before the first word. One that cannot be read waits for that
// word.
func (c *chat) takeOver(ctx context.Context, t desk.Turn) error {
	taken, err := c.house.Desk.Take(ctx, c.tx, c.row.ID, t, c.now)
	if taken && c.broken == nil {
		c.conversation.Owner = dialogs.Operator
	}
	return err
}

// resume lets an administrator have a chat again whose ticket they opened once more.
func (c *chat) resume(ctx context.Context, t desk.Turn) error {
	resumed, err := c.house.Desk.Resume(ctx, c.tx, c.row.ID, t, c.now)
	if resumed && c.broken == nil {
		c.conversation.Owner = dialogs.Operator
	}
	return err
}

// handBack ends what the turn settles and lets the bot go on, unless another ticket still keeps the chat with
// a human.
func (c *chat) handBack(ctx context.Context, t desk.Turn) error {
	tasks, outcome, err := c.house.Desk.Ended(ctx, c.tx, c.row.ID, t, c.now)
	if err != nil {
		return err
	}
	if t.Do == desk.Unanswered && len(tasks) == 0 {
		return c.sorry(ctx, t.Ticket)
	}
	if len(tasks) == 0 {
		stays, err := c.staysHuman(ctx, t)
		if stays || err != nil {
			return err
		}
		tasks = []int{0} // the human spoke without being called: the open question comes back
	}
	if err := c.unreadable(); err != nil {
		return err
	}
	if t.Dialog != "" {
		return c.handTo(ctx, t.Dialog)
	}
	bot := dialogs.Bot
	for _, task := range tasks {
		returned := &engine.Returned{Task: task, Action: "desk.operator", Outcome: outcome, Owner: &bot}
		if _, err := c.step(ctx, engine.Input{Returned: returned}); err != nil {
			return err
		}
	}
	return nil
}

// sorry tells a patient to whom nobody has come back in time, and to whom the bot does not speak.
func (c *chat) sorry(ctx context.Context, ticket string) error {
	if c.conversation.Owner != dialogs.Operator || c.contact == nil {
		return nil
	}
	found, err := c.tx.TicketsByID(ctx, []string{ticket})
	if err != nil || len(found) == 0 || found[0].State != "open" {
		return err
	}
	text := c.Scripts.Catalogue().Word(c.contact.Language, "desk.busy")
	c.said = append(c.said, engine.Said{
		Outgoing: channels.Outgoing{Key: c.IDs(), Text: text, Language: c.contact.Language}, Class: dialogs.ServiceClass,
	})
	return nil
}

// handTo lets the bot go on with another dialog; what stood before waits below.
func (c *chat) handTo(ctx context.Context, dialog string) error {
	c.conversation.Owner = dialogs.Bot
	if !c.handsOver(dialog) {
		return nil
	}
	start := &engine.Start{Dialog: dialog, Origin: "desk", Beside: true}
	_, err := c.step(ctx, engine.Input{Start: start})
	return err
}

// staysHuman: a turn that ended no dialog's waiting changes nothing in the chat when the bot has the chat anyway, or when other tickets are being answered.
func (c *chat) staysHuman(ctx context.Context, t desk.Turn) (bool, error) {
	if t.Ticket == "" {
		return false, nil
	}
	if c.conversation.Owner == dialogs.Bot {
		return true, nil
	}
	return c.house.Desk.Answered(ctx, c.tx, c.row.ID)
}
