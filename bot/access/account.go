// Package access is who works at the desk, what they may do there, how they come in, and what is known of it afterwards.
package access

import (
	"context"

	"careline/store"
)

// Account is a person of the clinic who is signed in.
type Account struct {
	ID           string
	Login        string
	Name         string
	Role         Role
	Practitioner string // the id in careline.yaml, of a practitioner
	Language     string // empty = the clinic's
}

func of(a store.Account) Account {
	return Account{ID: a.ID, Login: a.Login, Name: a.Name, Role: Role(a.Role), Practitioner: a.Practitioner, Language: a.Language}
}

// visitor is what a request's context knows of who makes it.
type visitor struct {
	account Account
	token   string // the session's, hashed
	address string
	browser string // as it calls itself
	known   string // what knowAgain has given the browser; empty = it is a stranger's
}

type visitorKey struct{}

// From is the account that is signed in.
func From(ctx context.Context) (Account, bool) {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v.account, v.account.ID != ""
}

// With is the context of somebody who is signed in and came from the address: what Handler does for a request.
func With(ctx context.Context, a Account, address string) context.Context {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	v.account, v.address = a, address
	return context.WithValue(ctx, visitorKey{}, v)
}

// Address is where the request came from.
func Address(ctx context.Context) string {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v.address
}
