package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// thread is a chat that the transaction keeps for itself, and the number of its last line.
type thread struct {
	contact string
	last    int64
	grown   bool
}

// keep locks chats until the transaction ends, so that their lines appear in their order. Unknown contacts are
// an error.
func (t *tx) keep(ctx context.Context, contacts []string) error {
	strangers, err := t.keepKnown(ctx, contacts)
	if err != nil {
		return err
	}
	return unknown(len(strangers))
}

// keepKnown locks the chats of those of the contacts that exist, and returns the others.
func (t *tx) keepKnown(ctx context.Context, contacts []string) (strangers []string, err error) {
	more := t.notKept(contacts)
	if len(more) == 0 {
		return nil, nil
	}
	var p params
	locked, err := query(ctx, t, "locking chats", func(h *thread) []any { return []any{&h.contact, &h.last} },
		`SELECT contact_id, lines FROM threads WHERE contact_id = ANY(`+p.add(more)+`) ORDER BY contact_id `+t.dialect.Lock, p...)
	if err != nil {
		return nil, err
	}
	if t.threads == nil {
		t.threads = make(map[string]*thread, len(locked))
	}
	for i := range locked {
		t.threads[locked[i].contact] = &locked[i]
	}
	return t.notKept(more), nil
}

// await waits for transactions that are just making these contacts, and are ending now.
func (t *tx) await(ctx context.Context, strangers []string) error {
	rows := make([][]any, len(strangers))
	for i, c := range strangers {
		rows[i] = []any{c}
	}
	if _, err := t.insert(ctx, "waiting for a thread", `INSERT INTO threads (contact_id)`, rows, `ON CONFLICT (contact_id) DO NOTHING`); err != nil {
		return err
	}
	_, err := t.exec(ctx, "removing the threads of nobody",
		`DELETE FROM threads WHERE contact_id = ANY($1) AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.id = threads.contact_id)`, strangers)
	return err
}

// notKept are those of the contacts whose chats are not locked yet, in one order for all, against deadlocks.
func (t *tx) notKept(contacts []string) (more []string) {
	for _, c := range contacts {
		if c != "" && t.threads[c] == nil {
			more = append(more, c)
		}
	}
	slices.Sort(more)
	return slices.Compact(more)
}

// exist makes sure of contacts whose chats do not grow and need no lock. Unknown ones are an error.
func (t *tx) exist(ctx context.Context, contacts []string) error {
	asked := t.notKept(contacts)
	if len(asked) == 0 {
		return nil
	}
	n, err := t.number(ctx, "looking for chats", `SELECT count(*) FROM threads WHERE contact_id = ANY($1)`, asked)
	if err != nil {
		return err
	}
	return unknown(len(asked) - int(n))
}

func unknown(contacts int) error {
	if contacts > 0 {
		return fmt.Errorf("finding the chats of %d unknown contacts: %w", contacts, ErrNotFound)
	}
	return nil
}

// numbered gives every one of n things its line in the chat of contact(i); an empty contact gets 0.
func (t *tx) numbered(ctx context.Context, n int, contact func(i int) string) ([]int64, error) {
	contacts := make([]string, n)
	for i := range n {
		contacts[i] = contact(i)
	}
	if err := t.keep(ctx, contacts); err != nil {
		return nil, err
	}
	lines := make([]int64, n)
	for i, c := range contacts {
		if c == "" {
			continue
		}
		h := t.threads[c]
		h.last++
		h.grown = true
		lines[i] = h.last
	}
	return lines, nil
}

// Continue implements Contacts.
func (t *tx) Continue(ctx context.Context, contact, erased string) error {
	if err := t.keep(ctx, []string{contact, erased}); err != nil {
		return err
	}
	h := t.threads[contact]
	h.last, h.grown = t.threads[erased].last, true
	return nil
}

// grow writes down how long the chats have become, once for the whole transaction.
func (t *tx) grow(ctx context.Context) error {
	var grown []*thread
	for _, c := range slices.Sorted(maps.Keys(t.threads)) {
		if t.threads[c].grown {
			grown = append(grown, t.threads[c])
		}
	}
	for len(grown) > 0 {
		some := grown[:t.portion(len(grown), 2)]
		grown = grown[len(some):]
		rows := make([][]any, len(some))
		for i, h := range some {
			rows[i] = []any{h.contact, h.last}
		}
		table, args := t.table(rows)
		_, err := t.exec(ctx, "numbering lines", `WITH grown (contact_id, lines) AS (`+table+`)
			UPDATE threads SET lines = grown.lines FROM grown WHERE threads.contact_id = grown.contact_id`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}
