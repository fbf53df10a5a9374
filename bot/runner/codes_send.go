package runner

import (
	"context"
	"slices"
	"strings"

	"careline/bot/actions"
	"careline/dialogs"
	"careline/store"
)

// SendCode sends a code into the chat of the phone's owner, who may be the person of this chat. When there is nobody,
// or they have been asked enough, a code that nobody reads takes its place.
func (c *chat) SendCode(ctx context.Context) (actions.Sent, error) {
	phone, proven, err := c.phone(ctx)
	switch {
	case err != nil || phone == "":
		return actions.NoCode, err
	case proven:
		return actions.OwnPhone, nil
	}
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || len(mine.Made) >= codesADay {
		return actions.NoCode, err
	}
	into, err := c.owner(ctx, phone)
	if err != nil {
		return "", err
	}
	if into == mine.Never {
		into = ""
	}
	code := c.newCode()
	if into != "" {
		if into, err = c.deliver(ctx, into, code); err != nil {
			return "", err
		}
	}
	mine.expect(into, phone, hashed(code, c.row.ID, into), c.now)
	mine.Made = append(mine.Made, c.now.UnixMicro())
	return actions.CodeSent, c.keepCodes(ctx, c.row.ID, mine)
}

// deliver says the code in the other chat; empty when that has been told enough.
func (c *chat) deliver(ctx context.Context, into, code string) (string, error) {
	o, err := c.other(ctx, into)
	if err != nil || o == nil {
		return "", err
	}
	theirs, err := c.codes(ctx, into)
	if err != nil || len(theirs.Came) >= codesADay {
		return "", err
	}
	theirs.From, theirs.Came = c.row.ID, append(theirs.Came, c.now.UnixMicro())
	if err := c.keepCodes(ctx, into, theirs); err != nil {
		return "", err
	}
	if err := o.leave(ctx, dialogs.CodeDialog); err != nil { // that of an earlier code
		return "", err
	}
	return into, o.begin(ctx, dialogs.CodeDialog, map[string]any{"code": code, "messenger": o.messenger(c.row.Channel)})
}

// ShowCode makes a code that the person, whose phone is proven, writes in a chat where they only typed it; empty =
// enough were made today. Nobody is told in those chats: others may have typed the phone.
func (c *chat) ShowCode(ctx context.Context) (string, error) {
	phone, proven, err := c.phone(ctx)
	if err != nil || !proven {
		return "", err
	}
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || len(mine.Made) >= codesADay {
		return "", err
	}
	mine.Made = append(mine.Made, c.now.UnixMicro())
	if err := c.keepCodes(ctx, c.row.ID, mine); err != nil {
		return "", err
	}
	typed, err := c.typed(ctx, phone)
	if err != nil {
		return "", err
	}
	code := c.newCode()
	slices.SortFunc(typed, func(a, b store.Contact) int { return strings.Compare(a.ID, b.ID) }) // against deadlocks
	for _, o := range typed {
		theirs, err := c.codesThere(ctx, o.ID)
		if err != nil {
			return "", err
		}
		if theirs.Never == c.row.ID {
			continue
		}
		theirs.expect(c.row.ID, phone, hashed(code, o.ID, c.row.ID), c.now)
		if err := c.keepCodes(ctx, o.ID, theirs); err != nil {
			return "", err
		}
	}
	return code, nil
}

// phone is what the person has proven in one of their chats, else what they told.
func (c *chat) phone(ctx context.Context) (phone string, proven bool, err error) {
	if c.row.Phone != "" {
		return c.row.Phone, true, nil
	}
	others, err := c.others(ctx)
	for _, o := range others {
		if o.Phone != "" && (c.me.Row.Phone == "" || o.Phone == c.me.Row.Phone) {
			return o.Phone, true, err
		}
	}
	return c.me.Row.Phone, false, err
}

// owner is the chat of the one patient who has proven the phone, as far as they may be the person of this chat; empty =
// there is none, or it is not clear who.
func (c *chat) owner(ctx context.Context, phone string) (contact string, err error) {
	chats, err := c.tx.ContactsOwning(ctx, phone)
	if err != nil {
		return "", err
	}
	patients, err := c.proven(ctx, phone)
	if err != nil {
		return "", err
	}
	patients = slices.DeleteFunc(patients, c.isAnother)
	if len(patients) != 1 {
		return "", nil
	}
	for _, o := range chats {
		if o.PatientID == patients[0].ID && c.takes(o) {
			return o.ID, nil
		}
	}
	return "", nil
}

// typed are the chats of others who have only typed the phone, and may be the person of this chat.
func (c *chat) typed(ctx context.Context, phone string) (typed []store.Contact, err error) {
	patients, err := c.tx.PatientsAt(ctx, []string{phone})
	if err != nil {
		return nil, err
	}
	for _, p := range patients {
		if p.ID == c.row.PatientID || c.isAnother(p) {
			continue
		}
		chats, err := c.tx.ContactsOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		for _, o := range chats {
			if c.takes(o) {
				typed = append(typed, o)
			}
		}
	}
	return typed, nil
}

// takes reports whether the chat can be written to and from.
func (c *chat) takes(o store.Contact) bool {
	return !c.isRoom(o) && o.BlockedAt.IsZero() && !c.sender.down(o.Channel)
}
