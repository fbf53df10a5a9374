package access

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/store"

	"github.com/alexedwards/scs/v2"
)

// keeper keeps the sessions of scs in the store. A session is written once: what changes in it is a new one with
// another token, so a late request of a session that has ended cannot bring it back.
type keeper struct{ *Access }

var _ scs.CtxStore = keeper{}

// touching is how old the note of a session's last use may be: not every request writes.
const touching = 5 * time.Minute

// halfway is how long somebody who has told their password may take for what is still asked of them.
const halfway = 15 * time.Minute

// FindCtx implements scs.CtxStore.
func (k keeper) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	s, err := k.session(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if now := k.now(); now.Sub(s.SeenAt) > touching {
		if err := k.store.Tx(ctx, func(tx store.Tx) error { return tx.Seen(ctx, hash, now) }); err != nil {
			return nil, false, err
		}
	}
	return s.Data, true, nil
}

// session is one that is not over.
func (k keeper) session(ctx context.Context, hash string) (s store.SignIn, err error) {
	now := k.now()
	err = k.store.Read(ctx, func(tx store.Tx) error {
		s, err = tx.SignInBy(ctx, hash, now)
		return err
	})
	if err == nil && now.Sub(s.SeenAt) >= Idle {
		err = store.ErrNotFound
	}
	return s, err
}

// CommitCtx implements scs.CtxStore. How long the session lasts is told by our clock.
func (k keeper) CommitCtx(ctx context.Context, hash string, data []byte, _ time.Time) error {
	_, values, err := k.sessions.Codec.Decode(data)
	if err != nil {
		return fmt.Errorf("reading a new session: %w", err)
	}
	id, _ := values[accountKey].(string)
	stage, _ := values[stageKey].(int)
	now := k.now()
	goesOn, _ := values[goesOnKey].(bool)
	s := store.SignIn{TokenHash: hash, AccountID: id, Data: data, SeenAt: now, Until: now.Add(Lifetime)}
	if Stage(stage) != In {
		s.Until = now.Add(halfway)
	}
	return k.store.Tx(ctx, func(tx store.Tx) error {
		if err := tx.AddSignIn(ctx, s); err != nil || Stage(stage) != In || goesOn {
			return err
		}
		return tx.NoteDeeds(ctx, []store.Deed{{At: now, AccountID: id, Action: string(CameIn), Address: Address(ctx)}})
	})
}

// DeleteCtx implements scs.CtxStore.
func (k keeper) DeleteCtx(ctx context.Context, hash string) error {
	return k.store.Tx(ctx, func(tx store.Tx) error { return tx.EndSignIn(ctx, hash) })
}

// Find implements scs.Store.
func (k keeper) Find(hash string) ([]byte, bool, error) { return k.FindCtx(context.Background(), hash) }

// Commit implements scs.Store.
func (k keeper) Commit(hash string, data []byte, until time.Time) error {
	return k.CommitCtx(context.Background(), hash, data, until)
}

// Delete implements scs.Store.
func (k keeper) Delete(hash string) error { return k.DeleteCtx(context.Background(), hash) }
