package rehearsal

import (
	"context"
	"slices"
	"strings"

	"careline/bot/desk"
	"careline/channels"
	"careline/dialogs/transcript"
	"careline/store"
)

// line performs one line of the transcript.
func (p *play) line(ctx context.Context, l transcript.Line) error {
	p.pos = l.Pos
	switch l.Does {
	case transcript.Answers:
		return p.answers(l)
	case transcript.Attaches:
		return p.attaches(l.Text)
	case transcript.Silent:
		return p.nothingLeft()
	case transcript.Expects:
		return p.expect(ctx, l.Expect)
	case transcript.Taken:
		return p.taken(ctx, l.At.On(p.now()))
	}
	if err := p.nothingLeft(); err != nil { // whoever acts next has read everything
		return err
	}
	switch l.Does {
	case transcript.Passes:
		return p.runner.Load().PassTo(ctx, p.clock, p.clock.Now().Add(l.Pass))
	case transcript.Next:
		return p.next(ctx)
	case transcript.Down:
		return p.down(ctx, l.Pass)
	case transcript.Clock:
		return p.runner.Load().PassTo(ctx, p.clock, l.At.On(p.now()))
	case transcript.Operator:
		return p.operator(ctx, l.Text)
	case transcript.Booked:
		return p.booked(ctx, l.Visit)
	case transcript.Moved:
		return p.moved(ctx, l.At.On(p.now()))
	case transcript.Desk:
		return p.desk(ctx, l.Text)
	}
	return p.patient(ctx, l)
}

// patient does what a person does in a chat.
func (p *play) patient(ctx context.Context, l transcript.Line) error {
	if l.Does == transcript.Taps && p.marks(l.Text) {
		return nil
	}
	in, err := p.incoming(l)
	if err != nil {
		return err
	}
	times := 1
	if l.Twice {
		times = 2
	}
	for range times {
		if err := p.channel.Act(ctx, in); err != nil {
			return err
		}
	}
	return p.runner.Load().Settle(ctx)
}

func (p *play) incoming(l transcript.Line) (channels.Incoming, error) {
	switch l.Does {
	case transcript.Taps:
		return p.tap(l.Text, p.said[max(0, p.open()):])
	case transcript.Presses:
		return p.tap(l.Text, p.said)
	case transcript.Forges:
		return channels.Incoming{Choice: l.Text}, nil
	case transcript.Photo:
		return channels.Incoming{Files: []channels.File{{Kind: channels.Photo, Name: l.Text, MIME: "image/jpeg", Ref: l.Text}}}, nil
	case transcript.File:
		return channels.Incoming{Files: []channels.File{{Kind: channels.Document, Name: l.Text, MIME: "application/pdf", Ref: l.Text}}}, nil
	case transcript.Sticker, transcript.Voice:
		return channels.Incoming{Other: string(l.Does)}, nil
	case transcript.Contact:
		return channels.Incoming{Shared: l.Shared}, nil
	}
	return channels.Incoming{Text: l.Text}, nil
}

// answers checks the next message.
func (p *play) answers(l transcript.Line) error {
	if len(p.unheard) == 0 {
		return p.mistake("«"+l.Text+"»", "the bot said nothing")
	}
	next := p.unheard[0]
	p.unheard, p.last = p.unheard[1:], &next
	if !transcript.Match(l.Text, next.Text) {
		return p.mistake("«"+l.Text+"»", "the bot said «"+next.Text+"»")
	}
	if l.Buttons != nil && !slices.Equal(l.Buttons, next.labels()) {
		return p.mistake("buttons "+strings.Join(l.Buttons, " | "), "they are "+strings.Join(next.labels(), " | "))
	}
	return nil
}

// attaches looks at the message just heard, and else takes the next one.
func (p *play) attaches(what string) error {
	if p.last != nil && slices.Contains(p.last.attached(), what) {
		return nil
	}
	if len(p.unheard) == 0 {
		return p.mistake("an attachment: "+what, "the bot sent nothing")
	}
	next := p.unheard[0]
	if !slices.Contains(next.attached(), what) {
		return p.mistake("an attachment: "+what, "the bot said «"+next.Text+"»")
	}
	p.unheard, p.last = p.unheard[1:], &next
	return nil
}

// nothingLeft is a mistake when the bot said more than the lines named.
func (p *play) nothingLeft() error {
	if len(p.unheard) == 0 {
		return nil
	}
	return p.mistake("silence", "the bot said «"+p.unheard[0].Text+"» with buttons "+strings.Join(p.unheard[0].labels(), " | "))
}

// operator writes from the desk; the patient reads exactly that.
func (p *play) operator(ctx context.Context, text string) error {
	if err := p.turn(ctx, desk.Turn{Do: desk.Reply, Author: "administrator", Text: text}); err != nil {
		return err
	}
	if len(p.unheard) == 0 || p.unheard[0].Text != text {
		return p.mistake("the administrator's words", p.story())
	}
	p.unheard = p.unheard[1:]
	return nil
}

func (p *play) turn(ctx context.Context, t desk.Turn) error {
	err := p.runner.Load().Store.Tx(ctx, func(tx store.Tx) error {
		contact, err := p.contact(ctx, tx)
		if err != nil {
			return err
		}
		return desk.Submit(ctx, tx, contact.ID, p.id(), t, p.clock.Now())
	})
	if err != nil {
		return err
	}
	return p.runner.Load().Settle(ctx)
}

func (p *play) mistake(want, got string) error {
	return &Mistake{Pos: p.pos, Want: want, Got: got}
}

// story is what the bot said last, for a mistake.
func (p *play) story() string {
	if len(p.said) == 0 {
		return "the bot has said nothing yet"
	}
	last := p.said[len(p.said)-1]
	return "the last message is «" + last.Text + "» with buttons " + strings.Join(last.labels(), " | ")
}
