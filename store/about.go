package store

import "context"

// About implements Outbox.
func (t *tx) About(ctx context.Context, contact, receipt string) (string, error) {
	found, err := query(ctx, t, "looking for what a message is about", scalar[string],
		`SELECT ref FROM outbox WHERE contact_id = $1 AND receipt = $2 AND receipt <> '' AND ref <> '' ORDER BY line DESC LIMIT 1`, contact, receipt)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}
