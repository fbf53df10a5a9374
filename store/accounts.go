package store

import (
	"context"
	"fmt"
	"time"
)

// Account is a person of the clinic who works at the desk.
type Account struct {
	ID           string
	Login        string // in lower case, unique
	Name         string
	Role         string // owner, administrator, care, marketer, practitioner
	Practitioner string // the id in careline.yaml, of a practitioner
	Language     string // empty = the clinic's
	Password     string // argon2id
	Temporary    bool   // the password was given by another and has to be changed
	TOTP         []byte // the sealed secret of one-time codes; nil = without
	TOTPStep     int64  // of the last code that was used
	Recovery     []string
	CreatedAt    time.Time
	ChangedAt    time.Time // the password was
	DisabledAt   time.Time // zero = may sign in
}

// Accounts are the people of the desk.
type Accounts interface {
	// AddAccount fails with ErrDuplicate when the login is taken.
	AddAccount(ctx context.Context, a Account) error
	// SaveAccount changes everything but the login and when it was made; ErrNotFound when there is none.
	SaveAccount(ctx context.Context, a Account) error
	// Accounts are all, by login.
	Accounts(ctx context.Context) ([]Account, error)
	AccountsByID(ctx context.Context, ids []string) ([]Account, error)
	// AccountNamed has the login; ErrNotFound when nobody has.
	AccountNamed(ctx context.Context, login string) (Account, error)
	// LockAccounts lets nobody else change accounts until the transaction ends: what is read of them afterwards stays so.
	LockAccounts(ctx context.Context) error
	// ReadTo notes that an account has read a chat up to the line; it never goes back.
	ReadTo(ctx context.Context, account, contact string, line int64) error
	// HasRead are the last lines that the account has read of chats, by contact.
	HasRead(ctx context.Context, account string, contacts []string) (map[string]int64, error)
}

const accountColumns = `id, login, name, role, practitioner, language, password, temporary, totp, totp_step, recovery, created_us, changed_us, disabled_us`

func accountFields(a *Account) []any {
	return []any{&a.ID, &a.Login, &a.Name, &a.Role, &a.Practitioner, &a.Language, &a.Password, &a.Temporary, &a.TOTP, &a.TOTPStep,
		decoded{&a.Recovery}, at{&a.CreatedAt}, at{&a.ChangedAt}, at{&a.DisabledAt}}
}

// AddAccount implements Accounts.
func (t *tx) AddAccount(ctx context.Context, a Account) error {
	recovery, err := encoded(a.Recovery)
	if err != nil {
		return fmt.Errorf("adding an account: %w", err)
	}
	_, err = t.exec(ctx, "adding an account",
		`INSERT INTO accounts (`+accountColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		a.ID, a.Login, a.Name, a.Role, a.Practitioner, a.Language, a.Password, a.Temporary, a.TOTP, a.TOTPStep, recovery,
		micros(a.CreatedAt), micros(a.ChangedAt), micros(a.DisabledAt))
	return err
}

// SaveAccount implements Accounts.
func (t *tx) SaveAccount(ctx context.Context, a Account) error {
	recovery, err := encoded(a.Recovery)
	if err != nil {
		return fmt.Errorf("saving an account: %w", err)
	}
	n, err := t.exec(ctx, "saving an account",
		`UPDATE accounts SET name = $1, role = $2, practitioner = $3, language = $4, password = $5, temporary = $6, totp = $7,
			totp_step = $8, recovery = $9, changed_us = $10, disabled_us = $11 WHERE id = $12`,
		a.Name, a.Role, a.Practitioner, a.Language, a.Password, a.Temporary, a.TOTP, a.TOTPStep, recovery,
		micros(a.ChangedAt), micros(a.DisabledAt), a.ID)
	if err == nil && n == 0 {
		err = fmt.Errorf("saving an account: %w", ErrNotFound)
	}
	return err
}

// Accounts implements Accounts.
func (t *tx) Accounts(ctx context.Context) ([]Account, error) {
	return query(ctx, t, "listing accounts", accountFields, `SELECT `+accountColumns+` FROM accounts ORDER BY login`)
}

// AccountsByID implements Accounts.
func (t *tx) AccountsByID(ctx context.Context, ids []string) ([]Account, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var p params
	return query(ctx, t, "reading accounts", accountFields,
		`SELECT `+accountColumns+` FROM accounts WHERE id = ANY(`+p.add(ids)+`) ORDER BY login`, p...)
}

// AccountNamed implements Accounts.
func (t *tx) AccountNamed(ctx context.Context, login string) (Account, error) {
	found, err := query(ctx, t, "looking for an account", accountFields, `SELECT `+accountColumns+` FROM accounts WHERE login = $1`, login)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("looking for an account: %w", ErrNotFound)
	}
	if err != nil {
		return Account{}, err
	}
	return found[0], nil
}

// LockAccounts implements Accounts.
func (t *tx) LockAccounts(ctx context.Context) error {
	if t.dialect.Lock == "" {
		return nil
	}
	_, err := query(ctx, t, "locking accounts", scalar[string], `SELECT id FROM accounts ORDER BY id `+t.dialect.Lock)
	return err
}

// ReadTo implements Accounts.
func (t *tx) ReadTo(ctx context.Context, account, contact string, line int64) error {
	_, err := t.exec(ctx, "noting what was read", `INSERT INTO reads (account_id, contact_id, line) VALUES ($1, $2, $3)
		ON CONFLICT (account_id, contact_id) DO UPDATE SET line = excluded.line WHERE reads.line < excluded.line`, account, contact, line)
	return err
}

// HasRead implements Accounts.
func (t *tx) HasRead(ctx context.Context, account string, contacts []string) (map[string]int64, error) {
	read := make(map[string]int64, len(contacts))
	if len(contacts) == 0 {
		return read, nil
	}
	type place struct {
		contact string
		line    int64
	}
	var p params
	places, err := query(ctx, t, "asking what was read", func(r *place) []any { return []any{&r.contact, &r.line} },
		`SELECT contact_id, line FROM reads WHERE account_id = `+p.add(account)+` AND contact_id = ANY(`+p.add(contacts)+`)`, p...)
	for _, r := range places {
		read[r.contact] = r.line
	}
	return read, err
}
