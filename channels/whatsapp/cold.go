package whatsapp

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"time"

	"careline/channels"
)

const (
	silentFor = 24 * time.Hour   // who wrote less long ago is answered
	coldEvery = 45 * time.Second // between two people who are silent, half as long or half as long again
	jitterFor = time.Second      // before any message, up to this
)

// cold lets few people a day be written to who are silent, one by one. Accounts that write to many are banned.
type cold struct {
	options *Options
	mu      sync.Mutex
	next    time.Time // when another person may be written to
}

// admit takes a place of the day for the chat of somebody who is silent; an error tells for how long there is none. Several
// messages to one person on one day are one place.
func (c *cold) admit(ctx context.Context, chat string, heard time.Time) error {
	now := c.options.Now()
	if heard.IsZero() {
		return stranger
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	day := now.UTC().Format(time.DateOnly)
	tomorrow := now.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	place := "cold " + day + " " + hashed(chat)
	had, err := c.options.Memory.Recall(ctx, place)
	if err != nil {
		return fmt.Errorf("recalling who was written to: %w", err)
	}
	if had != "" {
		return nil
	}
	if wait := c.next.Sub(now); wait > 0 {
		return &channels.Error{Kind: channels.Held, Code: "pace", Reason: "people who are silent are written to one by one", RetryAfter: wait}
	}
	said, err := c.options.Memory.Recall(ctx, "cold "+day)
	if err != nil {
		return fmt.Errorf("recalling how many were written to: %w", err)
	}
	count, _ := strconv.Atoi(said) // empty = none
	if count >= c.options.ColdPerDay {
		return &channels.Error{Kind: channels.Held, Code: "cap", Reason: "enough people who are silent have been written to today", RetryAfter: tomorrow.Sub(now)}
	}
	// The count first: should the process die between the two, one place of the day is lost, and none is won.
	if err := c.options.Memory.Remember(ctx, "cold "+day, strconv.Itoa(count+1), tomorrow); err != nil {
		return fmt.Errorf("remembering how many were written to: %w", err)
	}
	if err := c.options.Memory.Remember(ctx, place, "1", tomorrow); err != nil {
		return fmt.Errorf("remembering who was written to: %w", err)
	}
	c.next = now.Add(coldEvery/2 + time.Duration(c.options.Random()*float64(coldEvery)))
	return nil
}

func hashed(chat string) string {
	sum := sha256.Sum256([]byte(chat))
	return hex.EncodeToString(sum[:8])
}
