package runner

import (
	"context"

	"careline/dialogs"
	"careline/store"
)

// stillWanted looks, in the moment of sending, whether the person has not said «stop» since, nor the visit been moved
// or cancelled that a timeline says it about: fateSent when it may go. Answers are not looked at.
func (s *sender) stillWanted(ctx context.Context, out *store.Output) fate {
	if out.Ref == "" && out.Class != string(dialogs.CareClass) && out.Class != string(dialogs.AdvertisingClass) {
		return fateSent
	}
	unsaid := false
	err := s.Store.Read(ctx, func(tx store.Tx) (err error) {
		unsaid, err = tx.Unsaid(ctx, out.ID)
		return err
	})
	switch {
	case err != nil:
		s.Log.Warn("a message waits, for nobody knows whether it is still wanted", "output", out.ID, "error", err)
		return fateBack
	case unsaid:
		return fateLate
	}
	return fateSent
}
