package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// lines reserves places in chats: how many for each contact, and the last place of each in return.
// The rows stay locked until the transaction ends, so the lines of a chat appear in their order.
func (t *tx) lines(ctx context.Context, counts map[string]int64) (map[string]int64, error) {
	type thread struct {
		contact string
		last    int64
	}
	last := map[string]int64{}
	contacts := slices.Sorted(maps.Keys(counts)) // one order for all, against deadlocks
	for len(contacts) > 0 {
		some := contacts[:t.portion(len(contacts), 2)]
		contacts = contacts[len(some):]
		var p params
		values := make([]string, len(some))
		for i, c := range some {
			values[i] = "(CAST(" + p.add(c) + " AS TEXT), CAST(" + p.add(counts[c]) + " AS BIGINT))"
		}
		text := `WITH more (contact_id, n) AS (VALUES ` + strings.Join(values, ",") + `) UPDATE threads SET lines = lines + more.n FROM more
			WHERE threads.contact_id = more.contact_id RETURNING threads.contact_id, threads.lines`
		threads, err := query(ctx, t, "numbering lines", func(h *thread) []any {
			return []any{&h.contact, &h.last}
		}, text, p...)
		if err != nil {
			return nil, err
		}
		for _, h := range threads {
			last[h.contact] = h.last
		}
	}
	if missing := len(counts) - len(last); missing > 0 {
		return nil, fmt.Errorf("numbering lines of %d unknown contacts: %w", missing, ErrNotFound)
	}
	return last, nil
}

// numbered gives every one of n things its line in the chat of contact(i); an empty contact gets 0.
func (t *tx) numbered(ctx context.Context, n int, contact func(i int) string) ([]int64, error) {
	lines, counts := make([]int64, n), map[string]int64{}
	for i := range n {
		if c := contact(i); c != "" {
			counts[c]++
			lines[i] = counts[c]
		}
	}
	if len(counts) == 0 {
		return lines, nil
	}
	last, err := t.lines(ctx, counts)
	if err != nil {
		return nil, err
	}
	for i := range n {
		if c := contact(i); c != "" {
			lines[i] += last[c] - counts[c]
		}
	}
	return lines, nil
}
