package booking

import (
	"context"
	"fmt"

	"careline/store"
)

// without a consent nothing of these classes is said any more, in any chat of the person.
var without = map[string][]string{
	"personal": {"care", "advertising"}, "care": {"care"}, "advertising": {"advertising"},
}

// Agree records a «yes» or «no» to the document as it is now, and takes back what waits and may not be said without it.
func (r *Reception) Agree(ctx context.Context, tx store.Tx, c store.Consent) error {
	if doc := r.Clinic.Consent(c.Kind); doc != nil {
		c.Version = doc.Version
	}
	if err := tx.RecordConsents(ctx, []store.Consent{c}); err != nil {
		return fmt.Errorf("recording a consent: %w", err)
	}
	if c.Given {
		return nil
	}
	_, err := tx.DropClass(ctx, c.PatientID, without[c.Kind], "consent withdrawn", c.At)
	return err
}
