package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"careline/bot"
	"careline/bot/clock"
	"careline/bot/folder"
	"careline/bot/runner"
	"careline/channels"
	"careline/channels/console"

	"github.com/spf13/cobra"
)

func chatCommand() *cobra.Command {
	var language string
	as := messenger("console")
	cmd := &cobra.Command{
		Use:   "chat [DIR]",
		Short: "Talk to the clinic in the terminal",
		Long: `Talks to the clinic in the terminal, as a patient, on a database that is thrown away afterwards.
A number presses a button, /file PATH sends a file, /quit ends.
What begins with a colon is not said but done:
  :next       time passes until the bot writes by itself, or a visit is over
  :pass 25h   time passes
  :done       the administrator says that the patient came
  :noshow     … that the patient did not come
  :cancelled  … that the clinic has called the visit off
  :desk TEXT  the administrator answers
  :return     the administrator gives the chat back to the bot
  :close      the administrator ends the talk
So a whole year of a patient takes a few minutes: book a visit, and then :next.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := filesOrSample(args)
			if err != nil {
				return err
			}
			clinic, err := draft(files, dirOf(args), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if !slices.Contains(clinic.Scripts.Languages, language) {
				return fmt.Errorf("the clinic does not speak %q; there are %s", language, strings.Join(clinic.Scripts.Languages, ", "))
			}
			t := &terminal{cmd: cmd, clock: clock.NewMoved(), clinic: clinic, language: language}
			return t.talk(cmd.Context(), channels.ID(as))
		},
	}
	asFlag(cmd, &as, "show what web, telegram, vk or whatsapp would show")
	cmd.Flags().StringVar(&language, "language", "ru", "language of the patient's messenger: ru, en")
	return cmd
}

// terminal is one talk.
type terminal struct {
	cmd      *cobra.Command
	clock    *clock.Moved
	clinic   *folder.Folder
	language string
	bot      *bot.Bot
	chat     *console.Console
}

func (t *terminal) talk(ctx context.Context, as channels.ID) error {
	db, remove, err := bot.Temporary(ctx)
	if err != nil {
		return err
	}
	defer remove()
	t.chat, err = console.New(console.Options{
		In: t.cmd.InOrStdin(), Out: t.cmd.OutOrStdout(), As: as, Caps: t.clinic.Clinic.Channels.Caps(as), Words: t.clinic.Scripts.Catalogue().Word, Language: t.language, Phone: "+79123456789",
		Now: t.clock.Now, NewID: newID, Aside: t.aside,
	})
	if err != nil {
		return err
	}
	t.bot, err = bot.New(bot.Parts{
		Settings: bot.Settings{Secret: []byte(newID())}, Folder: t.clinic, Store: db, Channels: []channels.Channel{t.chat}, Clock: t.clock,
		IDs: newID, Log: slog.New(slog.NewTextHandler(t.cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn})), TriageRules: true,
	})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- t.bot.Runner.Run(ctx) }()
	err = t.chat.Run(ctx, answering{t.bot.Runner})
	if errors.Is(err, context.Canceled) {
		err = nil // Ctrl-C is a way to leave
	} else if err == nil {
		t.clock.Advance(listening) // the last words are a whole story now
		err = t.bot.Runner.Settle(ctx)
	}
	stop()
	if ended := <-done; err == nil {
		err = ended
	}
	return err
}

// listening is longer than the engine waits for the next words of a story.
const listening = 10 * time.Second

// answering says everything that a line leads to before the next one is read.
type answering struct{ *runner.Runner }

// Accept implements channels.Sink.
func (a answering) Accept(ctx context.Context, m ...channels.Incoming) error {
	if err := a.Runner.Accept(ctx, m...); err != nil {
		return err
	}
	return a.Settle(ctx)
}
