package runner

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/bot/actions"
	"careline/bot/desk"
	"careline/bot/engine"
	"careline/dialogs"
	"careline/store"
)

// A phone that was typed proves nothing. Who typed one that somebody has proven, or has proven one that somebody typed,
// is sent a code into that other chat: who can write it in this one holds both.
const (
	codeFor     = 10 * time.Minute
	codeTries   = 3
	codesADay   = 3 // from one chat, and into one chat
	refusedFor  = 365 * 24 * time.Hour
	codesMemory = "codes" // where they are kept, beside what channels remember
	aDay        = 24 * time.Hour
)

// sentCode is what is kept of the codes of a chat. Of the code itself there is only what it is known again by.
type sentCode struct {
	Into  string  `json:"into,omitempty"` // the chat that it was sent to; empty = none is valid
	Phone string  `json:"phone,omitempty"`
	Hash  string  `json:"hash,omitempty"`
	Until int64   `json:"until,omitempty"` // UTC microseconds
	Tries int     `json:"tries,omitempty"`
	Made  []int64 `json:"made,omitempty"`  // when the codes of the last day were made
	From  string  `json:"from,omitempty"`  // the chat in which the last code is to be typed that came here
	Came  []int64 `json:"came,omitempty"`  // when codes came here on the last day
	Never string  `json:"never,omitempty"` // the chat whose person said that it is not they
}

func (c *chat) codes(ctx context.Context, contact string) (k sentCode, err error) {
	value, err := c.tx.Recall(ctx, codesMemory, contact, c.now)
	if err != nil || value == "" {
		return k, err
	}
	if err := json.Unmarshal([]byte(value), &k); err != nil {
		return k, fmt.Errorf("reading the codes of a chat: %w", err)
	}
	old := func(at int64) bool { return c.now.Sub(time.UnixMicro(at)) >= aDay }
	k.Made, k.Came = slices.DeleteFunc(k.Made, old), slices.DeleteFunc(k.Came, old)
	return k, nil
}

func (c *chat) keepCodes(ctx context.Context, contact string, k sentCode) error {
	value, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("writing the codes of a chat: %w", err)
	}
	until := c.now.Add(aDay)
	if k.Never != "" {
		until = c.now.Add(refusedFor)
	}
	return c.tx.Remember(ctx, codesMemory, contact, string(value), until)
}

// hashed is what a code is known by again, in these two chats only.
func hashed(code, from, into string) string {
	h := sha256.Sum256([]byte(from + "\x00" + into + "\x00" + code))
	return hex.EncodeToString(h[:])
}

// newCode is six digits that nobody can guess.
func (r *Runner) newCode() string {
	h := sha256.Sum256([]byte(r.Unguessable()))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(h[:])%1_000_000)
}

// SendCode sends a code into the chat of somebody who may be the same person; false when there is none, or enough
// were sent.
func (c *chat) SendCode(ctx context.Context) (bool, error) {
	phone, proven, err := c.phone(ctx)
	if err != nil || phone == "" {
		return false, err
	}
	into, err := c.double(ctx, phone, proven)
	if err != nil || into == nil {
		return false, err
	}
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil {
		return false, err
	}
	o, err := c.other(ctx, into.ID)
	if err != nil || o == nil {
		return false, err
	}
	theirs, err := c.codes(ctx, o.row.ID)
	if err != nil || mine.Never == o.row.ID || len(mine.Made) >= codesADay || len(theirs.Came) >= codesADay {
		return false, err
	}
	code := c.newCode()
	mine.Into, mine.Phone, mine.Hash, mine.Tries = o.row.ID, phone, hashed(code, c.row.ID, o.row.ID), 0
	mine.Until, mine.Made = c.now.Add(codeFor).UnixMicro(), append(mine.Made, c.now.UnixMicro())
	theirs.From, theirs.Came = c.row.ID, append(theirs.Came, c.now.UnixMicro())
	if err := c.keepCodes(ctx, c.row.ID, mine); err != nil {
		return false, err
	}
	if err := c.keepCodes(ctx, o.row.ID, theirs); err != nil {
		return false, err
	}
	if err := o.leave(ctx, dialogs.CodeDialog); err != nil { // that of an earlier code
		return false, err
	}
	return true, o.begin(ctx, dialogs.CodeDialog, map[string]any{"code": code, "messenger": o.messenger(c.row.Channel)})
}

// leave quits a dialog silently.
func (c *chat) leave(ctx context.Context, dialog string) error {
	_, err := c.step(ctx, engine.Input{Leaves: &engine.Leaving{Dialog: dialog}})
	return err
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

// double is the chat of another patient of the same phone, where one of both has proven it; nil when there is none, or
// it is not clear whose. Two who only typed it are nobody to each other.
func (c *chat) double(ctx context.Context, phone string, proven bool) (*store.Contact, error) {
	patients, err := c.proven(ctx, phone)
	if err == nil && proven && len(patients) == 0 {
		patients, err = c.tx.PatientsAt(ctx, []string{phone})
	}
	if err != nil {
		return nil, err
	}
	var found *store.Contact
	for _, p := range patients {
		if p.ID == c.row.PatientID || c.isAnother(p) {
			continue
		}
		chats, err := c.tx.ContactsOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		chats = slices.DeleteFunc(chats, func(o store.Contact) bool {
			return c.isRoom(o) || !o.BlockedAt.IsZero() || c.sender.down(o.Channel) || !proven && o.Phone != phone
		})
		if len(chats) == 0 {
			continue
		}
		if found != nil {
			return nil, nil
		}
		found = &chats[0]
	}
	return found, nil
}

// TryCode joins both chats when the code is right.
func (c *chat) TryCode(ctx context.Context, code string) (actions.Tried, error) {
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || mine.Into == "" || c.now.UnixMicro() > mine.Until {
		return actions.CodeOver, err
	}
	digits := digitsOf(code)
	if subtle.ConstantTimeCompare([]byte(hashed(digits, c.row.ID, mine.Into)), []byte(mine.Hash)) != 1 {
		tried := actions.CodeWrong
		if mine.Tries++; mine.Tries >= codeTries {
			mine.Into, mine.Hash, tried = "", "", actions.CodeOver
		}
		return tried, c.keepCodes(ctx, c.row.ID, mine)
	}
	o, err := c.other(ctx, mine.Into)
	if err != nil || o == nil {
		return actions.CodeOver, err
	}
	phone := mine.Phone
	mine.Into, mine.Hash, mine.Phone = "", "", ""
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

// RefuseCode: it was not the person who asked for the code. It is worth nothing any more, the chat that asked gets no
// other, and a human looks.
func (c *chat) RefuseCode(ctx context.Context) error {
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || mine.From == "" {
		return err
	}
	theirs, err := c.codes(ctx, mine.From)
	if err != nil {
		return err
	}
	if theirs.Into == c.row.ID {
		theirs.Into, theirs.Hash, theirs.Phone = "", "", ""
	}
	theirs.Never = c.row.ID
	if err := c.keepCodes(ctx, mine.From, theirs); err != nil {
		return err
	}
	t := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "not_me", Priority: desk.High}
	return c.house.Desk.Once(ctx, c.tx, t, c.now)
}
