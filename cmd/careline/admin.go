package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"careline/bot/access"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/store"

	"github.com/spf13/cobra"
)

func adminCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "admin",
		Short: "Make and mend the accounts of the desk",
		Long: `Makes the first account of the desk in the browser, and helps whoever cannot come in any more. Everything else about accounts
is done at the desk itself, under People. It works while the server runs.`,
	}
	cmd.AddCommand(adminCreateCommand(), adminListCommand(), adminPasswordCommand(),
		adminMendCommand("disable", "Shut an account out, at once", (*access.Access).Disable),
		adminMendCommand("enable", "Let an account in again", (*access.Access).Enable),
		adminMendCommand("totp-off", "Let an account in without one-time codes: the phone is lost", (*access.Access).Codeless))
	return cmd
}

// atCommandLine is where the audit says that changes of these commands came from.
const atCommandLine = "command line"

// withAccounts opens the clinic's accounts.
func withAccounts(cmd *cobra.Command, dir string, f func(ctx context.Context, clinic *folder.Folder, people *access.Access) error) error {
	clinic, db, err := openClinic(cmd, dir)
	if err != nil {
		return err
	}
	defer db.Close()
	people := access.New(access.Parts{Store: db, Now: clock.Real{}.Now, IDs: newID, Log: slog.New(slog.DiscardHandler)})
	return f(access.With(cmd.Context(), access.Account{}, atCommandLine), clinic, people)
}

// accountNamed is the account with the login.
func accountNamed(ctx context.Context, people *access.Access, login string) (access.Person, error) {
	all, err := people.People(ctx)
	for _, p := range all {
		if p.Login == access.Login(login) {
			return p, nil
		}
	}
	if err == nil {
		err = fmt.Errorf("there is no account %s; `careline admin list` shows all", login)
	}
	return access.Person{}, err
}

func adminMendCommand(name, short string, mend func(*access.Access, context.Context, string) error) *cobra.Command {
	return &cobra.Command{
		Use:   name + " LOGIN [DIR]",
		Short: short,
		Args:  takes(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withAccounts(cmd, dirOf(args[1:]), func(ctx context.Context, _ *folder.Folder, people *access.Access) error {
				who, err := accountNamed(ctx, people, args[0])
				if err != nil {
					return err
				}
				if err := mend(people, ctx, who.ID); err != nil {
					return plainly(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Done: %s.\n", who.Login)
				return nil
			})
		},
	}
}

// plainly says what is wrong with an account for those who read English.
func plainly(err error) error {
	var weak *access.WeakError
	switch {
	case errors.As(err, &weak):
		return map[access.Weakness]error{
			access.TooShort: fmt.Errorf("the password is too short: at least %d characters", access.ShortestPassword),
			access.TooLong:  errors.New("the password is too long"),
			access.IsLogin:  errors.New("the password is too much like the login"),
			access.IsCommon: errors.New("this password is among those that are tried first"),
			access.IsSame:   errors.New("this is the password already"),
		}[weak.Why]
	case errors.Is(err, access.ErrLastOwner):
		return errors.New("nobody else is an owner who can come in; make another first: careline admin create --role owner")
	case errors.Is(err, access.ErrLoginTaken):
		return errors.New("the login is taken; `careline admin list` shows all, `careline admin password` gives a new password")
	case errors.Is(err, access.ErrMalformed):
		return errors.New("an account needs --login (without spaces) and --name")
	case errors.Is(err, store.ErrNotFound):
		return errors.New("the account has gone")
	}
	return err
}
