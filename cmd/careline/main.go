// Command careline runs a clinic's front desk in the messengers.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of branches and patients, also where the machine has none

	"careline/bot"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(whatsApp())) }

// run is the whole program, with what makes the channel that not every build has.
func run(whatsapp bot.Maker) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := commands(whatsapp).ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if !errors.Is(err, errTold) {
		fmt.Fprintln(os.Stderr, "careline:", err)
	}
	return 1
}

// errTold fails the command after everything there is to say was printed.
var errTold = errors.New("told already")

func commands(whatsapp bot.Maker) *cobra.Command {
	root := &cobra.Command{
		Use:   "careline",
		Short: "A clinic's front desk in the messengers",
		Long: `careline books visits in Telegram, VK, WhatsApp and on the clinic's page, by dialogs that a marketer writes in YAML.

Try it:         careline demo
Your clinic:    careline init clinic && careline serve clinic`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(misread)
	root.AddCommand(
		demoCommand(), initCommand(), serveCommand(whatsapp), linkCommand(whatsapp), checkCommand(), fmtCommand(), translateCommand(), testCommand(),
		chatCommand(), graphCommand(), schemaCommand(), statsCommand(), migrateCommand(), importCommand(), patientsCommand(), visitCommand(), courseCommand(), pointsCommand(), journeyCommand(), adminCommand(), healthCommand(), versionCommand(),
	)
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.HasSubCommands() && !cmd.Runnable() {
			cmd.Args, cmd.RunE = ofThese, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}
