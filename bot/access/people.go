package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"careline/store"
)

// Errors of managing people.
var (
	ErrLoginTaken = errors.New("the login is taken")
	ErrLastOwner  = errors.New("somebody has to be the owner") // and able to come in
	ErrMalformed  = errors.New("login, name, role or practitioner is missing or not one")
)

// Add makes an account with a password that the account's owner changes when they first come in; it is told only here.
func (a *Access) Add(ctx context.Context, n Account) (Account, string, error) {
	password := secret()
	account, err := a.AddWith(ctx, n, password, true)
	return account, password, err
}

// AddWith makes an account with a password; temporary: it has to be changed.
func (a *Access) AddWith(ctx context.Context, n Account, password string, temporary bool) (Account, error) {
	n.Login, n.Name = Login(n.Login), strings.TrimSpace(n.Name)
	if !n.good() {
		return Account{}, ErrMalformed
	}
	if err := judge(n.Login, password); err != nil {
		return Account{}, err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return Account{}, err
	}
	now := a.now()
	n.ID = a.ids()
	err = a.store.Tx(ctx, func(tx store.Tx) error {
		err := tx.AddAccount(ctx, store.Account{ID: n.ID, Login: n.Login, Name: n.Name, Role: string(n.Role), Practitioner: n.Practitioner,
			Language: n.Language, Password: hash, Temporary: temporary, CreatedAt: now, ChangedAt: now})
		if errors.Is(err, store.ErrDuplicate) {
			return ErrLoginTaken
		}
		if err != nil {
			return err
		}
		return a.Audit(ctx, tx, Added, "", "account/"+n.ID)
	})
	return n, err
}

// good tells whether an account can be kept so.
func (a *Account) good() bool {
	if a.Role != Practitioner {
		a.Practitioner = ""
	}
	return a.Login != "" && a.Name != "" && len(a.Login) <= 200 && utf8.RuneCountInString(a.Name) <= 200 && utf8.ValidString(a.Login) &&
		!strings.ContainsFunc(a.Login, func(r rune) bool { return r <= ' ' }) && slices.Contains(Roles(), a.Role) &&
		(a.Role != Practitioner || a.Practitioner != "")
}

// Change gives an account another name, role, practitioner or language. With another role or practitioner its sessions end.
func (a *Access) Change(ctx context.Context, n Account) error {
	return a.change(ctx, n.ID, Changed, func(tx store.Tx, s *store.Account) error {
		n.Login, n.Name = s.Login, strings.TrimSpace(n.Name)
		if !n.good() {
			return ErrMalformed
		}
		before := of(*s)
		s.Name, s.Role, s.Practitioner, s.Language = n.Name, string(n.Role), n.Practitioner, n.Language
		if before.Role == n.Role && before.Practitioner == n.Practitioner {
			return nil
		}
		return tx.EndSignInsOf(ctx, s.ID, "") // what their open pages show may not be theirs any more
	})
}

// Speak sets the visitor's own language; empty = the clinic's.
func (a *Access) Speak(ctx context.Context, language string) error {
	who, in := From(ctx)
	if !in {
		return ErrStage
	}
	return a.change(ctx, who.ID, Changed, func(_ store.Tx, s *store.Account) error {
		s.Language = language
		return nil
	})
}

// GivePassword gives an account a password that its owner has to change, and ends its sessions. It is told only here.
func (a *Access) GivePassword(ctx context.Context, id string) (string, error) {
	password := secret()
	return password, a.GivePasswordOf(ctx, id, password, true)
}

// GivePasswordOf is GivePassword with that one.
func (a *Access) GivePasswordOf(ctx context.Context, id, password string, temporary bool) error {
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.change(ctx, id, PasswordGiven, func(tx store.Tx, s *store.Account) error {
		if err := judge(s.Login, password); err != nil {
			return err
		}
		s.Password, s.Temporary, s.ChangedAt = hash, temporary, a.now()
		return tx.EndSignInsOf(ctx, id, "")
	})
}

// Disable shuts an account out at once.
func (a *Access) Disable(ctx context.Context, id string) error {
	return a.change(ctx, id, Disabled, func(tx store.Tx, s *store.Account) error {
		if s.DisabledAt.IsZero() {
			s.DisabledAt = a.now()
		}
		return tx.EndSignInsOf(ctx, id, "")
	})
}

// Enable lets an account in again.
func (a *Access) Enable(ctx context.Context, id string) error {
	return a.change(ctx, id, Enabled, func(_ store.Tx, s *store.Account) error {
		s.DisabledAt = time.Time{}
		return nil
	})
}

// Codeless lets an account in without one-time codes: the telephone is lost.
func (a *Access) Codeless(ctx context.Context, id string) error {
	return a.change(ctx, id, CodesOff, func(_ store.Tx, s *store.Account) error {
		s.TOTP, s.TOTPStep, s.Recovery = nil, 0, nil
		return nil
	})
}

// change changes an account and notes who did it; an owner who can come in is always left.
func (a *Access) change(ctx context.Context, id string, action Action, f func(tx store.Tx, s *store.Account) error) error {
	return a.store.Tx(ctx, func(tx store.Tx) error {
		account, err := locked(ctx, tx, id)
		if err != nil {
			return err
		}
		owned := isOwner(account)
		if err := f(tx, &account); err != nil {
			return err
		}
		if err := tx.SaveAccount(ctx, account); err != nil {
			return err
		}
		all, err := tx.Accounts(ctx)
		if err != nil {
			return err
		}
		if owned && !slices.ContainsFunc(all, isOwner) {
			return ErrLastOwner
		}
		return a.Audit(ctx, tx, action, "", "account/"+id)
	})
}

func isOwner(s store.Account) bool { return s.Role == string(Owner) && s.DisabledAt.IsZero() }
