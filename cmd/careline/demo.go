package main

import (
	"fmt"
	"log/slog"
	"net"

	"careline/bot"
	"careline/bot/bustle"
	"careline/bot/clock"
	"careline/channels"
	files "careline/dialogs/clinic"

	"github.com/spf13/cobra"
)

func demoCommand() *cobra.Command {
	var listen, language string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open a sample clinic on this machine: a patient's phone, the desk, the dialog behind, and a clock",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return demo(cmd, listen, language)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "address to serve on; a taken port is replaced by a free one")
	cmd.Flags().StringVar(&language, "lang", "ru", "language of the people who write, and of the pages: ru or en")
	return cmd
}

func demo(cmd *cobra.Command, listen, language string) error {
	ctx := cmd.Context()
	if language != "ru" && language != "en" {
		return misread(cmd, fmt.Errorf("--lang %s: the people of the demo speak ru or en", language))
	}
	clinic, err := load(files.Files(), "", cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	db, remove, err := bot.Temporary(ctx)
	if err != nil {
		return err
	}
	defer remove()
	listen = free(listen)
	settings := bot.Settings{Listen: listen, Public: "http://" + listen, Secret: []byte(newID())}
	log := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	c := clock.NewMoved()
	b, err := bot.New(bot.Parts{
		Settings: settings, Folder: clinic, Store: db, Clock: c, IDs: newID, Log: log, TriageRules: true, Demo: c,
		Channels: append([]channels.Channel{bot.WebChat(db, clinic, settings, c, log)}, bustle.Messengers()...),
	})
	if err != nil {
		return err
	}
	err = bustle.Play(ctx, bustle.Parts{Store: db, Clinic: clinic.Clinic, Scripts: clinic.Scripts, Runner: b.Runner, Clock: c, AtVisit: b.AtVisit, Seed: seed, Language: language})
	if err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), `careline demo: the clinic «%s» is open.

  The patient's phone, the desk, the dialog behind and a clock:  http://%[2]s/demo/?lang=%[3]s
  Only the chat:                                                http://%[2]s/chat/?lang=%[3]s
  Only the desk:                                                http://%[2]s/desk/demo?lang=%[3]s
  What a year of such a clinic looks like in numbers:            careline stats

Everything is thrown away when you stop it with Ctrl-C.
`, clinic.Clinic.In("en").Text(clinic.Clinic.Name), listen, language)
	return b.Run(ctx)
}

// free is the address itself, or one with a free port when it is taken.
func free(address string) string {
	l, err := net.Listen("tcp", address)
	if err != nil {
		host, _, wrong := net.SplitHostPort(address)
		if wrong != nil {
			return address // Run tells what is wrong with it
		}
		if l, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
			return address
		}
	}
	defer l.Close()
	return l.Addr().String()
}
