package store

import (
	"context"
	"time"
)

// Present implements Presences.
func (t *tx) Present(ctx context.Context, p Presence, now time.Time) error {
	if _, err := t.exec(ctx, "forgetting who has stopped writing", `DELETE FROM presence WHERE until_us <= $1`, micros(now)); err != nil {
		return err
	}
	_, err := t.exec(ctx, "noting who is writing", `INSERT INTO presence (contact_id, account_id, name, until_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (contact_id, account_id) DO UPDATE SET name = excluded.name, until_us = excluded.until_us`,
		p.ContactID, p.AccountID, p.Name, micros(p.Until))
	return err
}

// Writing implements Presences.
func (t *tx) Writing(ctx context.Context, contacts []string, now time.Time) ([]Presence, error) {
	if len(contacts) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading who is writing", func(p *Presence) []any {
		return []any{&p.ContactID, &p.AccountID, &p.Name, at{&p.Until}}
	}, `SELECT contact_id, account_id, name, until_us FROM presence WHERE contact_id = ANY(`+p.add(contacts)+`)
		AND until_us > `+p.add(micros(now))+` ORDER BY contact_id, name, account_id`, p...)
}

// Absent implements Presences.
func (t *tx) Absent(ctx context.Context, contact, account string) error {
	_, err := t.exec(ctx, "noting who has stopped writing", `DELETE FROM presence WHERE contact_id = $1 AND account_id = $2`, contact, account)
	return err
}
