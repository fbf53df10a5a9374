package store

import (
	"context"
	"time"
)

// SignIn is a session of an account in a browser.
type SignIn struct {
	TokenHash string // of the cookie's token, which is kept nowhere
	AccountID string
	Data      []byte
	SeenAt    time.Time // roughly
	Until     time.Time
}

// Attempts are the sign-ins under one key that failed, or are under way.
type Attempts struct {
	Key      string
	Failures int
	Until    time.Time // no other try before that
	At       time.Time // of the last
}

// SignIns are who is at the desk now, and who tries to come in.
type SignIns interface {
	// AddSignIn makes a session; it is never written again.
	AddSignIn(ctx context.Context, s SignIn) error
	// SignInBy has the hash of the token; ErrNotFound when there is none, or it is over at the moment now.
	SignInBy(ctx context.Context, tokenHash string, now time.Time) (SignIn, error)
	// Seen notes that a session was used, if it still is one.
	Seen(ctx context.Context, tokenHash string, at time.Time) error
	// SignInsOf are the account's sessions that are not over, the last used first.
	SignInsOf(ctx context.Context, account string, now time.Time) ([]SignIn, error)
	// EndSignIn ends a session, and wakes the open pages, as EndSignInsOf does: they end with it.
	EndSignIn(ctx context.Context, tokenHash string) error
	// EndSignInsOf ends the account's sessions, but for one (empty = for none).
	EndSignInsOf(ctx context.Context, account, but string) error
	// LockAttempts keeps those of the keys for the transaction, in the order of the keys: unknown ones without failures.
	LockAttempts(ctx context.Context, keys []string, now time.Time) ([]Attempts, error)
	SaveAttempts(ctx context.Context, a []Attempts) error
	ForgetAttempts(ctx context.Context, keys []string) error
}

// AddSignIn implements SignIns.
func (t *tx) AddSignIn(ctx context.Context, s SignIn) error {
	_, err := t.exec(ctx, "adding a session",
		`INSERT INTO sessions (token_hash, account_id, data, seen_us, until_us) VALUES ($1, $2, $3, $4, $5)`,
		s.TokenHash, s.AccountID, s.Data, micros(s.SeenAt), micros(s.Until))
	return err
}

const signInColumns = `token_hash, account_id, data, seen_us, until_us`

func signInFields(s *SignIn) []any {
	return []any{&s.TokenHash, &s.AccountID, &s.Data, at{&s.SeenAt}, at{&s.Until}}
}

// SignInBy implements SignIns.
func (t *tx) SignInBy(ctx context.Context, tokenHash string, now time.Time) (SignIn, error) {
	found, err := query(ctx, t, "looking for a session", signInFields, `SELECT `+signInColumns+` FROM sessions WHERE token_hash = $1 AND until_us > $2`, tokenHash, micros(now))
	if err != nil {
		return SignIn{}, err
	}
	if len(found) == 0 {
		return SignIn{}, ErrNotFound
	}
	return found[0], nil
}

// SignInsOf implements SignIns.
func (t *tx) SignInsOf(ctx context.Context, account string, now time.Time) ([]SignIn, error) {
	return query(ctx, t, "listing sessions", signInFields, `SELECT `+signInColumns+` FROM sessions
		WHERE account_id = $1 AND until_us > $2 ORDER BY seen_us DESC, token_hash`, account, micros(now))
}

// Seen implements SignIns.
func (t *tx) Seen(ctx context.Context, tokenHash string, at time.Time) error {
	_, err := t.exec(ctx, "noting a session's use", `UPDATE sessions SET seen_us = $1 WHERE token_hash = $2`, micros(at), tokenHash)
	return err
}

// EndSignIn implements SignIns.
func (t *tx) EndSignIn(ctx context.Context, tokenHash string) error {
	t.Wake(DeskTopic)
	_, err := t.exec(ctx, "ending a session", `DELETE FROM sessions WHERE token_hash = $1`, tokenHash)
	return err
}

// EndSignInsOf implements SignIns.
func (t *tx) EndSignInsOf(ctx context.Context, account, but string) error {
	t.Wake(DeskTopic)
	_, err := t.exec(ctx, "ending sessions", `DELETE FROM sessions WHERE account_id = $1 AND token_hash <> $2`, account, but)
	return err
}

// LockAttempts implements SignIns.
func (t *tx) LockAttempts(ctx context.Context, keys []string, now time.Time) ([]Attempts, error) {
	rows := make([][]any, len(keys))
	for i, key := range keys {
		rows[i] = []any{key, 0, int64(0), micros(now)}
	}
	if _, err := t.insert(ctx, "counting attempts", `INSERT INTO attempts (key, failures, until_us, at_us)`, rows, `ON CONFLICT (key) DO NOTHING`); err != nil {
		return nil, err
	}
	var p params
	return query(ctx, t, "counting attempts", func(a *Attempts) []any { return []any{&a.Key, &a.Failures, at{&a.Until}, at{&a.At}} },
		`SELECT key, failures, until_us, at_us FROM attempts WHERE key = ANY(`+p.add(keys)+`) ORDER BY key `+t.dialect.Lock, p...)
}

// SaveAttempts implements SignIns.
func (t *tx) SaveAttempts(ctx context.Context, list []Attempts) error {
	for _, a := range list {
		if _, err := t.exec(ctx, "noting attempts", `UPDATE attempts SET failures = $1, until_us = $2, at_us = $3 WHERE key = $4`,
			a.Failures, micros(a.Until), micros(a.At), a.Key); err != nil {
			return err
		}
	}
	return nil
}

// ForgetAttempts implements SignIns.
func (t *tx) ForgetAttempts(ctx context.Context, keys []string) error {
	var p params
	_, err := t.exec(ctx, "forgetting attempts", `DELETE FROM attempts WHERE key = ANY(`+p.add(keys)+`)`, p...)
	return err
}
