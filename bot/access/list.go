package access

import (
	"context"
	"fmt"
	"time"

	"careline/store"
)

// Person is an account as those see it who manage people.
type Person struct {
	Account
	Codes      bool // one-time codes are asked for
	Temporary  bool // the password was given by another and was not changed yet
	CreatedAt  time.Time
	DisabledAt time.Time
}

func person(s store.Account) Person {
	return Person{Account: of(s), Codes: s.TOTP != nil, Temporary: s.Temporary, CreatedAt: s.CreatedAt, DisabledAt: s.DisabledAt}
}

// People are all accounts, by login.
func (a *Access) People(ctx context.Context) (people []Person, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Accounts(ctx)
		for _, s := range found {
			people = append(people, person(s))
		}
		return err
	})
	return people, err
}

// Person has the id; store.ErrNotFound when nobody has.
func (a *Access) Person(ctx context.Context, id string) (p Person, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		found, err := tx.AccountsByID(ctx, []string{id})
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("reading an account: %w", store.ErrNotFound)
		}
		if err == nil {
			p = person(found[0])
		}
		return err
	})
	return p, err
}

// Deeds are what was seen and done, the newest first.
func (a *Access) Deeds(ctx context.Context, d store.Deeds) (deeds []store.Deed, err error) {
	err = a.store.Read(ctx, func(tx store.Tx) error {
		deeds, err = tx.Deeds(ctx, d)
		return err
	})
	return deeds, err
}
