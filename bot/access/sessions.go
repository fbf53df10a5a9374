package access

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"careline/store"
)

// Session is one browser in which an account is in.
type Session struct {
	Own     bool // the one that asks
	Since   time.Time
	SeenAt  time.Time // roughly
	Address string    // where it began
	Browser string    // as it calls itself
}

// Sessions are where the visitor is in now, the last used first.
func (a *Access) Sessions(ctx context.Context) (all []Session, err error) {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	now := a.now()
	var kept []store.SignIn
	err = a.store.Read(ctx, func(tx store.Tx) error {
		kept, err = tx.SignInsOf(ctx, v.account.ID, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range kept {
		_, values, err := a.sessions.Codec.Decode(s.Data)
		if err != nil {
			return nil, fmt.Errorf("reading a session: %w", err)
		}
		stage, _ := values[stageKey].(int)
		if Stage(stage) != In || now.Sub(s.SeenAt) >= Idle {
			continue
		}
		since, _ := values[sinceKey].(int64)
		one := Session{Own: s.TokenHash == v.token, Since: time.Unix(since, 0), SeenAt: s.SeenAt}
		one.Address, _ = values[addressKey].(string)
		one.Browser, _ = values[browserKey].(string)
		all = append(all, one)
	}
	return all, nil
}

// EndOthers ends all sessions of the visitor but the one that asks.
func (a *Access) EndOthers(ctx context.Context) error {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	if v.token == "" {
		return ErrStage
	}
	return a.store.Tx(ctx, func(tx store.Tx) error {
		if err := tx.EndSignInsOf(ctx, v.account.ID, v.token); err != nil {
			return err
		}
		return a.Audit(ctx, tx, SessionsEnded, "", "account/"+v.account.ID)
	})
}

const longestAgent = 300 // bytes

// agent is what the browser calls itself.
func agent(r *http.Request) string {
	name := r.UserAgent()
	return strings.ToValidUTF8(name[:min(len(name), longestAgent)], "")
}
