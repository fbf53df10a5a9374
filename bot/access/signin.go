package access

import (
	"context"
	"errors"
	"fmt"
	"time"

	"careline/store"
)

// Stage is how far somebody has come in.
type Stage int

// The stages, in order.
const (
	Outside   Stage = iota
	NeedsCode       // the password was right; the one-time code is asked for
	NeedsOwn        // so was the code; the password was given by another and has to be changed
	In
)

// What a session holds: whose it is, and its Stage.
const (
	accountKey = "account"
	stageKey   = "stage"
	goesOnKey  = "goes on" // they were in before: it has a new token and no new visitor
	sinceKey   = "since"   // Unix seconds
	addressKey = "address"
	browserKey = "browser"
)

// Errors of coming in.
var (
	ErrWrong    = errors.New("wrong login, password or code")
	ErrDisabled = errors.New("the account is disabled")
	ErrExpired  = errors.New("the temporary password is too old")
	ErrStage    = errors.New("the sign-in has to begin again")
)

// LockedError tells that there were too many tries.
type LockedError struct{ Until time.Time }

func (e *LockedError) Error() string { return "too many tries" }

// temporaryFor is how long a password works that was given by another.
const temporaryFor = 7 * 24 * time.Hour

// SignIn takes a login and a password, and tells what else is asked for before the visitor is in. Who the login belongs
// to, or whether to anybody, cannot be told from the answer or its time.
func (a *Access) SignIn(ctx context.Context, login, password string) (Stage, error) {
	login = Login(login)
	tries := passwordTries(ctx, login)
	if err := a.begin(ctx, tries); err != nil {
		return Outside, err
	}
	account, err := a.named(ctx, login)
	if err != nil {
		return Outside, err
	}
	right, err := a.matches(ctx, password, account.Password)
	switch {
	case err != nil:
		return Outside, err
	case !right || account.ID == "":
		return Outside, a.refuse(ctx, tries, account.ID)
	case !account.DisabledAt.IsZero():
		return Outside, ErrDisabled
	case account.Temporary && a.now().Sub(account.ChangedAt) > temporaryFor:
		return Outside, ErrExpired
	}
	if err := a.forgive(ctx, tries); err != nil {
		return Outside, err
	}
	stage := beyond(account)
	if account.TOTP != nil {
		stage = NeedsCode
	}
	return stage, a.let(ctx, account.ID, stage)
}

// beyond is the stage after password and code.
func beyond(a store.Account) Stage {
	if a.Temporary {
		return NeedsOwn
	}
	return In
}

// Code takes a one-time code, or one of the recovery codes, of somebody who has told their password.
func (a *Access) Code(ctx context.Context, code string) (Stage, error) {
	id, err := a.halfway(ctx, NeedsCode)
	if err != nil {
		return Outside, err
	}
	tries := codeTries(id, Address(ctx))
	if err := a.begin(ctx, tries); err != nil {
		return NeedsCode, err
	}
	var account store.Account
	right := false
	err = a.store.Tx(ctx, func(tx store.Tx) (err error) {
		if account, err = locked(ctx, tx, id); err == nil {
			right, err = a.useCode(ctx, tx, &account, code)
		}
		return err
	})
	switch {
	case err != nil:
		return Outside, err
	case !right:
		return NeedsCode, a.refuse(ctx, tries, id)
	}
	if err := a.forgive(ctx, tries); err != nil {
		return NeedsCode, err
	}
	return beyond(account), a.let(ctx, id, beyond(account))
}

// Choose takes the password of somebody who came in by one that was given to them.
func (a *Access) Choose(ctx context.Context, password string) (Stage, error) {
	id, err := a.halfway(ctx, NeedsOwn)
	if err != nil {
		return Outside, err
	}
	if err := a.setPassword(ctx, id, password); err != nil {
		return NeedsOwn, err
	}
	return In, a.let(ctx, id, In)
}

// Stage is where the visitor stands.
func (a *Access) Stage(ctx context.Context) Stage { return a.stage(ctx) }

func (a *Access) stage(ctx context.Context) Stage { return Stage(a.sessions.GetInt(ctx, stageKey)) }

// halfway is the account of a visitor at the stage.
func (a *Access) halfway(ctx context.Context, at Stage) (string, error) {
	id := a.sessions.GetString(ctx, accountKey)
	if id == "" || a.stage(ctx) != at {
		return "", ErrStage
	}
	account, err := a.enabled(ctx, id)
	if err == nil && account.ID == "" {
		err = ErrDisabled
	}
	return id, err
}

// let makes the session one of the account at the stage. Its token is a new one: who knew the old one stays outside.
func (a *Access) let(ctx context.Context, account string, stage Stage) error {
	if err := a.sessions.RenewToken(ctx); err != nil {
		return fmt.Errorf("renewing a session: %w", err)
	}
	v, _ := ctx.Value(visitorKey{}).(visitor)
	a.sessions.Put(ctx, accountKey, account)
	a.sessions.Put(ctx, stageKey, int(stage))
	a.sessions.Put(ctx, sinceKey, a.now().Unix())
	a.sessions.Put(ctx, addressKey, v.address)
	a.sessions.Put(ctx, browserKey, v.browser)
	a.sessions.Put(ctx, goesOnKey, v.account.ID == account)
	return nil
}

// SignOut ends the session.
func (a *Access) SignOut(ctx context.Context) error {
	if _, in := From(ctx); in {
		err := a.store.Tx(ctx, func(tx store.Tx) error { return a.Audit(ctx, tx, WentOut, "", "") })
		if err != nil {
			return err
		}
	}
	if err := a.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// named is the account with the login, or an empty one.
func (a *Access) named(ctx context.Context, login string) (account store.Account, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		account, err = tx.AccountNamed(ctx, login)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		return err
	})
	return account, err
}

// locked is an account that nobody else changes until the transaction ends.
func locked(ctx context.Context, tx store.Tx, id string) (store.Account, error) {
	if err := tx.LockAccounts(ctx); err != nil {
		return store.Account{}, err
	}
	found, err := tx.AccountsByID(ctx, []string{id})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("reading an account: %w", store.ErrNotFound)
	}
	if err != nil {
		return store.Account{}, err
	}
	return found[0], nil
}
