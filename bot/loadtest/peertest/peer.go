// Package peertest is a bot as a good engineer writes one by hand, to compare careline with: go-telegram/bot and
// looplab/fsm, the chat's state read and written in PostgreSQL at every step, times held by the schema. It has no
// inbox and no outbox: what is under way when it is killed is lost.
package peertest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/go-telegram/bot"
)

// The environment that Main reads.
const (
	tokenVar    = "PEER_TELEGRAM_TOKEN"
	apiVar      = "PEER_TELEGRAM_API_URL"
	databaseVar = "PEER_DATABASE_URL"
)

// Main is the bot's process; it ends when it is told to.
func Main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := run(ctx); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	db, err := open(ctx, os.Getenv(databaseVar))
	if err != nil {
		return fmt.Errorf("opening the database: %w", err)
	}
	defer db.pool.Close()
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 256, MaxConnsPerHost: 256}}
	b, err := bot.New(os.Getenv(tokenVar), bot.WithServerURL(os.Getenv(apiVar)), bot.WithHTTPClient(30*time.Second, client),
		bot.WithDefaultHandler((&app{db}).handle))
	if err != nil {
		return fmt.Errorf("starting the bot: %w", err)
	}
	b.Start(ctx)
	return nil
}
