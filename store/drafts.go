package store

import (
	"context"
	"time"
)

// Draft implements Files.
func (t *tx) Draft(ctx context.Context, account, contact, ref string, now time.Time) error {
	_, err := t.exec(ctx, "noting a file to be sent", `INSERT INTO drafts (ref, account_id, contact_id, created_us) VALUES ($1, $2, $3, $4)
		ON CONFLICT (ref) DO NOTHING`, ref, account, contact, micros(now))
	return err
}

// Drafts implements Files.
func (t *tx) Drafts(ctx context.Context, account, contact string) ([]File, error) {
	return query(ctx, t, "reading files to be sent", func(f *File) []any {
		return []any{&f.Ref, &f.Channel, &f.Chat, &f.Name, &f.Kind, &f.MIME, &f.Size, at{&f.CreatedAt}}
	}, `SELECT f.ref, f.channel, f.chat, f.name, f.kind, f.mime, length(f.data), f.created_us FROM drafts d JOIN files f ON f.ref = d.ref
		WHERE d.contact_id = $1 AND d.account_id = $2 ORDER BY d.created_us, d.ref`, contact, account)
}

// Undraft implements Files.
func (t *tx) Undraft(ctx context.Context, account, contact, ref string, sent bool) error {
	if !sent {
		if _, err := t.exec(ctx, "removing a file", `DELETE FROM files WHERE ref IN (SELECT ref FROM drafts WHERE ref = $1 AND account_id = $2 AND contact_id = $3)`,
			ref, account, contact); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, "noting a file that was sent", `DELETE FROM drafts WHERE ref = $1 AND account_id = $2 AND contact_id = $3`, ref, account, contact)
	return err
}
