package store

import "context"

// Mark implements Marks.
func (t *tx) Mark(ctx context.Context, name string) (string, error) {
	values, err := query(ctx, t, "reading a mark", scalar[string], `SELECT value FROM marks WHERE name = $1`, name)
	if err != nil || len(values) == 0 {
		return "", err
	}
	return values[0], nil
}

// SetMark implements Marks.
func (t *tx) SetMark(ctx context.Context, name, value string) error {
	_, err := t.exec(ctx, "setting a mark", `INSERT INTO marks (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
