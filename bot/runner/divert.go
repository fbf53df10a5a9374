package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"careline/bot/desk"
	"careline/bot/engine"
	"careline/bot/journey"
	"careline/channels"
	"careline/dialogs"
	"careline/store"
)

// missed is what a timeline said in a chat that it did not reach.
type missed struct {
	About string    `json:"about"`
	At    time.Time `json:"at"` // when it was said
	Fate  fate      `json:"fate"`
}

// passing is a message on its way through the chats of a person, and those that it did not reach.
type passing struct {
	channels.Outgoing
	Missed []string `json:"missed,omitempty"`
}

// byItself: a timeline said it, nobody waits for it in this very chat.
func (s *sender) byItself(out *store.Output) bool {
	return out.Author == "" && strings.Contains(out.Ref, "/") && !s.toRoom(out)
}

// diverts reports whether the person is told in another chat instead.
func (s *sender) diverts(x *landing) bool {
	return (x.fate == fateBlocked || x.fate == fateRejected || x.fate == fateStale) && s.byItself(x.out) && x.done() == 0
}

// divert ends in this chat what was said together with the message, and lets the chat's next step say it in another.
func (s *sender) divert(ctx context.Context, tx store.Tx, out *store.Output, why fate, now time.Time) error {
	if err := tx.Divert(ctx, *out, now); err != nil {
		return err
	}
	payload, err := json.Marshal(missed{About: out.Ref, At: out.CreatedAt, Fate: why})
	if err != nil {
		return fmt.Errorf("writing what was missed: %w", err)
	}
	_, err = tx.Accept(ctx, []store.Input{{
		Channel: store.MissedInput, ExternalID: out.ID, ContactID: out.ContactID, Kind: store.MissedInput, Payload: payload, ReceivedAt: now,
	}})
	tx.Wake(store.InboxTopic)
	return err
}

// past: a message that has to wait is worth nothing by then.
func (s *sender) past(out *store.Output, err error) bool {
	var e *channels.Error
	return errors.As(err, &e) && !out.NotAfter.IsZero() && s.Clock.Now().Add(e.RetryAfter).After(out.NotAfter)
}

// missed says in the person's next chat what did not reach them in this.
func (c *chat) missed(ctx context.Context, in *store.Input) error {
	var lost missed
	if err := json.Unmarshal(in.Payload, &lost); err != nil {
		return fmt.Errorf("reading what was missed: %w", err)
	}
	said, err := c.tx.Diverted(ctx, c.row.ID, lost.About, lost.At)
	if err != nil || len(said) == 0 {
		return err
	}
	words := make([]passing, len(said))
	for i := range said {
		if err := json.Unmarshal(said[i].Payload, &words[i]); err != nil {
			return fmt.Errorf("reading a message: %w", err)
		}
		words[i].Missed = append(words[i].Missed, c.row.ID)
	}
	class := dialogs.Class(said[0].Class)
	if class == dialogs.AdvertisingClass && !c.me.Consents["advertising"] {
		return nil
	}
	next, err := c.nextChat(ctx, words[0].Missed)
	if err != nil {
		return err
	}
	if next == nil {
		return c.unreached(ctx, lost)
	}
	if next.conversation.Owner == dialogs.Operator || next.broken != nil {
		return next.untold(ctx, store.Touch{About: lost.About, Outcome: journey.WithHuman, Class: string(class)})
	}
	if err := c.handOver(ctx, next, words); err != nil {
		return err
	}
	for i, m := range words {
		next.passed = append(next.passed, passed{passing: m, class: said[i].Class, about: lost.About, notAfter: said[i].NotAfter})
	}
	c.events = append(c.events, store.Event{
		At: c.now, Name: "message.redirected", ContactID: next.row.ID, PatientID: c.row.PatientID, Channel: next.row.Channel, Value: c.row.Channel, Ref: lost.About,
	})
	return nil
}

// passed is a message from another chat of the person.
type passed struct {
	passing
	class    string
	about    string
	notAfter time.Time
}

// sign adds to a message as it is stored the chats that it did not reach.
func (p passed) sign(payload []byte) ([]byte, error) {
	signed := passing{}
	if err := json.Unmarshal(payload, &signed); err != nil {
		return nil, fmt.Errorf("reading a message: %w", err)
	}
	signed.Missed = p.Missed
	payload, err := json.Marshal(signed)
	if err != nil {
		return nil, fmt.Errorf("writing a message: %w", err)
	}
	return payload, nil
}

// unreached is the end of what no chat of the person takes. That they blocked us is their wish, and told elsewhere.
func (c *chat) unreached(ctx context.Context, lost missed) error {
	if visit, ok := strings.CutPrefix(lost.About, "visit/"); ok {
		if err := c.calls(ctx, visit); err != nil {
			return err
		}
	}
	if lost.Fate == fateBlocked {
		return nil
	}
	t := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "undelivered", Priority: desk.Normal}
	return c.house.Desk.Once(ctx, c.tx, t, c.now)
}

// nextChat is the person's best chat of those that were not tried; nil when there is none.
func (c *chat) nextChat(ctx context.Context, tried []string) (*chat, error) {
	others, err := c.others(ctx)
	if err != nil {
		return nil, err
	}
	others = slices.DeleteFunc(others, func(o store.Contact) bool {
		return !o.BlockedAt.IsZero() || slices.Contains(tried, o.ID) || c.sender.down(o.Channel)
	})
	if len(others) == 0 {
		return nil, nil
	}
	liked := c.me.Row.Channel
	best := slices.MaxFunc(others, func(a, b store.Contact) int {
		if (a.Channel == liked) != (b.Channel == liked) {
			if a.Channel == liked {
				return 1
			}
			return -1
		}
		return c.Clinic.Worth(a.Channel) - c.Clinic.Worth(b.Channel)
	})
	o, err := c.other(ctx, best.ID)
	if o != nil && o.taken == 0 {
		o.asked = false
	}
	return o, err
}

// handOver lets the questions that the messages ask be answered in the next chat, and gives the messages their keys
// there.
func (c *chat) handOver(ctx context.Context, next *chat, words []passing) error {
	next.conversation.NextID = max(next.conversation.NextID, 1)
	numbers := map[int]int{}
	var last *dialogs.Task
	for i := range words {
		for _, choice := range words[i].Choices {
			k := slices.IndexFunc(c.conversation.Tasks, func(t *dialogs.Task) bool { return t.ID == engine.TaskOf(choice.Data) })
			if k < 0 {
				continue
			}
			last = c.conversation.Tasks[k]
			c.conversation.Tasks = slices.Delete(c.conversation.Tasks, k, k+1)
			numbers[last.ID] = next.conversation.NextID
			last.ID = next.conversation.NextID
			next.conversation.NextID++
			next.conversation.Tasks = append(next.conversation.Tasks, last)
		}
	}
	if err := c.hand(ctx, next, numbers); err != nil {
		return err
	}
	closes := ""
	if shown := next.conversation.Shown; shown != nil && last != nil {
		closes = shown.Key
	}
	for _, o := range []*chat{c, next} { // when each wants to wake has changed
		if _, err := o.step(ctx, engine.Input{Timeout: &engine.Timeout{}}); err != nil {
			return err
		}
	}
	for i := range words {
		m := &words[i]
		old := m.Key
		m.Key, m.Closes, m.Redraws = c.IDs(), "", ""
		if i == 0 {
			m.Closes = closes
		}
		for k := range m.Choices {
			m.Choices[k].Data = engine.Renumbered(m.Choices[k].Data, numbers)
		}
		if shown := c.conversation.Shown; shown != nil && shown.Key == old {
			c.conversation.Shown = nil
		}
		if last != nil && len(m.Choices) > 0 {
			f := last.Frames[len(last.Frames)-1]
			next.conversation.Shown = &dialogs.Shown{Task: last.ID, State: f.State, Visit: f.Visit, Key: m.Key}
		}
	}
	return nil
}

// strandedAtOnce is how many messages are taken out of channels that are down in one transaction.
const strandedAtOnce = 100

// Reroute says elsewhere what timelines have said in channels that are down, to those who have another chat. Of a
// channel that may only be away for a moment, only what would come too late.
func (r *Runner) Reroute(ctx context.Context) (n int, err error) {
	if err := r.sender.learn(ctx); err != nil {
		return 0, err
	}
	down, faltering := r.sender.silent()
	if len(down)+len(faltering) == 0 {
		return 0, nil
	}
	err = r.Store.Tx(ctx, func(tx store.Tx) error {
		now := r.Clock.Now()
		out, err := tx.Stranded(ctx, down, time.Time{}, strandedAtOnce)
		if err != nil {
			return err
		}
		late, err := tx.Stranded(ctx, faltering, now.Add(inTime), strandedAtOnce)
		if err != nil {
			return err
		}
		n = 0
		for _, o := range append(out, late...) {
			if r.sender.toRoom(&o) {
				continue
			}
			n++
			if err := r.sender.divert(ctx, tx, &o, fateStale, now); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// reroutes looks once in a while.
func (r *Runner) reroutes(ctx context.Context) error {
	for ctx.Err() == nil {
		if _, err := r.beside(ctx, r.Reroute); err != nil && ctx.Err() == nil {
			r.Log.Error("saying elsewhere what is stranded", "error", err)
		}
		_ = r.Clock.Until(ctx, r.Clock.Now().Add(lookAgain)) // ends early only with ctx
	}
	return nil
}
