package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"careline/bot/access"
	"careline/bot/folder"

	"github.com/spf13/cobra"
)

func adminCreateCommand() *cobra.Command {
	var a access.Account
	var role, passwordFile string
	cmd := &cobra.Command{
		Use:   "create [DIR]",
		Short: "Make an account, the first one too",
		Long: `Makes an account for the desk: careline admin create --login anna --name "Anna Petrova"
The password is asked for twice, or read from standard input or from --password-file.`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a.Role = access.Role(role)
			if err := roleKnown(a.Role); err != nil {
				return err
			}
			return withAccounts(cmd, dirOf(args), func(ctx context.Context, clinic *folder.Folder, people *access.Access) error {
				if a.Role == access.Practitioner && clinic.Clinic.Practitioner(a.Practitioner) == nil {
					return fmt.Errorf("whose day it is is missing; write --practitioner with an id of careline.yaml: %s", practitionerIDs(clinic))
				}
				password, err := readPassword(cmd, passwordFile)
				if err != nil {
					return err
				}
				made, err := people.AddWith(ctx, a, password, false)
				if err != nil {
					return plainly(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Made: %s, %s. They sign in at /desk/.\n", made.Login, made.Role)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&a.Login, "login", "", "by which they sign in; capital letters make no difference")
	cmd.Flags().StringVar(&a.Name, "name", "", "as patients and colleagues see it")
	cmd.Flags().StringVar(&role, "role", string(access.Owner), "owner, administrator, care, marketer, practitioner")
	cmd.Flags().StringVar(&a.Practitioner, "practitioner", "", "id in careline.yaml, for the role practitioner")
	cmd.Flags().StringVar(&passwordFile, "password-file", "", "file whose first line is the password")
	return cmd
}

func roleKnown(role access.Role) error {
	if slices.Contains(access.Roles(), role) {
		return nil
	}
	names := make([]string, 0, len(access.Roles()))
	for _, r := range access.Roles() {
		names = append(names, string(r))
	}
	return fmt.Errorf("no role %q; there are %s", role, strings.Join(names, ", "))
}

func practitionerIDs(clinic *folder.Folder) string {
	var ids []string
	for _, p := range clinic.Clinic.Practitioners {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, ", ")
}

func adminPasswordCommand() *cobra.Command {
	var passwordFile string
	cmd := &cobra.Command{
		Use:   "password LOGIN [DIR]",
		Short: "Give an account another password, and sign it out everywhere",
		Args:  takes(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withAccounts(cmd, dirOf(args[1:]), func(ctx context.Context, _ *folder.Folder, people *access.Access) error {
				who, err := accountNamed(ctx, people, args[0])
				if err != nil {
					return err
				}
				password, err := readPassword(cmd, passwordFile)
				if err != nil {
					return err
				}
				if err := people.GivePasswordOf(ctx, who.ID, password, false); err != nil {
					return plainly(err)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "Done: %s.\n", who.Login)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&passwordFile, "password-file", "", "file whose first line is the password")
	return cmd
}
