package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/channels"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// sendWithin is how long the network may think about one message: all others wait behind it.
const sendWithin = 12 * time.Second

// Send shows m. The ids of its parts come from its key, so a phone shows what is sent twice once. Receipt.ID is that of
// the last part.
func (w *WhatsApp) Send(ctx context.Context, to channels.Address, m channels.Outgoing) (channels.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return channels.Receipt{}, err
	}
	chat, err := w.chat(to)
	if err != nil {
		return channels.Receipt{}, err
	}
	l, err := w.ready()
	if err != nil {
		return channels.Receipt{}, err
	}
	shown := channels.Render(m, w.caps, w.options.Words)
	if m.Redraws != "" || len(shown) == 0 {
		return channels.Receipt{ID: m.Redraws}, nil // there is nothing to redraw: choices are lines of text
	}
	d := delivery{line: l, to: to.Chat, chat: chat, done: m.Done}
	err = d.run(ctx, m, shown)
	if d.line.seen.Load() {
		d.line.online(ctx, false)
	}
	if err != nil {
		failed := refusal(err)
		failed.Done = d.done
		w.note(ctx, failed)
		return channels.Receipt{}, failed
	}
	return channels.Receipt{ID: messageID(shown[len(shown)-1].Key)}, nil
}

// ready is the device at work, or why there is none.
func (w *WhatsApp) ready() (*line, error) {
	running, unlinked, stopped := w.health.state()
	l := w.line.Load()
	switch {
	case !running:
		return nil, elsewhere
	case stopped != nil:
		return nil, stopped.failure(w.options.Now())
	case unlinked:
		return nil, noDevice
	case l == nil || !l.up.Load():
		return nil, lost(whatsmeow.ErrNotConnected)
	}
	return l, nil
}

// note remembers a refusal that is about all who are silent, for the next process too.
func (w *WhatsApp) note(ctx context.Context, e *channels.Error) {
	if e.Code != codeLocked || e.RetryAfter < lockedFor {
		return // or it is what we said ourselves
	}
	until := w.options.Now().Add(e.RetryAfter)
	w.health.locked(until)
	w.options.Log.ErrorContext(ctx, "whatsapp lets no conversation be begun", "code", e.Code, "for", e.RetryAfter)
	if err := w.options.Memory.Remember(ctx, memoryLocked, until.UTC().Format(time.RFC3339), until); err != nil {
		w.options.Log.WarnContext(ctx, "whatsapp lock was not noted", "error", err)
	}
}

// delivery is one message on its way into a chat.
type delivery struct {
	*line
	to   string    // the chat as careline knows it
	chat types.JID // whom the network is to bring it to
	done int       // how many of the rendered messages the network has taken
}

func (d *delivery) run(ctx context.Context, m channels.Outgoing, shown []channels.Shown) error {
	if err := d.admit(ctx, m.Heard); err != nil {
		return err
	}
	if err := d.resolve(ctx); err != nil {
		return err
	}
	seconds, err := d.timers.of(ctx, d.to)
	if err != nil {
		return err
	}
	for ; d.done < len(shown); d.done++ {
		if err := d.options.Pause(ctx, time.Duration(d.options.Random()*float64(jitterFor))); err != nil {
			return err
		}
		if err := d.show(ctx, shown[d.done], seconds); err != nil {
			return err
		}
	}
	return nil
}

// admit keeps messages back that would invite a ban.
func (d *delivery) admit(ctx context.Context, heard time.Time) error {
	now := d.options.Now()
	if now.Sub(heard) < silentFor {
		return nil
	}
	said, err := d.options.Memory.Recall(ctx, memoryLocked)
	if err != nil {
		return fmt.Errorf("recalling a lock: %w", err)
	}
	if until, err := time.Parse(time.RFC3339, said); err == nil && until.After(now) {
		d.health.locked(until)
		return &channels.Error{Kind: channels.Held, Code: codeLocked, Reason: "WhatsApp lets no conversation be begun", RetryAfter: until.Sub(now)}
	}
	return d.cold.admit(ctx, d.to, heard)
}

// resolve finds the hidden id of who is known by phone alone: the network brings messages to no other.
func (d *delivery) resolve(ctx context.Context) error {
	if d.chat.Server == types.HiddenUserServer {
		return nil
	}
	lid, err := d.lids.GetLIDForPN(ctx, d.chat)
	if err != nil {
		return errSession
	}
	if lid.IsEmpty() {
		found, err := d.client.GetUserInfo(ctx, []types.JID{d.chat})
		if err != nil {
			return lost(err)
		}
		if lid = found[d.chat].LID; lid.IsEmpty() {
			return notThere
		}
	}
	d.chat = lid.ToNonAD()
	return nil
}

func (d *delivery) show(ctx context.Context, s channels.Shown, seconds uint32) error {
	id := messageID(s.Key)
	m, err := d.build(ctx, id, s, seconds)
	if err != nil {
		return err
	}
	sending, done := d.crypt.sending(ctx)
	defer done()
	_, err = d.client.SendMessage(sending, d.chat, m, whatsmeow.SendRequestExtra{ID: id, Timeout: sendWithin})
	if err != nil && ctx.Err() != nil && !errors.Is(err, whatsmeow.ErrServerReturnedError) {
		return ctx.Err()
	}
	return err
}

// build writes one rendered message as WhatsApp's. Seconds is the chat's timer.
func (d *delivery) build(ctx context.Context, id types.MessageID, s channels.Shown, seconds uint32) (*waE2E.Message, error) {
	var c *waE2E.ContextInfo
	if seconds > 0 {
		c = &waE2E.ContextInfo{Expiration: &seconds}
	}
	switch {
	case s.File != nil:
		return d.file(ctx, s, c)
	case s.Place != nil:
		return place(s.Place, c), nil
	case len(s.Poll) > 0:
		m, err := d.poll(ctx, id, s)
		if err == nil {
			m.PollCreationMessage.ContextInfo = c
		}
		return m, err
	case c != nil:
		return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &s.Text, ContextInfo: c}}, nil
	}
	return &waE2E.Message{Conversation: &s.Text}, nil
}

func place(p *channels.Place, c *waE2E.ContextInfo) *waE2E.Message {
	return &waE2E.Message{LocationMessage: &waE2E.LocationMessage{
		DegreesLatitude: &p.Latitude, DegreesLongitude: &p.Longitude, ContextInfo: c,
		Name: given(p.Title), Address: given(p.Address), URL: given(p.URL),
	}}
}

// given is nil for a text that is not there.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
