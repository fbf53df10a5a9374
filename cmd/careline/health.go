package main

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"careline/bot"
	"careline/bot/web"

	"github.com/spf13/cobra"
)

func healthCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "Ask the server on this machine whether it is ready, for containers",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			host, port, err := net.SplitHostPort(bot.ListenAddress(os.Getenv))
			if err != nil {
				return fmt.Errorf("reading CARELINE_LISTEN: %w", err)
			}
			if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
				host = "127.0.0.1"
			}
			client := http.Client{Timeout: 3 * time.Second}
			answer, err := client.Get("http://" + net.JoinHostPort(host, port) + "/readyz")
			if err != nil {
				return fmt.Errorf("asking the server: %w", err)
			}
			defer answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				return fmt.Errorf("the server is not ready: %s", answer.Status)
			}
			fmt.Fprintln(cmd.OutOrStdout(), "ready")
			lines := bufio.NewScanner(answer.Body)
			for lines.Scan() {
				if strings.HasPrefix(lines.Text(), web.Advice) {
					fmt.Fprintln(cmd.OutOrStdout(), lines.Text())
				}
			}
			return lines.Err()
		},
	}
}
