package store

import (
	"context"
	"maps"
	"slices"
	"time"
)

// HoldTime implements Appointments.
func (t *tx) HoldTime(ctx context.Context, h Hold, now time.Time) error {
	parts, err := encoded(h.Parts)
	if err != nil {
		return err
	}
	return t.Savepoint(ctx, func() error {
		if err := t.clearHolds(ctx, h.Parts, now); err != nil {
			return err
		}
		_, err := t.exec(ctx, "holding time",
			`INSERT INTO holds (id, contact_id, task, service, branch, parts, until_us, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			h.ID, h.ContactID, h.Task, h.Service, h.Branch, parts, micros(h.Until), h.Place)
		if err != nil {
			return err
		}
		return t.take(ctx, h.Parts, func(i int) Busy {
			return Busy{ID: partID(h.ID, i), Kind: Held, Hold: h.ID, Until: h.Until}
		})
	})
}

// Holds implements Appointments.
func (t *tx) Holds(ctx context.Context, contact string, task int) ([]Hold, error) {
	return query(ctx, t, "reading holds", func(h *Hold) []any {
		return []any{&h.ID, &h.ContactID, &h.Task, &h.Service, &h.Branch, decoded{&h.Parts}, at{&h.Until}, &h.Place}
	}, `SELECT id, contact_id, task, service, branch, parts, until_us, place FROM holds
		WHERE contact_id = $1 AND (task = $2 OR place <> '') ORDER BY until_us, id`, contact, task)
}

// FreeHolds implements Appointments.
func (t *tx) FreeHolds(ctx context.Context, tasks map[string][]int) error {
	var rows [][]any
	for _, contact := range slices.Sorted(maps.Keys(tasks)) {
		for _, task := range tasks[contact] {
			rows = append(rows, []any{contact, task})
		}
	}
	for len(rows) > 0 {
		n := t.portion(len(rows), 2)
		table, args := t.table(rows[:n])
		if _, err := t.exec(ctx, "freeing holds", `DELETE FROM holds WHERE (contact_id, task) IN (`+table+`)`, args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// FreePlaces implements Appointments.
func (t *tx) FreePlaces(ctx context.Context, places []string) error {
	if len(places) == 0 {
		return nil
	}
	var p params
	_, err := t.exec(ctx, "freeing holds", `DELETE FROM holds WHERE place = ANY(`+p.add(places)+`) AND place <> ''`, p...)
	return err
}
