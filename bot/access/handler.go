package access

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/http"

	"careline/store"
)

// Handler puts who makes the request into its context. It does not turn anybody away: whoever serves asks From and May.
func (a *Access) Handler(next http.Handler) http.Handler {
	inner := a.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := a.recognise(r.Context())
		if err != nil {
			a.broken(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitor{address: a.address(r), browser: agent(r), known: a.known(r)}
		inner.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)))
	})
}

// recognise is the context with the account of its session, if it is one that has come in.
func (a *Access) recognise(ctx context.Context) (context.Context, error) {
	id := a.sessions.GetString(ctx, accountKey)
	if id == "" || a.stage(ctx) != In {
		return ctx, nil
	}
	account, err := a.enabled(ctx, id)
	if err != nil || account.ID == "" {
		return ctx, err
	}
	v, _ := ctx.Value(visitorKey{}).(visitor)
	v.account, v.token = of(account), hashed(a.sessions.Token(ctx))
	return context.WithValue(ctx, visitorKey{}, v), nil
}

// enabled is the account, or an empty one when it may not come in.
func (a *Access) enabled(ctx context.Context, id string) (account store.Account, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.AccountsByID(ctx, []string{id})
		if err == nil && len(found) == 1 && found[0].DisabledAt.IsZero() {
			account = found[0]
		}
		return err
	})
	return account, err
}

// Still asks again who is signed in: whoever serves a stream ends it when the answer is no.
func (a *Access) Still(ctx context.Context) (Account, bool, error) {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	if v.token == "" {
		return Account{}, false, nil
	}
	_, found, err := keeper{a}.FindCtx(ctx, v.token)
	if err != nil || !found {
		return Account{}, false, err
	}
	account, err := a.enabled(ctx, v.account.ID)
	return of(account), account.ID != "", err
}

// hashed is a token as the sessions keep it.
func hashed(token string) string {
	h := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(h[:])
}

func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// broken answers when the sessions cannot be read or written.
func (a *Access) broken(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // nobody waits for the answer
	}
	a.log.Error("reading or writing a session", "error", err)
	http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
}
