package runner

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"careline/bot/desk"
	"careline/bot/engine"
	"careline/store"
)

// A phone that was typed proves nothing. Who typed one that somebody has proven can write here a code that only that
// somebody reads: who does holds both. Nothing else differs for who typed it, whether the phone is known or not: that
// somebody is a patient is nobody's business.
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
	Into  string  `json:"into,omitempty"` // the chat that reads it; empty = nobody does
	Phone string  `json:"phone,omitempty"`
	Hash  string  `json:"hash,omitempty"`  // empty = none is valid
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
	if k.Until < c.now.UnixMicro() {
		k.spend()
	}
	k.Made, k.Came = slices.DeleteFunc(k.Made, old), slices.DeleteFunc(k.Came, old)
	return k, nil
}

// codesThere are those of another chat, which tries none and is not erased until they are written.
func (c *chat) codesThere(ctx context.Context, contact string) (sentCode, error) {
	if err := c.tx.LockChats(ctx, []string{contact}); err != nil {
		return sentCode{}, err
	}
	return c.codes(ctx, contact)
}

// spend leaves nothing of the code, nor of the phone.
func (k *sentCode) spend() { k.Into, k.Hash, k.Phone, k.Until = "", "", "", 0 }

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

// leave quits a dialog silently.
func (c *chat) leave(ctx context.Context, dialog string) error {
	_, err := c.step(ctx, engine.Input{Leaves: &engine.Leaving{Dialog: dialog}})
	return err
}

// RefuseCode: it was not the person who asked for the code. It is worth nothing any more, the chat that asked gets no
// other, and a human looks.
func (c *chat) RefuseCode(ctx context.Context) error {
	mine, err := c.codes(ctx, c.row.ID)
	if err != nil || mine.From == "" {
		return err
	}
	theirs, err := c.codesThere(ctx, mine.From)
	if err != nil {
		return err
	}
	if theirs.Into == c.row.ID {
		theirs.spend()
	}
	theirs.Never = c.row.ID
	if err := c.keepCodes(ctx, mine.From, theirs); err != nil {
		return err
	}
	t := store.Ticket{ContactID: c.row.ID, PatientID: c.row.PatientID, Kind: "not_me", Priority: desk.High}
	return c.house.Desk.Once(ctx, c.tx, t, c.now)
}
