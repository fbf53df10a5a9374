package runner

import (
	"context"
	"fmt"
	"slices"
	"time"

	"careline/bot/actions"
	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// leftFor is how long after the person's last word in one chat they are asked in another whether to go on.
const leftFor = 72 * time.Hour

// Elsewhere finds what the person began in another chat of theirs and has not ended; nil = nothing.
func (c *chat) Elsewhere(ctx context.Context) (*actions.Elsewhere, error) {
	others, err := c.others(ctx)
	if err != nil || len(others) == 0 {
		return nil, err
	}
	ids := make([]string, len(others))
	for i, o := range others {
		ids[i] = o.ID
	}
	rows, err := c.tx.Conversations(ctx, ids)
	if err != nil {
		return nil, err
	}
	var found *actions.Elsewhere
	latest := int64(0)
	for _, row := range rows {
		talk, err := dialogs.DecodeConversation(row.State)
		if o := c.beside[row.ContactID]; o != nil {
			talk, err = o.conversation, nil
		}
		if err != nil || talk.LastIn <= latest || !c.unended(talk) {
			continue // one that cannot be read goes on nowhere
		}
		latest = talk.LastIn
		i := slices.Index(ids, row.ContactID)
		found = &actions.Elsewhere{Contact: row.ContactID, Messenger: c.messenger(others[i].Channel), Matter: c.matter(talk)}
	}
	return found, nil
}

// offer asks somebody who writes here, and has begun nothing here, whether to go on with what they began in another
// chat.
func (c *chat) offer(ctx context.Context, m *channels.Incoming) error {
	if m.Opened || c.conversation.Owner != dialogs.Bot || c.unended(c.conversation) || c.runs(dialogs.ElsewhereDialog) {
		return nil
	}
	found, err := c.Elsewhere(ctx)
	if err != nil || found == nil {
		return err
	}
	return c.begin(ctx, dialogs.ElsewhereDialog, nil)
}

// runs reports whether the dialog stands open in the chat.
func (c *chat) runs(dialog string) bool {
	return slices.ContainsFunc(c.conversation.Tasks, func(t *dialogs.Task) bool {
		return slices.ContainsFunc(t.Frames, func(f *dialogs.Frame) bool { return f.Dialog == dialog })
	})
}

// unended: the person has said something in what stands open there, not long ago, and no human has it.
func (c *chat) unended(talk *dialogs.Conversation) bool {
	if talk.Owner != dialogs.Bot || len(begun(talk)) == 0 || c.now.Sub(time.UnixMicro(talk.LastIn)) > leftFor {
		return false
	}
	_, said := c.heart(talk)
	return said > 0
}

// begun are the tasks that the program has not itself started about the person's chats.
func begun(talk *dialogs.Conversation) (tasks []*dialogs.Task) {
	for _, t := range talk.Tasks {
		if t.Origin != joining {
			tasks = append(tasks, t)
		}
	}
	return tasks
}

// heart is the dialog of the top task begun in which the person has said most, and how much: what they answered, less what
// only led on from one dialog to the next.
func (c *chat) heart(talk *dialogs.Conversation) (dialog string, said int) {
	tasks := begun(talk)
	frames := tasks[len(tasks)-1].Frames
	for i, f := range frames {
		d := c.Scripts.Dialogs[f.Dialog]
		if d == nil {
			continue
		}
		n, st := 0, d.State(f.State)
		for name := range f.Answers {
			taken := slices.ContainsFunc(d.Takes, func(p dialogs.Param) bool { return p.Name == name })
			if !taken && (st == nil || st.Ask == nil || st.Ask.Answer != name) {
				n++
			}
		}
		if i < len(frames)-1 {
			n--
		}
		if dialog == "" || n > said {
			dialog, said = d.Name, max(0, n)
		}
	}
	return dialog, said
}

// matter is the title of what stands open; titles are written in the scripts' own language only.
func (c *chat) matter(talk *dialogs.Conversation) string {
	name, _ := c.heart(talk)
	if d := c.Scripts.Dialogs[name]; d != nil && (c.contact.Language == "" || c.contact.Language == c.Scripts.Languages[0]) {
		return d.Title
	}
	return ""
}

// Bring takes over what runs in the other chat of the person, with held times, tickets and answers; there they read
// where it goes on. Empty = it has ended meanwhile.
func (c *chat) Bring(ctx context.Context) ([]*dialogs.Task, error) {
	o, err := c.another(ctx)
	if err != nil || o == nil || !c.unended(o.conversation) {
		return nil, err
	}
	if err := o.leave(ctx, dialogs.ElsewhereDialog); err != nil { // it asks what is being answered
		return nil, err
	}
	tasks, numbers := begun(o.conversation), map[int]int{}
	for _, t := range tasks {
		numbers[t.ID] = c.conversation.NextID
		t.ID = c.conversation.NextID
		c.conversation.NextID++
	}
	if err := o.hand(ctx, c, numbers); err != nil {
		return nil, err
	}
	o.conversation.Tasks = slices.DeleteFunc(o.conversation.Tasks, func(t *dialogs.Task) bool { return t.Origin != joining })
	o.conversation.Late = nil
	c.events = append(c.events, store.Event{
		At: c.now, Name: "talk.moved", ContactID: c.row.ID, PatientID: c.row.PatientID, Channel: c.row.Channel, Value: o.row.Channel, Ref: o.row.ID,
	})
	return tasks, o.begin(ctx, dialogs.WentOnDialog, map[string]any{"messenger": o.messenger(c.row.Channel)})
}

// Leave ends what runs in the other chat of the person, who begins anew here.
func (c *chat) Leave(ctx context.Context) error {
	o, err := c.another(ctx)
	if err != nil || o == nil || !c.unended(o.conversation) {
		return err
	}
	_, err = o.step(ctx, engine.Input{Leaves: &engine.Leaving{}})
	return err
}

// another is the chat in which something of the person's stands open; nil when there is none (any more).
func (c *chat) another(ctx context.Context) (*chat, error) {
	found, err := c.Elsewhere(ctx)
	if err != nil || found == nil {
		return nil, err
	}
	o, err := c.other(ctx, found.Contact)
	if err != nil || o == nil || o == c || o.row.PatientID != c.row.PatientID {
		return nil, err
	}
	return o, nil
}

// begin runs a dialog in the chat, if the clinic has written it.
func (c *chat) begin(ctx context.Context, dialog string, with map[string]any) error {
	if _, err := c.step(ctx, engine.Input{Start: &engine.Start{Dialog: dialog, With: with, Origin: joining, Beside: true}}); err != nil {
		return fmt.Errorf("beginning %s: %w", dialog, err)
	}
	return nil
}
