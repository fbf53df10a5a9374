package store

import (
	"context"
	"fmt"
	"time"
)

// talked are the tables of what people said, with the column to go by and the condition on rows that are
// over; $1 is the moment.
var talked = []struct{ table, key, over string }{
	{"inbox", "seq", `state <> 'waiting' AND ended_us < $1`}, // a parked turn of the desk holds words too
	{"outbox", "seq", `created_us < $1`},                     // one that never went, too: its messenger was turned off
	{"files", "ref", `created_us < $1`},
	{"answers", "seq", `at_us < $1`},
	{"ticket_notes", "seq", `at_us < $1 AND ticket_id IN (SELECT id FROM tickets WHERE state = 'closed')`},
	{"links", "id", `created_us < $1`},
}

// passing are the tables of what is soon of no use; $1 is the moment.
var passing = []struct{ table, key, over string }{
	{"sessions", "token_hash", `until_us < $1`},
	{"attempts", "key", `at_us < $1`},
	{"files", "ref", `ref IN (SELECT ref FROM drafts WHERE created_us < $1)`}, // with their drafts
}

// Prune implements Chores.
func (t *tx) Prune(ctx context.Context, talk, signals time.Time, limit int) (int, error) {
	gone := 0
	for _, k := range talked {
		n, err := t.prune(ctx, k.table, k.key, k.over, talk, limit)
		if err != nil {
			return gone, err
		}
		gone += n
	}
	forgotten, err := t.exec(ctx, "pruning channel_memory", `DELETE FROM channel_memory WHERE until_us <> 0 AND until_us < $1`, micros(signals))
	if gone += int(forgotten); err != nil {
		return gone, err
	}
	for _, k := range passing {
		n, err := t.prune(ctx, k.table, k.key, k.over, signals, limit)
		if err != nil {
			return gone, err
		}
		gone += n
	}
	n, err := t.prune(ctx, "inbox", "seq", `state = 'done' AND line = 0 AND ended_us < $1`, signals, limit)
	return gone + n, err
}

func (t *tx) prune(ctx context.Context, table, key, over string, before time.Time, limit int) (int, error) {
	n, err := t.exec(ctx, "pruning "+table,
		fmt.Sprintf(`DELETE FROM %[1]s WHERE %[2]s IN (SELECT %[2]s FROM %[1]s WHERE %[3]s ORDER BY %[2]s %[4]s)`, table, key, over, atMost("$2")),
		micros(before), limit)
	return int(n), err
}
