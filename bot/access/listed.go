package access

import (
	"context"
	"sync"
	"time"
)

// glances are who was shown to whom in lists just now.
type glances struct {
	mu sync.Mutex
	at map[[2]string]time.Time // by account and patient
}

const (
	oneLook     = 10 * time.Minute
	mostGlances = 20_000
)

// Listed is Viewed for lists: one that is drawn anew with every letter, or whenever something happens, is one look in ten
// minutes.
func (a *Access) Listed(ctx context.Context, action Action, ref string, patients ...string) error {
	who, _ := From(ctx)
	now := a.now()
	fresh := a.glances.fresh(who.ID, patients, now)
	if err := a.Viewed(ctx, action, ref, fresh...); err != nil {
		return err
	}
	a.glances.keep(who.ID, fresh, now)
	return nil
}

// fresh are those of the patients whom the account has not been shown.
func (g *glances) fresh(account string, patients []string, now time.Time) (ids []string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, id := range patients {
		if at, ok := g.at[[2]string{account, id}]; !ok || now.Sub(at) >= oneLook {
			ids = append(ids, id)
		}
	}
	return ids
}

func (g *glances) keep(account string, patients []string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.at == nil || len(g.at) > mostGlances {
		g.at = map[[2]string]time.Time{}
	}
	for _, id := range patients {
		g.at[[2]string{account, id}] = now
	}
}
