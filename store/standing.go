package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// EachStanding implements Conversations.
func (t *tx) EachStanding(ctx context.Context, f func(state json.RawMessage)) error {
	const doing = "reading where people stand"
	rows, err := t.QueryContext(ctx, `SELECT state FROM conversations WHERE dialog <> ''`)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	defer rows.Close()
	for rows.Next() {
		var state json.RawMessage
		if err := rows.Scan(raw{&state}); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
		f(state)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", doing, t.dialect.explain(err))
	}
	return nil
}
