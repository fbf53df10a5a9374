package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"

	"careline/bot"
	"careline/bot/clock"
	"careline/store"
	"careline/store/postgres"
	"careline/store/sqlite"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

func serveCommand(whatsapp bot.Maker) *cobra.Command {
	cmd := &cobra.Command{
		Use:               "serve [DIR]",
		Short:             "Run a clinic",
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			return serve(cmd, dirOf(args), whatsapp)
		},
	}
	cmd.Long = "Runs the clinic in DIR until it is told to stop.\n\nSettings come from the environment; each may also stand in a file that NAME_FILE names:\n"
	for _, v := range bot.Variables() {
		cmd.Long += fmt.Sprintf("  %-33s %s", v[0], v[1])
		if v[2] != "" {
			cmd.Long += " (" + v[2] + ")"
		}
		cmd.Long += "\n"
	}
	return cmd
}

// collectAt lets the heap grow by so many percent before garbage is collected: what a server keeps is little beside
// what its steps throw away. More would take it over a hundred megabytes under load.
const collectAt = 130

func serve(cmd *cobra.Command, dir string, whatsapp bot.Maker) error {
	files, err := filesOf(dir)
	if err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	settings, err := bot.SettingsFrom(os.Getenv, dir)
	if err != nil {
		return fmt.Errorf("the settings are not right:\n%w", err)
	}
	clinic, err := load(files, dir, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
	if clinic.Scripts.Triage.Approved.By == "" {
		log.Warn("no clinician has signed triage.yaml: red flags are on, urgency rules are off")
	}
	db, err := openStore(cmd.Context(), settings.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	connected, err := bot.Connect(db, clinic, settings, whatsapp, clock.Real{}, log)
	if err != nil {
		return err
	}
	b, err := bot.New(bot.Parts{
		Settings: settings, Folder: clinic, Store: db, Clock: clock.Real{}, IDs: newID, Log: log, Channels: connected,
	})
	if err != nil {
		return err
	}
	return b.Run(cmd.Context())
}

// openStore chooses the database by its address.
func openStore(ctx context.Context, address string) (store.Store, error) {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return sqlite.Open(path)
	}
	return postgres.Open(ctx, address)
}

// newID is unique in all processes and grows with time.
func newID() string { return uuid.Must(uuid.NewV7()).String() }
