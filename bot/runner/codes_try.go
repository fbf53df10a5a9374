package runner

import (
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"careline/bot/actions"
	"careline/bot/engine"
	"careline/channels"
	"careline/dialogs"
)

// digitsOfCode is how long a code is.
const digitsOfCode = 6

// expect lets the chat write a code that is read in the chat into.
func (k *sentCode) expect(into, phone, hash string, now time.Time) {
	k.Into, k.Phone, k.Hash, k.Tries, k.Until = into, phone, hash, 0, now.Add(codeFor).UnixMicro()
}

// TryCode joins both chats when the code is right. One that nobody reads is wrong as often as any other.
func (c *chat) TryCode(ctx context.Context, code string) (actions.Tried, error) {
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || mine.Hash == "" {
		return actions.CodeOver, err
	}
	right := hashed(digitsOf(code), c.row.ID, mine.Into)
	if mine.Into == "" || subtle.ConstantTimeCompare([]byte(right), []byte(mine.Hash)) != 1 {
		tried := actions.CodeWrong
		if mine.Tries++; mine.Tries >= codeTries {
			mine.spend()
			tried = actions.CodeOver
		}
		return tried, c.keepCodes(ctx, c.row.ID, mine)
	}
	o, err := c.other(ctx, mine.Into)
	if err != nil || o == nil {
		return actions.CodeOver, err
	}
	phone := mine.Phone
	mine.spend()
	if err := c.keepCodes(ctx, c.row.ID, mine); err != nil {
		return "", err
	}
	if o.row.PatientID != c.row.PatientID {
		if c.isAnother(o.me.Row) {
			return actions.CodeOver, c.doubt(ctx)
		}
		if err := c.unite(ctx, o.me.Row); err != nil {
			return "", err
		}
	}
	for _, held := range []*chat{c, o} {
		held.row.Phone, held.rowChanged = phone, true
	}
	return actions.CodeRight, o.leave(ctx, dialogs.CodeDialog)
}

// linked takes a right code wherever the person writes it, for nobody has asked them to. Any other digits are what they
// are without one.
func (c *chat) linked(ctx context.Context, m *channels.Incoming) (bool, error) {
	digits := digitsOf(m.Text)
	if len(digits) != digitsOfCode || len(m.Text) > digitsOfCode+2 || m.Edited || !c.me.Consents["personal"] ||
		c.conversation.Owner != dialogs.Bot || c.runs(dialogs.SamePersonDialog) {
		return false, nil
	}
	tried, err := c.TryCode(ctx, digits)
	if err != nil || tried != actions.CodeRight {
		return false, err
	}
	messenger := ""
	others, err := c.others(ctx)
	if len(others) > 0 {
		messenger = c.messenger(others[0].Channel)
	}
	if err != nil {
		return false, err
	}
	c.conversation.LastIn = c.now.UnixMicro()
	start := &engine.Start{Dialog: dialogs.JoinedDialog, With: map[string]any{"messenger": messenger}, Origin: joining}
	if _, err := c.step(ctx, engine.Input{Start: start}); err != nil {
		return false, fmt.Errorf("telling of the joined chats: %w", err)
	}
	return true, nil
}

// digitsOf leaves spaces and the like out of a code that was typed.
func digitsOf(code string) string {
	var digits []rune
	for _, r := range code {
		if r >= '0' && r <= '9' {
			digits = append(digits, r)
		}
	}
	return string(digits)
}
