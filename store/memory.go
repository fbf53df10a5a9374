package store

import (
	"context"
	"time"
)

// Memories are what channels keep between their runs.
type Memories interface {
	// Recall is the value under a name; empty = none, or forgotten by now.
	Recall(ctx context.Context, channel, name string, now time.Time) (string, error)
	// Recalled are the values that channels have under the name, by channel.
	Recalled(ctx context.Context, name string, now time.Time) (map[string]string, error)
	// Remember sets it until then; a zero moment is for ever, an empty value forgets it. What is under the id of a
	// contact goes with the person.
	Remember(ctx context.Context, channel, name, value string, until time.Time) error
	// Erased are the chats of people who were erased, until Forgotten says that the channel knows nothing of them either.
	Erased(ctx context.Context, channel string) (chats []string, err error)
	Forgotten(ctx context.Context, channel, chat string) error
}

// Recall implements Memories.
func (t *tx) Recall(ctx context.Context, channel, name string, now time.Time) (string, error) {
	values, err := query(ctx, t, "recalling for a channel", scalar[string],
		`SELECT value FROM channel_memory WHERE channel = $1 AND name = $2 AND (until_us = 0 OR until_us > $3)`, channel, name, micros(now))
	if err != nil || len(values) == 0 {
		return "", err
	}
	return values[0], nil
}

// Recalled implements Memories.
func (t *tx) Recalled(ctx context.Context, name string, now time.Time) (map[string]string, error) {
	type memory struct{ channel, value string }
	all, err := query(ctx, t, "recalling for all channels", func(m *memory) []any { return []any{&m.channel, &m.value} },
		`SELECT channel, value FROM channel_memory WHERE name = $1 AND (until_us = 0 OR until_us > $2)`, name, micros(now))
	values := make(map[string]string, len(all))
	for _, m := range all {
		values[m.channel] = m.value
	}
	return values, err
}

// Remember implements Memories.
func (t *tx) Remember(ctx context.Context, channel, name, value string, until time.Time) error {
	if t.erased[name] {
		return nil
	}
	if value == "" {
		_, err := t.exec(ctx, "forgetting for a channel", `DELETE FROM channel_memory WHERE channel = $1 AND name = $2`, channel, name)
		return err
	}
	_, err := t.exec(ctx, "remembering for a channel", `INSERT INTO channel_memory (channel, name, value, until_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, name) DO UPDATE SET value = excluded.value, until_us = excluded.until_us`, channel, name, value, micros(until))
	return err
}

// erasedChat begins the name under which a channel finds a chat that it has to forget.
const erasedChat = "erased "

// Erased implements Memories.
func (t *tx) Erased(ctx context.Context, channel string) ([]string, error) {
	return query(ctx, t, "looking for erased chats", scalar[string],
		`SELECT value FROM channel_memory WHERE channel = $1 AND name LIKE '`+erasedChat+`%' ORDER BY name`, channel)
}

// Forgotten implements Memories.
func (t *tx) Forgotten(ctx context.Context, channel, chat string) error {
	return t.Remember(ctx, channel, erasedChat+chat, "", time.Time{})
}
