package store

import (
	"context"
	"fmt"
)

const fileColumns = `ref, channel, chat, name, kind, mime, data, created_us`

// PutFile implements Files.
func (t *tx) PutFile(ctx context.Context, f File) error {
	_, err := t.exec(ctx, "keeping a file", `INSERT INTO files (`+fileColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ref) DO NOTHING`,
		f.Ref, f.Channel, f.Chat, f.Name, f.Kind, f.MIME, f.Data, micros(f.CreatedAt))
	return err
}

// FileIn implements Files.
func (t *tx) FileIn(ctx context.Context, channel, chat, ref string) (File, error) {
	found, err := query(ctx, t, "opening a file", func(f *File) []any {
		return []any{&f.Ref, &f.Channel, &f.Chat, &f.Name, &f.Kind, &f.MIME, &f.Data, at{&f.CreatedAt}}
	}, `SELECT `+fileColumns+` FROM files WHERE ref = $1 AND channel = $2 AND chat = $3`, ref, channel, chat)
	if err != nil {
		return File{}, err
	}
	if len(found) == 0 {
		return File{}, fmt.Errorf("opening a file: %w", ErrNotFound)
	}
	return found[0], nil
}
