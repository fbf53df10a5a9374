package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"careline/bot"
	"careline/bot/clock"
	"careline/channels"

	"github.com/spf13/cobra"
)

// linking is what `careline link` was asked for.
type linking struct {
	make   bot.Maker
	phone  string
	unlink bool
	invert bool
}

func linkCommand(whatsapp bot.Maker) *cobra.Command {
	root := &cobra.Command{Use: "link", Short: "Link the clinic's own account in a messenger", Args: takes(0, 0)}
	l := linking{make: whatsapp}
	cmd := &cobra.Command{
		Use:   "whatsapp [DIR]",
		Short: "Link the clinic's phone, before the server runs or while it does",
		Long: `Shows a code that the clinic's phone scans, and links careline as a device of its WhatsApp.

On the phone: WhatsApp, Settings, Linked devices, Link a device.

careline is no official client of WhatsApp. WhatsApp may limit or ban a number, above all one that writes first to
people who do not know it. Take a number of the clinic's, not anybody's own, and read docs/connect/whatsapp.md first.`,
		Args:              takes(0, 1),
		ValidArgsFunction: folders,
		RunE:              func(cmd *cobra.Command, args []string) error { return l.run(cmd, dirOf(args)) },
	}
	cmd.Flags().StringVar(&l.phone, "phone", "", "show eight letters to type on the phone of this number, +79991234567, in place of a code to scan")
	cmd.Flags().BoolVar(&l.unlink, "unlink", false, "give the account up")
	cmd.Flags().BoolVar(&l.invert, "invert", false, "draw the code for a light terminal that shows no colours")
	root.AddCommand(cmd)
	return root
}

func (l linking) run(cmd *cobra.Command, dir string) error {
	files, err := filesOf(dir)
	if err != nil {
		return err
	}
	settings, err := bot.SettingsFrom(os.Getenv, dir)
	if err != nil {
		return fmt.Errorf("the settings are not right:\n%w", err)
	}
	if l.phone == "" && !l.unlink && settings.WhatsApp.Phone == "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "CARELINE_WHATSAPP_PHONE is not set: whichever phone scans the code will be linked.")
	}
	clinic, err := load(files, dir, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	db, err := openStore(cmd.Context(), settings.Database)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(cmd.Context()); err != nil {
		return err
	}
	channel, err := l.make(db, clinic, settings, clock.Real{}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	linker, ok := channel.(channels.Linker)
	if !ok {
		return fmt.Errorf("%s has no account to link", channel.ID())
	}
	if err := l.settle(cmd, linker); err != nil {
		if cmd.Context().Err() != nil {
			fmt.Fprintln(cmd.ErrOrStderr(), "Stopped; nothing has changed.")
			return errTold
		}
		return err
	}
	if !settings.WhatsApp.On && !l.unlink {
		fmt.Fprintln(cmd.OutOrStdout(), "Now set CARELINE_WHATSAPP=on for the server.")
	}
	return nil
}

// settle links, or unlinks.
func (l linking) settle(cmd *cobra.Command, linker channels.Linker) error {
	ctx, out := cmd.Context(), cmd.OutOrStdout()
	account, err := linker.Account(ctx)
	switch {
	case err != nil:
		return err
	case l.unlink && account == "":
		fmt.Fprintln(out, "No phone is linked.")
		return nil
	case l.unlink:
		if err := linker.Unlink(ctx); err != nil {
			return fmt.Errorf("unlinking %s: %w", account, err)
		}
		fmt.Fprintf(out, "%s is not linked any more.\n", account)
		return nil
	case account != "":
		fmt.Fprintf(out, "%s is linked already. To link another phone, first: careline link whatsapp --unlink\n", account)
		return nil
	}
	p := poster{to: out, colours: colours(out), invert: l.invert}
	account, err = linker.Link(ctx, l.phone, p.show)
	if err != nil {
		return errors.Join(p.failed, err)
	}
	fmt.Fprintf(out, "%s is linked.\n", account)
	return nil
}
