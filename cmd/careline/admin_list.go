package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"careline/bot/access"
	"careline/bot/folder"

	"github.com/spf13/cobra"
)

// accountRow is an account as --json prints it.
type accountRow struct {
	Login        string    `json:"login"`
	Name         string    `json:"name"`
	Role         string    `json:"role"`
	Practitioner string    `json:"practitioner,omitempty"`
	Codes        bool      `json:"codes"`
	Temporary    bool      `json:"temporary"`
	Disabled     bool      `json:"disabled"`
	Created      time.Time `json:"created"`
}

func adminListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list [DIR]",
		Short: "List the accounts",
		Args:  takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withAccounts(cmd, dirOf(args), func(ctx context.Context, _ *folder.Folder, people *access.Access) error {
				all, err := people.People(ctx)
				if err != nil {
					return err
				}
				rows := make([]accountRow, len(all))
				for i, p := range all {
					rows[i] = accountRow{p.Login, p.Name, string(p.Role), p.Practitioner, p.Codes, p.Temporary, !p.DisabledAt.IsZero(), p.CreatedAt}
				}
				if asJSON {
					e := json.NewEncoder(cmd.OutOrStdout())
					e.SetIndent("", "  ")
					return e.Encode(rows)
				}
				w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 8, 2, ' ', 0)
				for _, r := range rows {
					fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Login, r.Name, strings.TrimSpace(r.Role+" "+r.Practitioner), r.state())
				}
				fmt.Fprintf(w, "Accounts: %d\n", len(rows))
				return w.Flush()
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (r accountRow) state() string {
	var state []string
	for _, s := range []struct {
		is   bool
		name string
	}{{r.Disabled, "disabled"}, {r.Temporary, "temporary password"}, {r.Codes, "one-time codes"}} {
		if s.is {
			state = append(state, s.name)
		}
	}
	return strings.Join(state, ", ")
}
