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

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := commands().ExecuteContext(ctx)
	switch {
	case err == nil:
	case errors.Is(err, errTold):
		os.Exit(1)
	default:
		fmt.Fprintln(os.Stderr, "careline:", err)
		os.Exit(1)
	}
}

// errTold fails the command after everything there is to say was printed.
var errTold = errors.New("told already")

func commands() *cobra.Command {
	root := &cobra.Command{
		Use:   "careline",
		Short: "A clinic's front desk in the messengers",
		Long: `careline books visits in Telegram, VK, WhatsApp and on the clinic's page, by dialogs that a marketer writes in YAML.

Try it:         careline demo
Your clinic:    careline init clinic && careline serve clinic`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(
		demoCommand(), initCommand(), serveCommand(), checkCommand(), fmtCommand(), translateCommand(), testCommand(),
		chatCommand(), graphCommand(), schemaCommand(), statsCommand(), migrateCommand(), importCommand(), patientsCommand(), visitCommand(), courseCommand(), pointsCommand(), journeyCommand(), healthCommand(), versionCommand(),
	)
	return root
}
